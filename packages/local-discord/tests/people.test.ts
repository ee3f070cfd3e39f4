import { MessageFlags, Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';

test('naming somebody or something makes it, and naming it again finds it', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  expect(discord.member('Ada')).toBe(ada);
  expect(discord.server('Study group')).toBe(ada.server);
  expect(ada.server.channel('drills').id).toBe(ada.server.channel('drills').id);
  expect(ada.channel.name).toBe('general');
  const other = discord.member('Ada', { server: discord.server('Another') });
  expect(other.id).toBe(ada.id);
  expect(other.channel.id).not.toBe(ada.channel.id);
});

test('waiting for a message finds one that is there, one that comes, and one that is edited so', async () => {
  const discord = await startDiscord();
  const { channel } = discord.member('Ada');
  const rest = restOf(discord);
  const coming = channel.waitFor(({ text }) => text === 'Round 1');
  await rest.post(Routes.channelMessages(channel.id), { body: { content: 'Round 1' } });
  const card = await coming;
  expect((await channel.waitFor(({ text }) => text === 'Round 1')).id).toBe(card.id);
  const edited = channel.waitFor(({ text }) => text === 'Round 1 is over');
  const next = channel.next();
  await rest.patch(Routes.channelMessage(channel.id, card.id), { body: { content: 'Round 1 is over' } });
  expect((await edited).id).toBe(card.id);
  expect(card.text).toBe('Round 1 is over');
  await rest.post(Routes.channelMessages(channel.id), { body: { content: 'Round 2' } });
  expect((await next).text).toBe('Round 2');
});

test('waiting in vain says what the channel shows instead', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  ada.says('Nothing to see');
  await expect(ada.channel.waitFor(({ text }) => text === 'Round 1', 20)).rejects.toThrow(
    'Nothing that fits came in #general within 20 ms; it ends with:\nNothing to see',
  );
});

test('who may not see a channel sees nothing of it', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  ada.says('Hello');
  expect(ada.sees()).toHaveLength(1);
  ada.leaves();
  expect(ada.sees()).toHaveLength(0);
});

test('a thread of the server is a channel like any other', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const bot = await startBot(discord, (interaction) => interaction.isCommand() && interaction.reply('Here'));
  await bot.application.commands.set([{ name: 'hello', description: 'Says hello' }]);
  const thread = ada.server.thread(ada.channel, 'Aside');
  expect((await ada.slash('/hello', { channel: thread })).text).toBe('Here');
  expect(thread.messages).toHaveLength(1);
  expect(ada.channel.messages).toHaveLength(0);
});

test('text is gathered from wherever a message shows it', async () => {
  const discord = await startDiscord();
  const { channel } = discord.member('Ada');
  const components = [
    { type: 10, content: 'Title' },
    {
      type: 17,
      components: [
        {
          type: 9,
          components: [{ type: 10, content: 'In a section' }],
          accessory: { type: 2, style: 2, label: 'Go', custom_id: 'go' },
        },
      ],
    },
  ];
  await restOf(discord).post(Routes.channelMessages(channel.id), { body: { flags: 1 << 15, components } });
  expect(channel.last.text).toBe('Title\nIn a section');
  expect(channel.last.buttons).toEqual([
    { label: 'Go', customId: 'go', disabled: false, style: 2, url: undefined },
  ]);
});

test('logging in can be waited for, each time anew', async () => {
  const discord = await startDiscord();
  const connected = discord.connected();
  const bot = await startBot(discord);
  await connected;
  await discord.connected();
  const again = discord.nextLogin();
  discord.faults.dropGateway();
  await again;
  expect(bot.isReady()).toBe(true);
});

test('everything that ever reached a client can be looked through, for each person and for all', async () => {
  const discord = await startDiscord();
  const [ada, grace] = [discord.member('Ada'), discord.member('Grace')];
  const bot = await startBot(discord, async (interaction) => {
    if (interaction.isAutocomplete()) return interaction.respond([{ name: 'a choice', value: 'x' }]);
    if (interaction.isButton()) {
      const components = [
        { type: 1, components: [{ type: 4, custom_id: 'i', style: 1, label: 'A form field' }] },
      ];
      return interaction.showModal({ custom_id: 'form', title: 'Form', components });
    }
    if (!interaction.isCommand()) return;
    await interaction.reply({ content: 'first state', flags: MessageFlags.Ephemeral });
    await interaction.editReply('second state');
    await interaction.deleteReply();
    const row = { type: 1, components: [{ type: 2, style: 1, label: 'Open', custom_id: 'open' }] };
    return interaction.followUp({ content: 'for everybody', components: [row] });
  });
  const options = [{ type: 3, name: 'word', description: 'A word', autocomplete: true }];
  await bot.application.commands.set([{ name: 'hello', description: 'Says hello', options }]);
  await ada.complete('/hello word:x');
  const card = await (await ada.slash('/hello')).followUp();
  await ada.press(card, 'Open');
  const seenBy = (userId?: string): string[] =>
    ['a choice', 'first state', 'second state', 'for everybody', 'A form field'].filter((text) =>
      JSON.stringify(discord.shown.all(userId)).includes(text),
    );
  expect(seenBy()).toHaveLength(5);
  expect(seenBy(ada.id)).toHaveLength(5);
  expect(seenBy(grace.id)).toEqual(['for everybody']);
});

test('people answer messages, attach files, and hand files to commands', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const ben = discord.member('Ben');
  const bot = await startBot(discord, async (i) => {
    if (!i.isChatInputCommand()) return;
    const { name, size, contentType } = i.options.getAttachment('picture', true);
    await i.reply(`${name}, ${size} bytes, ${contentType}, said ${i.options.getString('say')}`);
  });
  await bot.application.commands.set([
    {
      name: 'look',
      description: 'Looks',
      options: [
        { type: 11, name: 'picture', description: 'What at', required: true },
        { type: 3, name: 'say', description: 'What to say' },
      ],
    },
  ]);
  const files = [{ name: 'a.png', type: 'image/png', bytes: 'abc' }];
  const reply = await ada.slash('/look picture:a.png say:hi', { files });
  expect(reply.text).toBe('a.png, 3 bytes, image/png, said hi');
  await expect(ada.slash('/look picture:b.png', { files })).rejects.toThrow('there is no file "b.png"');
  const answer = ben.replies(ada.says('', ada.channel, files), 'Nice');
  expect(answer.raw).toMatchObject({
    type: 19,
    mentions: [{ id: ada.id }],
    referenced_message: { content: '' },
  });
  expect(ada.channel.messages.at(-2)?.files[0]?.bytes.toString()).toBe('abc');
  expect(() => ben.replies(reply.message, 'x')).not.toThrow();
  discord.faults.deleteMessage(answer);
  expect(() => ada.replies(answer, 'x')).toThrow('The message is gone');
});
