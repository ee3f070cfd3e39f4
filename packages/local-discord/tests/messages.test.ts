import { AttachmentBuilder, Routes, type TextChannel } from 'discord.js';
import { expect, test } from 'vitest';
import { type LocalDiscord, type PermissionName, snowflakeTime } from '../src/index.js';
import { failure, restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';

const post = (discord: LocalDiscord, channelId: string, body: object): Promise<unknown> =>
  restOf(discord).post(Routes.channelMessages(channelId), { body });

test('what the bot posts is there for everybody, and bears the time at which Discord took it', async () => {
  const nowMs = Date.UTC(2026, 0, 5, 12);
  const discord = await startDiscord({ now: () => nowMs });
  const channel = discord.server('Study group').channel('drills');
  await post(discord, channel.id, { content: 'Hello' });
  expect(channel.messages.map(({ text }) => text)).toEqual(['Hello']);
  expect(snowflakeTime(channel.last.id)).toBe(nowMs);
  expect(channel.last.raw.timestamp).toBe('2026-01-05T12:00:00.000000+00:00');
});

test('files come with the message, are served, and pictures point at them', async () => {
  const discord = await startDiscord();
  const channel = discord.server('Study group').channel('drills');
  const bot = await startBot(discord);
  const sent = await (bot.channels.cache.get(channel.id) as TextChannel).send({
    flags: 1 << 15,
    components: [{ type: 12, items: [{ media: { url: 'attachment://podium.png' } }] }],
    files: [
      new AttachmentBuilder(Buffer.from([137, 80, 78, 71]), {
        name: 'podium.png',
        description: 'The podium',
      }),
    ],
  });
  const [file] = channel.last.files;
  expect(file).toMatchObject({ name: 'podium.png', description: 'The podium', type: 'image/png' });
  expect(file?.bytes).toEqual(Buffer.from([137, 80, 78, 71]));
  const [gallery] = channel.last.raw.components;
  expect(gallery?.items?.[0]?.media.url).toBe(file?.url);
  expect(sent.components[0]?.toJSON()).toMatchObject({ items: [{ media: { url: file?.url } }] });
  const served = await fetch(file?.url ?? '');
  expect(served.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await served.arrayBuffer())).toEqual(file?.bytes);
});

test('an edit keeps the files that it names, drops the others, and can bring new ones', async () => {
  const discord = await startDiscord();
  const channel = discord.server('Study group').channel('drills');
  const bot = await startBot(discord);
  const file = (name: string) => new AttachmentBuilder(Buffer.from(name), { name });
  const sent = await (bot.channels.cache.get(channel.id) as TextChannel).send({
    files: [file('a.txt'), file('b.txt')],
  });
  await sent.edit({ content: 'unchanged files' });
  expect(channel.last.files.map(({ name }) => name)).toEqual(['a.txt', 'b.txt']);
  await sent.edit({ attachments: [...sent.attachments.values()].slice(1), files: [file('c.txt')] });
  expect(channel.last.files.map(({ name }) => name)).toEqual(['b.txt', 'c.txt']);
});

test('files of more than 10 MiB are refused', async () => {
  const discord = await startDiscord({ violationsExpected: true });
  const channel = discord.server('Study group').channel('drills');
  const files = [{ name: 'big.bin', data: Buffer.alloc(10 * 1024 * 1024 + 1) }];
  const sent = restOf(discord).post(Routes.channelMessages(channel.id), { body: {}, files });
  expect(await failure(sent)).toMatchObject({ status: 413, code: 40005 });
});

test.each<[string, PermissionName[], object, number]>([
  ['see the channel', ['ViewChannel'], { content: 'x' }, 50001],
  ['write in it', ['SendMessages'], { content: 'x' }, 50013],
])('a bot that may not %s cannot post', async (_what, permissions, body, code) => {
  const discord = await startDiscord();
  const channel = discord.server('Study group').channel('drills');
  discord.faults.losePermission(channel, ...permissions);
  expect(await failure(post(discord, channel.id, body))).toMatchObject({ status: 403, code });
  discord.faults.givePermission(channel, ...permissions);
  await post(discord, channel.id, body);
});

test('a bot that may not attach files can still write', async () => {
  const discord = await startDiscord();
  const channel = discord.server('Study group').channel('drills');
  discord.faults.losePermission(channel, 'AttachFiles');
  const files = [{ name: 'a.txt', data: Buffer.from('x') }];
  const sent = restOf(discord).post(Routes.channelMessages(channel.id), { body: {}, files });
  expect(await failure(sent)).toMatchObject({ status: 403, code: 50013 });
  await post(discord, channel.id, { content: 'x' });
});

