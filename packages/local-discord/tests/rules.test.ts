import { GatewayIntentBits, PermissionFlagsBits, Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { patches } from '../src/checks/patches.js';
import { ManualTime, snowflakeAt } from '../src/index.js';
import { failure, restOf, startBot } from './bot.js';
import { startDiscord, type TestDiscordOptions } from './discord.js';
import { eventsOf } from './events.js';

async function stage(options: TestDiscordOptions = {}) {
  const discord = await startDiscord(options);
  const ada = discord.member('Ada');
  const rest = restOf(discord);
  const post = (body: object): Promise<{ id: string }> =>
    rest.post(Routes.channelMessages(ada.channel.id), { body }) as Promise<{ id: string }>;
  return { discord, ada, rest, post };
}

test('lengths are counted in characters: 2,000 emoji fit into a message', async () => {
  const { post, ada } = await stage();
  await post({ content: '🦉'.repeat(2000) });
  expect(ada.channel.last.text).toHaveLength(4000);
});

test('each place where the published schema is not held has its reason', () => {
  expect(patches.length).toBeGreaterThan(3);
  for (const { reason } of patches) expect(reason.length).toBeGreaterThan(40);
});

test('permissions of overwrites are strings of digits, and are obeyed', async () => {
  const { discord, ada, rest } = await stage();
  discord.faults.givePermission(ada.channel, 'ManageChannels', 'ManageRoles');
  const everyone = { id: ada.server.id, type: 0, allow: '0', deny: '2048' };
  const bot = { id: discord.world.bot.id, type: 1, allow: '268438544', deny: '0' };
  await rest.patch(Routes.channel(ada.channel.id), {
    body: { topic: 'Quiet', rate_limit_per_user: 30, permission_overwrites: [everyone, bot] },
  });
  expect(await rest.get(Routes.channel(ada.channel.id))).toMatchObject({
    topic: 'Quiet',
    rate_limit_per_user: 30,
    permission_overwrites: [everyone, bot],
  });
  expect(() => ada.says('Hello')).toThrow('Ada may not write in #general');
});

test('a forward shows what it forwards, not who wrote it', async () => {
  const { ada, post } = await stage();
  const { id } = await post({ content: 'News' });
  await post({ message_reference: { type: 1, channel_id: ada.channel.id, message_id: id } });
  const [shown] = ada.channel.last.raw.message_snapshots ?? [];
  expect(shown).toMatchObject({ message: { content: 'News', type: 0, flags: 0 } });
  expect(shown?.message).not.toHaveProperty('author');
});

test.each<[string, object, string, string]>([
  ['a misspelt field', { content: 'x', ephemerall: true }, 'ephemerall', 'LOCAL_DISCORD_UNKNOWN_FIELD'],
  [
    'a misspelt field deep inside',
    { components: [{ type: 1, components: [{ type: 2, style: 1, label: 'A', customId: 'a' }] }] },
    'components.0.components.0.customId',
    'LOCAL_DISCORD_UNKNOWN_FIELD',
  ],
  ['a poll', { poll: { question: { text: 'Why?' }, answers: [] } }, 'poll', 'LOCAL_DISCORD_NOT_MODELLED'],
  ['a sticker', { content: 'x', sticker_ids: ['1'] }, 'sticker_ids', 'LOCAL_DISCORD_NOT_MODELLED'],
])('%s is refused, not dropped', async (_what, body, path, code) => {
  const { discord, post } = await stage({ violationsExpected: true });
  expect(await failure(post(body))).toMatchObject({ status: 400, code: 50035 });
  expect(discord.violations[0]?.faults.map((fault) => fault.path.join('.'))).toEqual([path]);
  expect(discord.violations[0]?.faults[0]?.code).toBe(code);
});

test.each<[string, object, number]>([
  ['nothing but spaces', { content: '   ' }, 50006],
  ['an embed that shows nothing', { embeds: [{ color: 1 }] }, 50035],
  ['a text display of spaces', { flags: 1 << 15, components: [{ type: 10, content: '  ' }] }, 50035],
])('%s is no message', async (_what, body, code) => {
  const { post } = await stage({ violationsExpected: true });
  expect(await failure(post(body))).toMatchObject({ status: 400, code });
});

test('spaces around a message are cut off', async () => {
  const { post, ada } = await stage();
  await post({ content: '  Hello \n' });
  expect(ada.channel.last.raw.content).toBe('Hello');
});

test('without Embed Links embeds are dropped, and a message of nothing else is refused', async () => {
  const { discord, ada, post } = await stage();
  discord.faults.losePermission(ada.channel, 'EmbedLinks');
  await post({ content: 'Hello', embeds: [{ title: 'World' }] });
  expect(ada.channel.last.raw.embeds).toEqual([]);
  expect(await failure(post({ embeds: [{ title: 'World' }] }))).toMatchObject({ code: 50013 });
});

test('a reply pings whom it answers unless it says otherwise, and shows what it answers', async () => {
  const { ada, post } = await stage();
  const { id } = ada.says('A question');
  const reply = { content: 'An answer', message_reference: { message_id: id } };
  await post(reply);
  expect(ada.channel.last.pings.users).toEqual([ada.id]);
  expect(ada.channel.last.raw.referenced_message?.id).toBe(id);
  await post({ ...reply, allowed_mentions: { parse: [] } });
  expect(ada.channel.last.pings.users).toEqual([]);
});

test('embeds ping nobody', async () => {
  const { ada, post } = await stage();
  await post({ embeds: [{ description: ada.mention }] });
  expect(ada.channel.last.pings.users).toEqual([]);
});

test('an answer to an interaction pings users and no roles unless it says so', async () => {
  const { discord, ada } = await stage();
  const role = ada.server.role('Owls', { mentionable: true });
  const bot = await startBot(
    discord,
    (interaction) => interaction.isCommand() && interaction.reply(`<@&${role.id}> ${ada.mention}`),
  );
  await bot.application.commands.set([{ name: 'hello', description: 'Says hello' }]);
  await ada.slash('/hello');
  expect(ada.channel.last.pings).toEqual({ everyone: false, users: [ada.id], roles: [] });
});

test('many messages are deleted in one event, and none that is older than two weeks', async () => {
  const { discord, ada, rest, post } = await stage();
  discord.faults.givePermission(ada.channel, 'ManageMessages');
  const bot = await startBot(discord, undefined, {
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages],
  });
  const messages = [(await post({ content: '1' })).id, (await post({ content: '2' })).id];
  const events = eventsOf(bot);
  const deleted = events.next('MESSAGE_DELETE_BULK');
  await rest.post(Routes.channelBulkDelete(ada.channel.id), { body: { messages } });
  expect((await deleted).d.ids).toEqual(messages);
  expect(events.all.map(({ t }) => t).filter((t) => t !== 'MESSAGE_CREATE')).toEqual(['MESSAGE_DELETE_BULK']);
  const old = snowflakeAt(Date.now() - 15 * 86_400_000);
  const tooLate = rest.post(Routes.channelBulkDelete(ada.channel.id), { body: { messages: [old, old] } });
  expect(await failure(tooLate)).toMatchObject({ code: 50034 });
});

