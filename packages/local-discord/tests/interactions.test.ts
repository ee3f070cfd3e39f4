import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type Interaction,
  type MessageComponentInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  Routes,
} from 'discord.js';
import { expect, test } from 'vitest';
import type { LocalDiscord, Reply } from '../src/index.js';
import { ManualTime, snowflakeTime } from '../src/index.js';
import { failure, restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';

const buttons = (...labels: string[]) =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    labels.map((label) =>
      new ButtonBuilder().setCustomId(`choose:${label}`).setLabel(label).setStyle(ButtonStyle.Secondary),
    ),
  );

type Failure = Awaited<ReturnType<typeof failure>>;

/** A promise that a handler of the bot fulfils. */
function later<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((fulfil) => {
    resolve = fulfil;
  });
  return { promise, resolve };
}

interface Handlers {
  command?(interaction: ChatInputCommandInteraction): unknown;
  component?(interaction: MessageComponentInteraction): unknown;
  form?(interaction: ModalSubmitInteraction): unknown;
}

/** A bot with one command, /card, whose answer is by default a message with the buttons A and B. */
async function withBot(discord: LocalDiscord, handlers: Handlers = {}): Promise<void> {
  const bot = await startBot(discord, (interaction: Interaction) => {
    if (interaction.isChatInputCommand()) {
      return handlers.command
        ? handlers.command(interaction)
        : interaction.reply({ content: 'Which one?', components: [buttons('A', 'B')] });
    }
    if (interaction.isMessageComponent()) return handlers.component?.(interaction);
    return interaction.isModalSubmit() ? handlers.form?.(interaction) : undefined;
  });
  await bot.application.commands.set([{ name: 'card', description: 'A card', contexts: [0, 1] }]);
}

test('a press reaches the bot with its message, and the receipt is seen by its person alone', async () => {
  const discord = await startDiscord();
  await withBot(discord, {
    component: (press) =>
      press.reply({
        content: `${press.user.displayName} chose ${press.customId} on "${press.message.content}"`,
        flags: MessageFlags.Ephemeral,
      }),
  });
  const [ada, grace] = [discord.member('Ada'), discord.member('Grace')];
  const card = await ada.slash('/card');
  const receipt = await grace.press(card, 'B');
  expect(receipt.text).toBe('Grace chose choose:B on "Which one?"');
  expect(receipt.ephemeral).toBe(true);
  expect(grace.sees().map(({ text }) => text)).toEqual(['Which one?', receipt.text]);
  expect(ada.sees().map(({ text }) => text)).toEqual(['Which one?']);
  expect(ada.channel.messages.map(({ text }) => text)).toEqual(['Which one?']);
});

test('somebody else’s ephemeral message cannot be pressed', async () => {
  const discord = await startDiscord();
  await withBot(discord, {
    command: (command) =>
      command.reply({ content: 'Yours', components: [buttons('A')], flags: MessageFlags.Ephemeral }),
  });
  const card = await discord.member('Ada').slash('/card');
  await expect(discord.member('Grace').press(card, 'A')).rejects.toThrow('Grace does not see this message');
});

test('a button that is not there, and one that is disabled, cannot be pressed', async () => {
  const discord = await startDiscord();
  const row = buttons('A', 'B');
  row.components[0]?.setDisabled(true);
  await withBot(discord, { command: (command) => command.reply({ content: 'x', components: [row] }) });
  const ada = discord.member('Ada');
  const card = await ada.slash('/card');
  await expect(ada.press(card, 'C')).rejects.toThrow('No button "C" on the message; there are: A, B');
  await expect(ada.press(card, 'A')).rejects.toThrow('disabled');
});

test('a forged custom id reaches the bot as it is', async () => {
  const discord = await startDiscord();
  await withBot(discord, { component: (press) => press.reply(`got ${press.customId}`) });
  const ada = discord.member('Ada');
  const card = await ada.slash('/card');
  expect((await ada.pressId(card, 'choose:Z')).text).toBe('got choose:Z');
});

