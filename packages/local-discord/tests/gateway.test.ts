import { Events, GatewayIntentBits } from 'discord.js';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { newClient, startBot } from './bot.js';
import { startDiscord } from './discord.js';

const hello = [{ name: 'hello', description: 'Says hello' }];

test('a bot that logs in learns its servers, their channels and roles', async () => {
  const discord = await startDiscord();
  const server = discord.server('Study group', { channels: ['general', 'drills'] });
  server.role('Night owls', { mentionable: true });
  const bot = await startBot(discord);
  const guild = bot.guilds.cache.get(server.id);
  expect(guild?.name).toBe('Study group');
  expect(guild?.available).toBe(true);
  expect(guild?.channels.cache.map(({ name }) => name)).toEqual(['general', 'drills']);
  expect(guild?.roles.cache.map(({ name }) => name)).toContain('Night owls');
  expect(guild?.members.me?.permissions.has('AttachFiles')).toBe(true);
  expect(bot.user.username).toBe('Bot');
});

test('a wrong token is refused', async () => {
  const discord = await startDiscord();
  const client = newClient(discord);
  await expect(client.login('wrong.token.here')).rejects.toMatchObject({ code: 'TokenInvalid' });
});

test.each([
  ['a wrong token', { token: 'wrong', intents: 1, properties: {} }, 4004],
  ['a shard that cannot be', { intents: 1, properties: {}, shard: [2, 2] }, 4010],
  ['intents that do not exist', { intents: 1 << 30, properties: {} }, 4013],
  [
    'a privileged intent that was not granted',
    { intents: GatewayIntentBits.MessageContent, properties: {} },
    4014,
  ],
])('identifying with %s closes the connection', async (_what, d, code) => {
  const discord = await startDiscord();
  const socket = new WebSocket(`${discord.gateway.url}?v=10&encoding=json`);
  socket.on('open', () => socket.send(JSON.stringify({ op: 2, d: { token: discord.token, ...d } })));
  await expect(new Promise((resolve) => socket.on('close', resolve))).resolves.toBe(code);
});

test('a token may be said with the word before it that requests have, and READY tells both kinds of flags', async () => {
  const discord = await startDiscord();
  const socket = new WebSocket(`${discord.gateway.url}?v=10&encoding=json`);
  onTestFinished(() => socket.terminate());
  const token = `Bot ${discord.token}`;
  socket.on('open', () => socket.send(JSON.stringify({ op: 2, d: { token, intents: 0, properties: {} } })));
  const ready = await new Promise((resolve) => {
    socket.on('message', (data) => String(data).includes('READY') && resolve(JSON.parse(String(data)).d));
  });
  expect(ready).toMatchObject({ application: { flags: 1 << 23, flags_new: `${1 << 23}` } });
});

test.each([
  ['no JSON', 'nonsense', 4002],
  ['an opcode that does not exist', '{"op":99}', 4001],
  ['a command before identifying', '{"op":3,"d":{}}', 4003],
])('%s closes the connection', async (_what, text, code) => {
  const discord = await startDiscord();
  const socket = new WebSocket(discord.gateway.url);
  socket.on('open', () => socket.send(text));
  await expect(new Promise((resolve) => socket.on('close', resolve))).resolves.toBe(code);
});

test('being invited and kicked reach the bot', async () => {
  const discord = await startDiscord();
  const bot = await startBot(discord);
  const created = new Promise((resolve) => bot.once(Events.GuildCreate, ({ name }) => resolve(name)));
  const server = discord.server('Newcomers', { bot: false });
  expect(bot.guilds.cache.size).toBe(0);
  server.addBot();
  expect(await created).toBe('Newcomers');
  const deleted = new Promise((resolve) => bot.once(Events.GuildDelete, ({ id }) => resolve(id)));
  discord.faults.kickBot(server);
  expect(await deleted).toBe(server.id);
});

test('a server that an outage takes away is unavailable until it is back', async () => {
  const discord = await startDiscord();
  const server = discord.server('Study group');
  const bot = await startBot(discord);
  const away = new Promise((resolve) => bot.once(Events.GuildUnavailable, resolve));
  server.setAvailable(false);
  await away;
  const back = new Promise((resolve) => bot.once(Events.GuildAvailable, resolve));
  server.setAvailable(true);
  await back;
  expect(bot.guilds.cache.get(server.id)?.available).toBe(true);
});