test('pins are listed newest first, told of, and noted in the channel', async () => {
  const { discord, ada, rest, post } = await stage();
  discord.faults.givePermission(ada.channel, 'PinMessages');
  const bot = await startBot(discord);
  const { id } = await post({ content: 'Rules' });
  const told = eventsOf(bot).next('CHANNEL_PINS_UPDATE');
  await rest.put(Routes.channelMessagesPin(ada.channel.id, id));
  expect((await told).d.channel_id).toBe(ada.channel.id);
  expect(await rest.get(Routes.channelMessagesPins(ada.channel.id))).toMatchObject({
    items: [{ message: { id, pinned: true } }],
  });
  expect(ada.channel.last.raw.type).toBe(6);
  await rest.delete(Routes.channelMessagesPin(ada.channel.id, id));
  expect(await rest.get(Routes.channelMessagesPins(ada.channel.id))).toMatchObject({ items: [] });
});

test('pins come a page at a time, and none without Read Message History', async () => {
  const { discord, channel, rest } = await pinning();
  const path = `/channels/${channel.id}/messages/pins` as const;
  const ids = [];
  for (const content of ['a', 'b', 'c']) {
    const { id } = (await rest.post(Routes.channelMessages(channel.id), { body: { content } })) as {
      id: string;
    };
    await rest.put(`${path}/${id}`);
    await discord.time.advance('1s');
    ids.push(id);
  }
  type Page = { items: { pinned_at: string; message: { id: string } }[]; has_more: boolean };
  const first = (await rest.get(path, { query: new URLSearchParams({ limit: '2' }) })) as Page;
  expect([first.items.map(({ message }) => message.id), first.has_more]).toEqual([
    ids.slice(1).reverse(),
    true,
  ]);
  const before = first.items.at(-1)?.pinned_at ?? '';
  const rest2 = (await rest.get(path, { query: new URLSearchParams({ before }) })) as Page;
  expect([rest2.items.map(({ message }) => message.id), rest2.has_more]).toEqual([ids.slice(0, 1), false]);
  discord.faults.losePermission(channel, 'ReadMessageHistory');
  expect(await rest.get(path)).toEqual({ items: [], has_more: false });
});