test('a deferred reply is awaited until it has its content', async () => {
  const discord = await startDiscord();
  await withBot(discord, {
    command: async (command) => {
      await command.deferReply({ flags: MessageFlags.Ephemeral });
      await command.editReply('Here it is');
    },
  });
  const reply = await discord.member('Ada').slash('/card');
  expect(reply.text).toBe('Here it is');
  expect(reply.ephemeral).toBe(true);
  expect(reply.message.raw.flags & MessageFlags.Loading).toBe(0);
  expect(reply.message.raw.edited_timestamp).toBeNull();
});

test('follow-ups come after the reply, each as private as it says', async () => {
  const discord = await startDiscord();
  await withBot(discord, {
    command: async (command) => {
      await command.reply('First');
      await command.followUp('Second');
      const third = await command.followUp({ content: 'Third', flags: MessageFlags.Ephemeral });
      await command.webhook.editMessage(third.id, 'Third, edited');
    },
  });
  const [ada, grace] = [discord.member('Ada'), discord.member('Grace')];
  const reply = await ada.slash('/card');
  const third = await reply.followUp(1);
  await discord.member('Ada').channel.waitFor(({ text }) => text === 'Second');
  expect(third.ephemeral).toBe(true);
  expect(grace.sees().map(({ text }) => text)).toEqual(['First', 'Second']);
});

test('an update changes the message under the button, and its history keeps every state', async () => {
  const discord = await startDiscord();
  await withBot(discord, {
    component: (press) => press.update({ content: 'Done', components: [] }),
  });
  const ada = discord.member('Ada');
  const card = await ada.slash('/card');
  const reply = await ada.press(card, 'A');
  expect(reply.kind).toBe('update');
  expect(card.text).toBe('Done');
  expect(card.buttons).toEqual([]);
  expect(card.message.history.map(({ content }) => content)).toEqual(['Which one?', 'Done']);
});

test('a deferred update leaves the message until it is edited', async () => {
  const discord = await startDiscord();
  await withBot(discord, {
    component: async (press) => {
      await press.deferUpdate();
      await press.editReply('Later');
    },
  });
  const ada = discord.member('Ada');
  const card = await ada.slash('/card');
  const reply = await ada.press(card, 'A');
  expect(reply.kind).toBe('deferredUpdate');
  await ada.channel.waitFor(({ text }) => text === 'Later');
  expect(card.text).toBe('Later');
});

test('the bot can read, delete and get back its own reply', async () => {
  const discord = await startDiscord();
  const seen: unknown[] = [];
  await withBot(discord, {
    command: async (command) => {
      const answer = await command.reply({ content: 'Short-lived', withResponse: true });
      seen.push(
        answer.resource?.message?.content,
        (await command.fetchReply()).id === answer.resource?.message?.id,
      );
      await command.deleteReply();
    },
  });
  const reply = await discord.member('Ada').slash('/card');
  await discord.member('Ada').channel.waitForDeletion(reply.message);
  expect(seen).toEqual(['Short-lived', true]);
  expect(discord.member('Ada').channel.messages).toEqual([]);
});

test('nobody waits for ever: without an answer in 3 seconds the person is told', async () => {
  const clock = new ManualTime();
  const discord = await startDiscord({ clock });
  const late = later<Failure>();
  await withBot(discord, {
    command: async (command) => {
      await clock.advance(3_000);
      late.resolve(await failure(command.reply('Too late')));
    },
    component: () => clock.advance(3_000),
  });
  const ada = discord.member('Ada');
  const reply = await ada.slash('/card');
  expect(reply.failed).toBe('The application did not respond');
  expect(await late.promise).toMatchObject({ status: 404, code: 10062 });
  expect(ada.channel.messages).toEqual([]);
  const pressed = await ada.pressId(ada.says('any message'), 'x');
  expect(pressed.failed).toBe('This interaction failed');
});