test('a lost permission is known to the bot’s cache', async () => {
  const discord = await startDiscord();
  const channel = discord.server('Study group').channel('drills');
  const bot = await startBot(discord);
  const updated = new Promise((resolve) => bot.once('channelUpdate', resolve));
  discord.faults.losePermission(channel, 'SendMessages');
  await updated;
  const cached = bot.channels.cache.get(channel.id) as TextChannel;
  expect(cached.permissionsFor(bot.user)?.has('SendMessages')).toBe(false);
});

test('channels and messages that are not there are unknown, other people’s cannot be edited', async () => {
  const discord = await startDiscord();
  const rest = restOf(discord);
  const ada = discord.member('Ada');
  const { channel } = ada;
  const foreign = ada.says('mine');
  const body = { content: 'x' };
  expect(await failure(post(discord, '1', body))).toMatchObject({ status: 404, code: 10003 });
  expect(await failure(rest.patch(Routes.channelMessage(channel.id, '1'), { body }))).toMatchObject({
    code: 10008,
  });
  expect(await failure(rest.patch(Routes.channelMessage(channel.id, foreign.id), { body }))).toMatchObject({
    status: 403,
    code: 50005,
  });
  expect(await failure(rest.delete(Routes.channelMessage(channel.id, foreign.id)))).toMatchObject({
    code: 50013,
  });
  await post(discord, channel.id, body);
  discord.faults.deleteMessage(channel.last);
  discord.faults.deleteChannel(channel);
  expect(await failure(post(discord, channel.id, body))).toMatchObject({ code: 10003 });
});

test('a bot that was kicked cannot reach the server', async () => {
  const discord = await startDiscord();
  const server = discord.server('Study group');
  discord.faults.kickBot(server);
  expect(await failure(post(discord, server.channel('general').id, { content: 'x' }))).toMatchObject({
    code: 50001,
  });
  expect(await failure(restOf(discord).get(Routes.guild(server.id)))).toMatchObject({ code: 50001 });
  await expect(discord.member('Ada', { server }).slash('/card')).rejects.toThrow(
    'The bot is not in this server',
  );
});

test('messages are listed newest first, a page at a time, without anybody’s ephemeral ones', async () => {
  const discord = await startDiscord();
  const { channel } = discord.member('Ada');
  for (const content of ['1', '2', '3', '4']) await post(discord, channel.id, { content });
  const list = async (query: Record<string, string>): Promise<string[]> => {
    const messages = (await restOf(discord).get(Routes.channelMessages(channel.id), {
      query: new URLSearchParams(query),
    })) as { content: string }[];
    return messages.map(({ content }) => content);
  };
  const [, second, third] = channel.messages;
  expect(await list({})).toEqual(['4', '3', '2', '1']);
  expect(await list({ limit: '2' })).toEqual(['4', '3']);
  expect(await list({ before: third?.id ?? '' })).toEqual(['2', '1']);
  expect(await list({ after: second?.id ?? '' })).toEqual(['4', '3']);
});

test('a nonce that is enforced is not posted twice', async () => {
  const discord = await startDiscord();
  const { channel } = discord.member('Ada');
  const body = { content: 'Daily', nonce: 'daily:2026-01-05', enforce_nonce: true };
  const first = await post(discord, channel.id, body);
  expect(await post(discord, channel.id, body)).toEqual(first);
  expect(channel.messages).toHaveLength(1);
});

test.each<[string, object, { everyone: boolean; users: boolean; roles: boolean }]>([
  ['without a word on mentions', {}, { everyone: false, users: true, roles: true }],
  ['with none allowed', { allowed_mentions: { parse: [] } }, { everyone: false, users: false, roles: false }],
  [
    'with users allowed',
    { allowed_mentions: { parse: ['users'] } },
    { everyone: false, users: true, roles: false },
  ],
])('who is pinged %s', async (_what, over, expected) => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const role = ada.server.role('Owls', { mentionable: true });
  await post(discord, ada.channel.id, { content: `@everyone ${ada.mention} <@&${role.id}>`, ...over });
  expect(ada.channel.last.pings).toEqual({
    everyone: expected.everyone,
    users: expected.users ? [ada.id] : [],
    roles: expected.roles ? [role.id] : [],
  });
});