async function pinning() {
  const discord = await startDiscord({ time: new ManualTime() });
  const permissions = ['ViewChannel', 'SendMessages', 'ReadMessageHistory', 'PinMessages'] as const;
  const channel = discord.server('Study group', { botPermissions: permissions }).channel('general');
  return { discord, channel, rest: restOf(discord) };
}

test('a bot allows and denies in channels what it may do itself', async () => {
  const discord = await startDiscord();
  const permissions = ['ViewChannel', 'SendMessages', 'ManageChannels', 'ManageRoles'] as const;
  const server = discord.server('Study group', { botPermissions: permissions });
  const rest = restOf(discord);
  const path = Routes.channelPermission(server.channel('general').id, server.id);
  const put = (allow: bigint): Promise<unknown> =>
    rest.put(path, { body: { type: 0, allow: String(allow) } });
  await put(PermissionFlagsBits.SendMessages);
  expect(await failure(put(PermissionFlagsBits.BanMembers))).toMatchObject({ status: 403, code: 50013 });
  const made = (allow: bigint): Promise<unknown> =>
    rest.post(Routes.guildChannels(server.id), {
      body: { name: 'new', permission_overwrites: [{ id: server.id, type: 0, allow: String(allow) }] },
    });
  await made(PermissionFlagsBits.SendMessages);
  expect(await failure(made(PermissionFlagsBits.BanMembers))).toMatchObject({ status: 403, code: 50013 });
});

test('channels are in categories, and come out when theirs is deleted', async () => {
  const discord = await startDiscord({ violationsExpected: true });
  const permissions = ['ViewChannel', 'ManageChannels'] as const;
  const server = discord.server('Study group', { botPermissions: permissions });
  const { id } = server.channel('general');
  const rest = restOf(discord);
  const put = (parent: string): Promise<unknown> =>
    rest.patch(Routes.channel(id), { body: { parent_id: parent } });
  const { id: category } = (await rest.post(Routes.guildChannels(server.id), {
    body: { name: 'Rooms', type: 4 },
  })) as { id: string };
  await put(category);
  for (const parent of [id, '123456789012345678'])
    expect(await failure(put(parent))).toMatchObject({ code: 50035, errors: { parent_id: {} } });
  const events = eventsOf(await startBot(discord));
  await rest.delete(Routes.channel(category));
  await discord.settled();
  expect(events.all.map(({ t, d }) => [t, d.id])).toEqual([
    ['CHANNEL_DELETE', category],
    ['CHANNEL_UPDATE', id],
  ]);
  expect(await rest.get(Routes.channel(id))).toMatchObject({ parent_id: null });
});