test('an answer just before the 3 seconds are over counts', async () => {
  const clock = new ManualTime();
  const discord = await startDiscord({ clock });
  await withBot(discord, {
    command: async (command) => {
      await clock.advance(2_999);
      await command.reply('Just in time');
    },
  });
  expect((await discord.member('Ada').slash('/card')).text).toBe('Just in time');
});

test('one first reply only', async () => {
  const discord = await startDiscord();
  const second = later<Failure>();
  await withBot(discord, {
    command: async (command) => {
      const { id, token } = command;
      await command.reply('First');
      const body = { type: 4, data: { content: 'Second' } };
      second.resolve(
        await failure(command.client.rest.post(Routes.interactionCallback(id, token), { body, auth: false })),
      );
    },
  });
  const ada = discord.member('Ada');
  await ada.slash('/card');
  expect(await second.promise).toMatchObject({ status: 400, code: 40060 });
  expect(ada.channel.messages).toHaveLength(1);
});

test('an interaction’s token lives 15 minutes', async () => {
  let nowMs = Date.UTC(2026, 0, 5);
  const discord = await startDiscord({ now: () => nowMs });
  const answered = later<ChatInputCommandInteraction>();
  await withBot(discord, {
    command: async (asked) => {
      await asked.reply('Hello');
      answered.resolve(asked);
    },
  });
  const reply = await discord.member('Ada').slash('/card');
  const command = await answered.promise;
  nowMs += 15 * 60_000 - 1;
  await command.editReply('Still there');
  nowMs += 1;
  expect(await failure(command.editReply('Gone'))).toMatchObject({
    status: 401,
    code: 50027,
  });
  expect(reply.text).toBe('Still there');
});

test('choices of an autocomplete have no follow-up', async () => {
  const discord = await startDiscord();
  let refused: Promise<unknown> | undefined;
  const bot = await startBot(discord, async (interaction) => {
    if (!interaction.isAutocomplete()) return;
    await interaction.respond([]);
    refused = failure(
      interaction.client.rest.post(Routes.webhook(interaction.applicationId, interaction.token), {
        body: { content: 'x' },
        auth: false,
      }),
    );
  });
  const options = [{ type: 3, name: 'word', description: 'A word', autocomplete: true }];
  await bot.application.commands.set([{ name: 'try', description: 'Tries', options }]);
  await discord.member('Ada').complete('/try word:x');
  await discord.settled();
  expect(await refused).toMatchObject({ status: 404, code: 10015 });
});

test('made-up interactions and tokens are unknown', async () => {
  const discord = await startDiscord();
  const rest = restOf(discord);
  const options = { body: { type: 4, data: { content: 'x' } }, auth: false };
  expect(await failure(rest.post(Routes.interactionCallback('1', 'nonsense'), options))).toMatchObject({
    code: 10062,
  });
  const webhook = rest.post(Routes.webhook(discord.world.bot.id, 'nonsense'), {
    body: { content: 'x' },
    auth: false,
  });
  expect(await failure(webhook)).toMatchObject({ code: 10015 });
});

test.each([
  ['an update of a slash command', 'command', { type: 7, data: { content: 'x' } }],
  ['choices for a slash command', 'command', { type: 8, data: { choices: [] } }],
  ['choices for a press', 'component', { type: 8, data: { choices: [] } }],
  ['a type that does not exist', 'component', { type: 3 }],
])('%s is refused', async (_what, where, body) => {
  const discord = await startDiscord({ violationsExpected: true });
  let refused: Promise<{ status: number; code: number | string }> | undefined;
  const answer = (interaction: ChatInputCommandInteraction | MessageComponentInteraction) => {
    const { id, token, client } = interaction;
    refused = failure(client.rest.post(Routes.interactionCallback(id, token), { body, auth: false }));
    return refused.then(() => interaction.reply('ok'));
  };
  await withBot(discord, where === 'command' ? { command: answer } : { component: answer });
  const ada = discord.member('Ada');
  const card = await ada.slash('/card');
  if (where === 'component') await ada.press(card, 'A');
  expect(await refused).toMatchObject({ status: 400, code: 50035 });
});