test('events missed while the connection was down are replayed on resume', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  let readies = 0;
  const bot = await startBot(discord, (interaction) => interaction.isCommand() && interaction.reply('Hello'));
  bot.on(Events.ShardReady, () => {
    readies += 1;
  });
  await bot.application.commands.set(hello);
  const resumed = new Promise((resolve) =>
    bot.once(Events.ShardResume, (_id, replayed) => resolve(replayed)),
  );
  discord.faults.dropGateway();
  const reply = await ada.slash('/hello');
  expect(reply.text).toBe('Hello');
  expect(await resumed).toBeGreaterThan(0);
  expect(readies).toBe(0);
});

test('asked to reconnect, the bot resumes and misses nothing', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const bot = await startBot(discord, (interaction) => interaction.isCommand() && interaction.reply('Hello'));
  await bot.application.commands.set(hello);
  const resumed = new Promise((resolve) => bot.once(Events.ShardResume, resolve));
  discord.faults.askToReconnect();
  await resumed;
  expect((await ada.slash('/hello')).text).toBe('Hello');
});

test('a session said to be invalid but resumable is resumed', async () => {
  const discord = await startDiscord();
  const bot = await startBot(discord);
  const sessions = [...discord.gateway.sessions.keys()];
  const again = discord.nextLogin();
  discord.faults.invalidateSession(true);
  await again;
  expect([...discord.gateway.sessions.keys()]).toEqual(sessions);
  expect(bot.isReady()).toBe(true);
});

test('heartbeats are acknowledged, and what has arrived is not kept for a resume', async () => {
  const discord = await startDiscord({ heartbeatMs: 40, guilds: 5 });
  const bot = await startBot(discord);
  const [session] = discord.gateway.sessions.values();
  expect(session?.sent.length).toBeGreaterThan(5);
  await new Promise<void>((resolve) => {
    bot.on('debug', (line) => line.includes('Heartbeat acknowledged') && resolve());
  });
  expect(session?.sent).toEqual([]);
  expect(discord.gateway.received.some(({ op }) => op === 1)).toBe(true);
});

test('an invalid session makes the bot identify anew', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const bot = await startBot(
    discord,
    (interaction) => interaction.isCommand() && interaction.reply('Hello'),
    {
      ws: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
    },
  );
  await bot.application.commands.set(hello);
  const ready = new Promise((resolve) => bot.once(Events.ShardReady, resolve));
  const [before] = discord.gateway.sessions.keys();
  discord.faults.invalidateSession(false);
  await ready;
  expect([...discord.gateway.sessions.keys()]).not.toContain(before);
  expect((await ada.slash('/hello')).text).toBe('Hello');
});

test('with several shards each gets its own servers, and a press reaches one of them once', async () => {
  const discord = await startDiscord({ guilds: 8 });
  const seen: string[] = [];
  const bot = await startBot(
    discord,
    (interaction) => {
      seen.push(`${interaction.guildId}`);
      return interaction.isCommand() && interaction.reply('Hello');
    },
    { shardCount: 4 },
  );
  await bot.application.commands.set(hello);
  expect(bot.guilds.cache.size).toBe(8);
  expect(new Set(bot.guilds.cache.map(({ shardId }) => shardId)).size).toBeGreaterThan(1);
  for (const guild of bot.guilds.cache.values()) {
    expect(Number((BigInt(guild.id) >> 22n) % 4n)).toBe(guild.shardId);
  }
  const asked = discord.servers.map((server) => discord.member('Ada', { server }).slash('/hello'));
  expect((await Promise.all(asked)).map(({ text }) => text)).toEqual(Array(8).fill('Hello'));
  expect(seen.toSorted()).toEqual(discord.servers.map(({ id }) => id).toSorted());
});

test('a process that runs one shard of two hears nothing of the other’s servers', async () => {
  const discord = await startDiscord({ guilds: 8 });
  const bot = await startBot(discord, undefined, { shards: [1], shardCount: 2 });
  const own = discord.servers.filter(({ id }) => (BigInt(id) >> 22n) % 2n === 1n).map(({ id }) => id);
  expect([...bot.guilds.cache.keys()].toSorted()).toEqual(own.toSorted());
});

test('messages reach the bot only if it asked for them, and their words only if it may read them', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const deaf = await startBot(discord);
  const listening = await startBot(discord, undefined, {
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages],
  });
  let heardByDeaf = 0;
  deaf.on(Events.MessageCreate, () => {
    heardByDeaf += 1;
  });
  const heard = new Promise((resolve) =>
    listening.once(Events.MessageCreate, ({ content }) => resolve(content)),
  );
  ada.says('a secret');
  expect(await heard).toBe('');
  expect(heardByDeaf).toBe(0);
});

test('without sessions left nobody can log in', async () => {
  const discord = await startDiscord({ sessionLimits: { remaining: 0 } });
  const client = newClient(discord);
  await expect(client.login(discord.token)).rejects.toThrow(/Not enough sessions remaining/);
});