test('what nobody may do in a direct message has an error of its own; pinning may be done', async () => {
  const discord = await startDiscord();
  const ada = discord.member('Ada');
  const { id } = ada.says('Hello', ada.dm);
  const rest = restOf(discord);
  const bulk = rest.post(Routes.channelBulkDelete(ada.dm.id), { body: { messages: [id, '1'] } });
  expect(await failure(bulk)).toMatchObject({ status: 403, code: 50003 });
  expect(await failure(rest.delete(Routes.channelMessage(ada.dm.id, id)))).toMatchObject({ code: 50003 });
  expect(await failure(rest.patch(Routes.channel(ada.dm.id), { body: { name: 'x' } }))).toMatchObject({
    code: 50003,
  });
  await rest.put(`/channels/${ada.dm.id}/messages/pins/${id}`);
});

test('messages are listed around one of them; a bad limit or id is refused', async () => {
  const { ada, rest, post } = await stage({ violationsExpected: true });
  const ids: string[] = [];
  for (let number = 0; number < 5; number++) ids.push((await post({ content: `${number}` })).id);
  const list = (query: string): Promise<unknown> =>
    rest.get(Routes.channelMessages(ada.channel.id), { query: new URLSearchParams(query) });
  const around = (await list(`around=${ids[2]}&limit=3`)) as { id: string }[];
  expect(around.map(({ id }) => id)).toEqual(ids.slice(1, 4).reverse());
  for (const query of ['limit=0', 'limit=101', 'limit=many', 'before=yesterday'])
    expect(await failure(list(query))).toMatchObject({ status: 400, code: 50035 });
});

test('a missing field is said to be required, and a route asked by a wrong method is 405', async () => {
  const { discord, ada, rest } = await stage({ violationsExpected: true });
  const made = rest.post(Routes.threads(ada.channel.id), { body: { type: 11 } });
  expect((await failure(made)).errors).toMatchObject({ name: { _errors: [{ code: 'BASE_TYPE_REQUIRED' }] } });
  expect(await failure(rest.put(Routes.channelMessages(ada.channel.id)))).toMatchObject({
    status: 405,
    code: 0,
  });
  expect(discord.unknownRoutes.splice(0)).toHaveLength(1);
});

test('more than three edits in six seconds of messages older than an hour are refused', async () => {
  let nowMs = Date.UTC(2026, 0, 5);
  const { discord, ada, rest, post } = await stage({ now: () => nowMs, oldEdits: true });
  const { id } = await post({ content: '0' });
  const edit = (): Promise<unknown> =>
    rest.patch(Routes.channelMessage(ada.channel.id, id), { body: { content: `${nowMs}` } });
  for (let number = 0; number < 5; number++) await edit();
  nowMs += 3_600_001;
  for (let number = 0; number < 3; number++) await edit();
  const response = await fetch(`${discord.apiUrl}/v10${Routes.channelMessage(ada.channel.id, id)}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', authorization: `Bot ${discord.token}` },
    body: '{"content":"too many"}',
  });
  expect(response.status).toBe(429);
  expect(await response.json()).toMatchObject({ code: 30046, retry_after: 6 });
  nowMs += 6_000;
  await edit();
});

test('a server that an outage has taken before the login is said to be unavailable', async () => {
  const { discord, ada } = await stage();
  ada.server.setAvailable(false);
  const bot = await startBot(discord);
  expect(bot.guilds.cache.get(ada.server.id)?.available).toBe(false);
});

test('whoever is timed out may read and nothing else, until it is over', async () => {
  let nowMs = Date.UTC(2026, 0, 5);
  const { ada } = await stage({ now: () => nowMs });
  ada.timedOut(60_000);
  expect(() => ada.says('Hello')).toThrow('Ada may not write');
  expect(ada.sees()).toHaveLength(0);
  nowMs += 60_001;
  ada.says('Hello');
});