test('a press bears the time that it was made at', async () => {
  const discord = await startDiscord();
  const times: number[] = [];
  await withBot(discord, {
    component: (press) => {
      times.push(press.createdTimestamp);
      return press.deferUpdate();
    },
  });
  const ada = discord.member('Ada');
  const card = await ada.slash('/card');
  const createdAt = Date.UTC(2026, 0, 5, 12, 0, 0, 250);
  const reply = await ada.press(card, 'A', { createdAt });
  expect(times).toEqual([createdAt]);
  expect(snowflakeTime(reply.interaction.id)).toBe(createdAt);
});

test('a press can be sent without waiting, and a burst of them is answered one by one', async () => {
  const discord = await startDiscord();
  await withBot(discord, {
    component: (press) => press.reply({ content: press.user.id, flags: MessageFlags.Ephemeral }),
  });
  const ada = discord.member('Ada');
  const card = await ada.slash('/card');
  const under: Reply = await ada.press(card, 'A', { wait: false });
  expect(under.kind).toBeUndefined();
  expect((await under.answered()).text).toBe(ada.id);
  const members = discord.members(100);
  const replies = await discord.burst(members, card, 'B');
  expect(replies.map(({ text }) => text)).toEqual(members.map(({ id }) => id));
});

test('a form opens, is filled in by labels or ids, and comes back to the bot', async () => {
  const discord = await startDiscord();
  await withBot(discord, {
    component: (press) =>
      press.showModal({
        custom_id: 'form',
        title: 'Your answer',
        components: [
          { type: 18, label: 'In short', component: { type: 4, custom_id: 'text', style: 1, min_length: 2 } },
          {
            type: 18,
            label: 'How sure?',
            component: {
              type: 21,
              custom_id: 'sure',
              options: [
                { label: 'Very', value: '2' },
                { label: 'A bit', value: '1' },
              ],
            },
          },
          {
            type: 18,
            label: 'Which apply?',
            component: {
              type: 22,
              custom_id: 'which',
              options: [
                { label: 'One', value: '1' },
                { label: 'Two', value: '2' },
              ],
            },
          },
          { type: 18, label: 'Tell others', component: { type: 23, custom_id: 'tell' } },
          {
            type: 18,
            label: 'Topic',
            component: { type: 3, custom_id: 'topic', options: [{ label: 'Queries', value: 'q' }] },
          },
        ],
      }),
    form: (form) => {
      const { fields } = form;
      return form.reply(
        JSON.stringify([
          fields.getTextInputValue('text'),
          fields.getRadioGroup('sure'),
          fields.getCheckboxGroup('which'),
          fields.getCheckbox('tell'),
          fields.getStringSelectValues('topic'),
          form.message?.content,
        ]),
      );
    },
  });
  const ada = discord.member('Ada');
  const opened = await ada.press(await ada.slash('/card'), 'A');
  expect(opened.modal.title).toBe('Your answer');
  expect(opened.modal.fields.map(({ label }) => label)).toEqual([
    'In short',
    'How sure?',
    'Which apply?',
    'Tell others',
    'Topic',
  ]);
  await expect(
    ada.submit(opened, { 'In short': 'x', sure: 'Very', which: ['One'], topic: 'Queries' }),
  ).rejects.toThrow('at least 2');
  await expect(ada.submit(opened, { sure: 'Very', which: ['One'], topic: 'Queries' })).rejects.toThrow(
    'In short: This field is required',
  );
  await expect(ada.submit(opened, { text: 'xx', sure: 'No', which: [], topic: 'q' })).rejects.toThrow(
    'no option "No"',
  );
  await expect(ada.submit(opened, { other: 'xx' })).rejects.toThrow('The form has no field "other"');
  const reply = await ada.submit(opened, {
    'In short': 'lazy',
    'How sure?': 'Very',
    which: ['One', '2'],
    tell: true,
    topic: 'Queries',
  });
  expect(JSON.parse(reply.text)).toEqual(['lazy', '2', ['1', '2'], true, ['q'], 'Which one?']);
});

