import { Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { failure, restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';
import { eventsOf } from './events.js';

const label = (name: string, component: object) => ({ type: 18, label: name, component });
const options = ['Yes', 'No'].map((name) => ({ label: name, value: name.toLowerCase() }));
const form = {
  custom_id: 'form',
  title: 'Form',
  components: [
    { type: 10, content: 'Please fill in' },
    label('Who', { type: 5, custom_id: 'who' }),
    label('Sure', { type: 21, custom_id: 'sure', options }),
    label('Which', { type: 22, custom_id: 'which', options, max_values: 2 }),
  ],
};
const upload = {
  ...form,
  components: [
    label('Proof', { type: 19, custom_id: 'proof' }),
    label('Agree', { type: 23, custom_id: 'agree' }),
  ],
};

test('selects of people, roles and channels are chosen from by name, and tell what was chosen', async () => {
  const discord = await startDiscord();
  const [ada, ben] = [discord.member('Ada'), discord.member('Ben')];
  const select = { type: 1, components: [{ type: 5, custom_id: 'who' }] };
  const channels = { type: 1, components: [{ type: 8, custom_id: 'where', channel_types: [2] }] };
  const bot = await startBot(discord, (interaction) => {
    if (interaction.isCommand()) return interaction.reply({ components: [select, channels] });
    return interaction.isUserSelectMenu() && interaction.reply(`${interaction.users.first()?.globalName}`);
  });
  await bot.application.commands.set([{ name: 'ask', description: 'Asks' }]);
  const card = await ada.slash('/ask');
  const events = eventsOf(bot);
  expect((await ada.select(card, 'Ben')).text).toBe('Ben');
  const [member] = Object.values<object>(events.all.at(-1)?.d.data.resolved.members);
  expect(member).not.toHaveProperty('deaf');
  expect(member).toHaveProperty('permissions');
  await expect(ada.select(card, 'Nobody')).rejects.toThrow('does not offer "Nobody"');
  await expect(ada.select(card, 'general', { customId: 'where' })).rejects.toThrow('does not offer');
  ben.leaves();
  await expect(ada.select(card, 'Ben')).rejects.toThrow('does not offer "Ben"');
});

test('forms of every kind are filled in, with names resolved and files uploaded', async () => {
  const discord = await startDiscord();
  const [ada] = [discord.member('Ada'), discord.member('Ben')];
  const bot = await startBot(discord, (interaction) => {
    if (interaction.isChatInputCommand())
      return interaction.showModal((interaction.commandName === 'ask' ? form : upload) as never);
    return interaction.isModalSubmit() && interaction.reply('Thanks');
  });
  await bot.application.commands.set(['ask', 'send'].map((name) => ({ name, description: 'Asks' })));
  const events = eventsOf(bot);
  const filled = await ada.submit(await ada.slash('/ask'), {
    Who: ['Ben'],
    Sure: 'Yes',
    Which: ['Yes', 'No'],
  });
  expect(filled.text).toBe('Thanks');
  expect(filled.message.raw.interaction_metadata).toMatchObject({
    type: 5,
    triggering_interaction_metadata: { type: 2, name: 'ask', user: { id: ada.id } },
  });
  expect(filled.message.raw.interaction_metadata).not.toHaveProperty('interacted_message_id');
  // Components that say no id are numbered from top to bottom, those in labels too.
  const sentForm = events.all.at(-1)?.d.data.components;
  expect(
    sentForm
      .flatMap((top: { id: number; component?: { id: number } }) => [top.id, top.component?.id ?? []])
      .flat(),
  ).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(JSON.stringify(events.all.at(-1)?.d.data.resolved)).toContain('Ben');
  const sent = await ada.submit(await ada.slash('/send'), {
    Proof: [{ name: 'proof.txt', bytes: 'I did it' }],
    Agree: true,
  });
  expect(sent.text).toBe('Thanks');
  const submitted = events.all.filter(({ d }) => d.type === 5).at(-1);
  const [file] = Object.values(submitted?.d.data.resolved.attachments) as { filename: string; url: string }[];
  expect(file?.filename).toBe('proof.txt');
  expect(await (await fetch(file?.url ?? '')).text()).toBe('I did it');
});

test('waiting for an answer that never comes ends, and says why', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  let deferred = (): void => {};
  const isDeferred = new Promise<void>((resolve) => {
    deferred = resolve;
  });
  const bot = await startBot(discord, async (interaction) => {
    if (interaction.isCommand()) await interaction.deferReply();
    deferred();
  });
  await bot.application.commands.set([{ name: 'hello', description: 'Says hello' }]);
  const reply = await ada.slash('/hello', { wait: false });
  await isDeferred;
  await expect(reply.answered(50)).rejects.toThrow('still "thinking…"');
});

test('a client sends nothing where its user may not write, nothing empty and nothing too long', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  expect(() => ada.says('  ')).toThrow('empty');
  expect(() => ada.says('🦉'.repeat(2001))).toThrow('longer than 2,000');
  ada.says('🦉'.repeat(2000));
  ada.leaves();
  expect(() => ada.says('Hello')).toThrow('Ada is not in Study group');
});

test('a direct message takes a common server and somebody who wants it', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const rest = restOf(discord);
  const send = (): Promise<unknown> =>
    rest.post(Routes.channelMessages(ada.dm.id), { body: { content: 'Hi' } });
  await send();
  ada.user.refusesDirectMessages = true;
  expect(await failure(send())).toMatchObject({ status: 403, code: 50007 });
  ada.leaves();
  expect(await failure(send())).toMatchObject({ status: 403, code: 50278 });
});

test.each<[string, string, number]>([
  ['more than 4,096 bytes', JSON.stringify({ op: 3, d: 'x'.repeat(4100) }), 4002],
  ['more than 120 things in a minute', '{"op":1,"d":null}', 4008],
])('saying %s ends a connection', async (_what, text, code) => {
  const discord = await startDiscord({ gatewayLimits: true });
  const socket = new WebSocket(discord.gateway.url);
  socket.on('open', () => {
    for (let number = 0; number < 121; number++) socket.send(text);
  });
  await expect(new Promise((resolve) => socket.on('close', resolve))).resolves.toBe(code);
});

test('without heartbeats a connection ends', async () => {
  const discord = await startDiscord({ gatewayLimits: true, heartbeatMs: 20 });
  const socket = new WebSocket(discord.gateway.url);
  await expect(new Promise((resolve) => socket.on('close', resolve))).resolves.toBe(4009);
});

test('a second identify within five seconds is sent away, unless its bucket is another', async () => {
  const discord = await startDiscord({ gatewayLimits: true, sessionLimits: { maxConcurrency: 2 } });
  const identify = (shard: number): Promise<number> =>
    new Promise((resolve) => {
      const socket = new WebSocket(discord.gateway.url);
      const d = { token: discord.token, intents: 1, properties: {}, shard: [shard, 4] };
      socket.on('open', () => socket.send(JSON.stringify({ op: 2, d })));
      socket.on('message', (data) => {
        const { op } = JSON.parse(String(data)) as { op: number };
        if (op !== 10) resolve(op);
      });
    });
  expect([await identify(0), await identify(1), await identify(2)]).toEqual([0, 0, 9]);
});