test('@everyone is pinged by a bot that may do so, unless it says not to', async () => {
  const discord = await startDiscord();
  const server = discord.server('Loud', {
    botPermissions: ['ViewChannel', 'SendMessages', 'MentionEveryone'],
  });
  const channel = server.channel('general');
  await post(discord, channel.id, { content: '@everyone' });
  expect(channel.last.pings.everyone).toBe(true);
  await post(discord, channel.id, {
    flags: 1 << 15,
    components: [{ type: 10, content: '@here' }],
    allowed_mentions: { parse: [] },
  });
  expect(channel.last.pings.everyone).toBe(false);
});

test('a direct message reaches its person, unless she refuses them', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const bot = await startBot(discord);
  await bot.users.send(ada.id, 'Hello');
  expect(ada.dm.messages.map(({ text }) => text)).toEqual(['Hello']);
  ada.user.refusesDirectMessages = true;
  expect(await failure(bot.users.send(ada.id, 'Hello?'))).toMatchObject({ status: 403, code: 50007 });
});

test('threads are started, written in and archived', async () => {
  const discord = await startDiscord();
  const { channel } = discord.member('Ada');
  const bot = await startBot(discord);
  const sent = await (bot.channels.cache.get(channel.id) as TextChannel).send('Results');
  const thread = await sent.startThread({ name: 'Discussion' });
  await thread.send('What do you think?');
  const there = discord.server('Study group').channel('Discussion');
  expect(there.messages.map(({ text }) => text)).toEqual(['', 'What do you think?']);
  await thread.setArchived(true);
  await thread.send('One more thing');
  expect(await bot.channels.fetch(thread.id, { force: true })).toMatchObject({ archived: false });
});

test('servers, members, roles and channels can be asked for', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada', { permissions: ['ManageGuild'] });
  const bot = await startBot(discord);
  const guild = await bot.guilds.fetch(ada.server.id);
  const member = await guild.members.fetch(ada.id);
  expect(member.permissions.has('ManageGuild')).toBe(true);
  expect((await guild.roles.fetch()).some(({ name }) => name === 'Ada’s')).toBe(true);
  expect((await guild.channels.fetch()).map((channel) => channel?.name)).toEqual(['general']);
  expect((await bot.users.fetch(ada.id, { force: true })).globalName).toBe('Ada');
  expect((await bot.application.fetch()).name).toBe('Bot');
  expect(await failure(guild.members.fetch({ user: '1', force: true }))).toMatchObject({ code: 10013 });
});

test('requests without the token are refused', async () => {
  const discord = await startDiscord();
  const response = await fetch(`${discord.apiUrl}/v10/users/@me`);
  expect(response.status).toBe(401);
  expect(await response.json()).toEqual({ message: '401: Unauthorized', code: 0 });
});

test('a route that does not exist is answered as Discord does, and noted', async () => {
  const discord = await startDiscord();
  expect(await failure(restOf(discord).get('/nowhere'))).toMatchObject({ status: 404, code: 0 });
  expect(discord.unknownRoutes.splice(0)).toEqual(['GET /nowhere']);
});

test('over its budget a channel answers 429, and the bot waits as long as it is told', async () => {
  let nowMs = Date.UTC(2026, 0, 5);
  const discord = await startDiscord({ rateLimits: true, now: () => nowMs });
  const { channel } = discord.member('Ada');
  const send = (): Promise<Response> =>
    fetch(`${discord.apiUrl}/v10/channels/${channel.id}/messages`, {
      method: 'POST',
      body: '{"content":"x"}',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    });
  const answers = [];
  for (let count = 0; count < 6; count++) answers.push(await send());
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
  expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual([
    '4',
    '3',
    '2',
    '1',
    '0',
    '0',
  ]);
  expect(answers[5]?.headers.get('retry-after')).toBe('5');
  expect(await answers[5]?.json()).toMatchObject({ retry_after: 5, global: false });
  nowMs += 5_000;
  expect((await send()).status).toBe(200);
});

test('over 50 requests a second the bot as a whole must wait', async () => {
  let nowMs = Date.UTC(2026, 0, 5);
  const discord = await startDiscord({ rateLimits: true, now: () => nowMs });
  const get = (path: string): Promise<Response> =>
    fetch(`${discord.apiUrl}/v10${path}`, { headers: { authorization: `Bot ${discord.token}` } });
  const servers = Array.from({ length: 50 }, (_, index) => discord.server(`Server ${index}`));
  for (const server of servers) expect((await get(`/guilds/${server.id}`)).status).toBe(200);
  const refused = await get('/users/@me');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('x-ratelimit-global')).toBe('true');
  expect(await refused.json()).toMatchObject({ global: true });
  nowMs += 1_000;
  expect((await get('/users/@me')).status).toBe(200);
});