test('a reply, its edit and a follow-up can bring files', async () => {
  const discord = await startDiscord();
  const file = (name: string) => ({ attachment: Buffer.from(name), name });
  await withBot(discord, {
    command: async (command) => {
      await command.reply({ files: [file('first.txt')], flags: MessageFlags.Ephemeral });
      await command.editReply({ files: [file('second.txt')] });
      await command.followUp({ files: [file('third.txt')] });
    },
  });
  const reply = await discord.member('Ada').slash('/card');
  const followUp = await reply.followUp();
  // discord.js names only the new files in an edit, which drops the others.
  expect(reply.message.history.map(({ attachments }) => attachments.map(({ filename }) => filename))).toEqual(
    [['first.txt'], ['second.txt']],
  );
  expect(reply.files.map(({ bytes }) => `${bytes}`)).toEqual(['second.txt']);
  expect(followUp.files.map(({ name }) => name)).toEqual(['third.txt']);
});

test('a form can update the message whose button opened it', async () => {
  const discord = await startDiscord();
  await withBot(discord, {
    component: (press) =>
      press.showModal({
        customId: 'form',
        title: 'Form',
        components: [{ type: 1, components: [{ type: 4, customId: 'text', style: 1, label: 'Text' }] }],
      }),
    form: (form) => form.isFromMessage() && form.update(form.fields.getTextInputValue('text')),
  });
  const ada = discord.member('Ada');
  const card = await ada.slash('/card');
  await ada.submit(await ada.press(card, 'A'), { Text: 'Updated' });
  expect(card.text).toBe('Updated');
});

test('a form of text only is shown and sent, which the documentation does not forbid', async () => {
  const discord = await startDiscord();
  await withBot(discord, {
    command: (command) =>
      command.showModal({
        customId: 'rules',
        title: 'Rules',
        components: [{ type: 10, content: 'Be kind.' }],
      }),
    form: (form) => form.reply(`Read: ${form.components.length}`),
  });
  const ada = discord.member('Ada');
  const opened = await ada.slash('/card');
  expect(opened.modal).toMatchObject({ text: 'Be kind.', fields: [] });
  expect((await ada.submit(opened, {})).text).toBe('Read: 1');
});

test('a command of a server’s bot has as many follow-ups as it likes: 40094 is for user installs', async () => {
  const discord = await startDiscord();
  await withBot(discord, {
    command: async (command) => {
      await command.reply('0');
      for (let number = 1; number <= 6; number++) await command.followUp(`${number}`);
    },
  });
  const ada = discord.member('Ada');
  await ada.slash('/card');
  await discord.settled();
  expect(ada.channel.messages.map(({ text }) => text)).toEqual(['0', '1', '2', '3', '4', '5', '6']);
});

test('selects give what was chosen, within their limits', async () => {
  const discord = await startDiscord();
  const options = [
    { label: 'One', value: '1' },
    { label: 'Two', value: '2' },
    { label: 'Three', value: '3' },
  ];
  await withBot(discord, {
    command: (command) =>
      command.reply({
        components: [
          { type: 1, components: [{ type: 3, customId: 'numbers', options, minValues: 1, maxValues: 2 }] },
          { type: 1, components: [{ type: 5, customId: 'people' }] },
        ],
      }),
    component: (press) => {
      if (press.isUserSelectMenu())
        return press.reply(`chose ${press.users.map((user) => user.displayName).join()}`);
      return press.isStringSelectMenu() && press.reply(`chose ${press.values.join()}`);
    },
  });
  const [ada, grace] = [discord.member('Ada'), discord.member('Grace')];
  const card = await ada.slash('/card');
  expect((await ada.select(card, ['One', '3'])).text).toBe('chose 1,3');
  expect((await ada.select(card, grace.id, { customId: 'people' })).text).toBe('chose Grace');
  await expect(ada.select(card, ['1', '2', '3'])).rejects.toThrow('between 1 and 2');
  await expect(ada.select(card, 'Four')).rejects.toThrow('no option "Four"');
});

test('nothing reaches the bot from somebody who left, or in a channel that is gone', async () => {
  const discord = await startDiscord();
  await withBot(discord, { component: (press) => press.reply('ok') });
  const [ada, grace] = [discord.member('Ada'), discord.member('Grace')];
  const card = await ada.slash('/card');
  grace.leaves();
  await expect(grace.press(card, 'A')).rejects.toThrow('Grace does not see this message');
  discord.faults.deleteChannel(ada.channel);
  await expect(ada.press(card, 'A')).rejects.toThrow('gone');
});

test('updating a message that was deleted fails', async () => {
  const discord = await startDiscord();
  let refused: Promise<{ code: number | string }> | undefined;
  await withBot(discord, {
    component: (press) => {
      discord.faults.deleteMessage(discord.member('Ada').channel.last);
      refused = failure(press.update('x'));
      return refused.then(() => press.reply({ content: 'The card is gone', flags: MessageFlags.Ephemeral }));
    },
  });
  const ada = discord.member('Ada');
  const reply = await ada.press(await ada.slash('/card'), 'A');
  expect(await refused).toMatchObject({ status: 404, code: 10008 });
  expect(reply.text).toBe('The card is gone');
});

test('for load nothing is logged or kept that only one person sees, and the rules hold all the same', async () => {
  const discord = await startDiscord({ keep: false });
  const second = later<Failure>();
  await withBot(discord, {
    component: async (press) => {
      const { id, token, client } = press;
      await press.reply({ content: 'ok', flags: MessageFlags.Ephemeral });
      const body = { type: 4, data: { content: 'Second' } };
      second.resolve(
        await failure(client.rest.post(Routes.interactionCallback(id, token), { body, auth: false })),
      );
    },
  });
  const ada = discord.member('Ada');
  const card = await ada.slash('/card');
  expect((await ada.press(card, 'A')).text).toBe('ok');
  expect(await second.promise).toMatchObject({ code: 40060 });
  expect(discord.requests).toEqual([]);
  expect(discord.shown.all()).toEqual([]);
  expect(ada.sees()).toHaveLength(1);
});

test('for load only what is settled is forgotten: however many press at once, the first of them can be answered', async () => {
  const time = new ManualTime();
  const discord = await startDiscord({ keep: false, remembered: 2, time });
  const people = 8;
  const presses: MessageComponentInteraction[] = [];
  const all = later<void>();
  await withBot(discord, {
    component: (press) => {
      presses.push(press);
      if (presses.length === people) all.resolve();
    },
  });
  const [host, ...others] = discord.members(people);
  if (!host) throw new Error('Nobody is there');
  const card = await host.slash('/card');
  const replies = await Promise.all([host, ...others].map((one) => one.press(card, 'A', { wait: false })));
  await all.promise;
  await presses[0]?.reply({ content: 'ok', flags: MessageFlags.Ephemeral });
  expect(replies[0]?.text).toBe('ok');
  await time.advance('7s');
  await host.press(card, 'A', { wait: false });
  const tooLate = presses[0]?.followUp({ content: 'more', flags: MessageFlags.Ephemeral });
  expect(await failure(Promise.resolve(tooLate))).toMatchObject({ code: 10015 });
});
