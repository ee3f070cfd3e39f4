import { ActivityType, type Message, Routes } from 'discord.js';
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { ManualTime, type PermissionName } from '../src/index.js';
import { failure, restOf, startBot } from './bot.js';
import { startDiscord, type TestDiscordOptions } from './discord.js';

const usual: readonly PermissionName[] = ['ViewChannel', 'SendMessages', 'ReadMessageHistory'];

async function stage(permissions: readonly PermissionName[] = [], options: TestDiscordOptions = {}) {
  const discord = await startDiscord(options);
  const server = discord.server('Study group', { botPermissions: [...usual, ...permissions] });
  const ada = discord.member('Ada', { server });
  const rest = restOf(discord);
  const { id } = ada.channel;
  const post = (body: object): Promise<unknown> => rest.post(Routes.channelMessages(id), { body });
  return { discord, server, ada, rest, id, post };
}

test('with_response shows a message only where it is there to see', async () => {
  const { discord, ada } = await stage();
  const shown: unknown[] = [];
  const bot = await startBot(discord, async (i) => {
    if (!i.isChatInputCommand()) return;
    const how = { withResponse: true } as const;
    const { resource } =
      i.commandName === 'now' ? await i.reply({ content: 'Now', ...how }) : await i.deferReply(how);
    shown.push([resource?.type, resource?.message?.content]);
    if (i.deferred) await i.editReply('Later');
  });
  await bot.application.commands.set(['now', 'later'].map((name) => ({ name, description: name })));
  await ada.slash('/now');
  expect((await ada.slash('/later')).text).toBe('Later');
  expect(shown).toEqual([
    [4, 'Now'],
    [5, undefined],
  ]);
});

test('the embeds of somebody else’s message are hidden with Manage Messages, and nothing else is changed', async () => {
  const { discord, ada, rest, id } = await stage();
  const card = ada.says('https://example.com');
  const edit = (body: object): Promise<unknown> => rest.patch(Routes.channelMessage(id, card.id), { body });
  expect(await failure(edit({ flags: 4 }))).toMatchObject({ status: 403, code: 50005 });
  discord.faults.givePermission(ada.channel, 'ManageMessages');
  expect(await edit({ flags: 4 })).toMatchObject({ flags: 4, edited_timestamp: null });
  expect(await failure(edit({ flags: 4, content: 'Gone' }))).toMatchObject({ code: 50005 });
});

test('nobody answers a message that one person alone sees', async () => {
  const { discord, ada, post } = await stage([], { violationsExpected: true });
  const bot = await startBot(discord, (i) => i.isCommand() && i.reply({ content: 'Psst', flags: 64 }));
  await bot.application.commands.set([{ name: 'ask', description: 'Asks' }]);
  const { message } = await ada.slash('/ask');
  const answer = post({ content: 'Loud', message_reference: { message_id: message.id } });
  expect(await failure(answer)).toMatchObject({
    code: 50035,
    errors: { message_reference: { _errors: [{ code: 'REPLIES_UNKNOWN_MESSAGE' }] } },
  });
});

test('answering takes Read Message History, and reading aloud Send TTS Messages', async () => {
  const { discord, ada, post } = await stage();
  const { id: message_id } = ada.says('Hello');
  discord.faults.losePermission(ada.channel, 'ReadMessageHistory');
  expect(await failure(post({ content: 'Hi', message_reference: { message_id } }))).toMatchObject({
    status: 400,
    code: 160002,
  });
  expect(await failure(post({ content: 'Hi', tts: true }))).toMatchObject({ status: 403, code: 50013 });
});

test('a channel has 250 pins at most', async () => {
  const { ada, rest, id } = await stage(['PinMessages']);
  const cards = Array.from({ length: 251 }, () => ada.says('x'));
  for (const { state } of cards.slice(1)) state.pinnedAt = 1;
  expect(await failure(rest.put(Routes.channelMessagesPin(id, cards[0]?.id ?? '')))).toMatchObject({
    status: 400,
    code: 30003,
  });
});

test('a limit says whose it is, and 10,000 answers that count bar the address', async () => {
  const time = new ManualTime();
  const { discord, ada, id } = await stage([], { time });
  const { id: message } = (await restOf(discord).post(Routes.channelMessages(id), {
    body: { content: 'x' },
  })) as Message;
  await time.advance('2h');
  const edit = (): Promise<Response> =>
    fetch(`${discord.apiUrl}/v10/channels/${ada.channel.id}/messages/${message}`, {
      method: 'PATCH',
      body: '{"content":"y"}',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
    });
  const answers = [await edit(), await edit(), await edit(), await edit()];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
  expect(answers.at(-1)?.headers.get('x-ratelimit-scope')).toBe('shared');
  expect(discord.invalidRequests.count).toBe(0);
  for (let count = 0; count < 10_000; count++) discord.invalidRequests.note(403, undefined);
  const barred = await edit();
  expect([barred.status, barred.headers.get('content-type')]).toEqual([403, 'text/html']);
  await time.advance('11m');
  expect((await edit()).status).toBe(200);
});

test('a bot that is asked to reconnect and stays is cut off', async () => {
  const { discord } = await stage();
  const socket = new WebSocket(discord.gateway.url);
  onTestFinished(() => socket.terminate());
  const d = { token: discord.token, intents: 0, properties: {} };
  socket.on('open', () => socket.send(JSON.stringify({ op: 2, d })));
  await discord.nextLogin();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => {
    vi.useRealTimers();
  });
  const closed = new Promise((resolve) => socket.on('close', resolve));
  discord.faults.askToReconnect();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await closed).toBe(4000);
});

test('a resume with a number that was never reached is closed with 4007', async () => {
  const { discord } = await stage();
  await startBot(discord);
  const [session_id] = discord.gateway.sessions.keys();
  const socket = new WebSocket(discord.gateway.url);
  const d = { token: discord.token, session_id, seq: 1_000_000 };
  socket.on('open', () => socket.send(JSON.stringify({ op: 6, d })));
  expect(await new Promise((resolve) => socket.on('close', resolve))).toBe(4007);
});

test('what a bot says of itself can be looked at', async () => {
  const { discord } = await stage();
  const presence = { status: 'dnd', activities: [{ name: 'Chess', type: ActivityType.Playing }] } as const;
  const bot = await startBot(discord, undefined, { presence });
  expect(discord.gateway.presence).toMatchObject({ status: 'dnd', activities: [{ name: 'Chess', type: 0 }] });
  bot.user.setActivity('Go');
  await vi.waitFor(() => expect(discord.gateway.presence).toMatchObject({ activities: [{ name: 'Go' }] }));
});

test('an answer to a command of a menu is of its own type, and names what it was used on', async () => {
  const { discord, ada } = await stage();
  const bot = await startBot(discord, (i) => i.isContextMenuCommand() && i.reply('Seen'));
  await bot.application.commands.set([
    { name: 'Pin it', type: 3 },
    { name: 'Greet', type: 2 },
  ]);
  const card = ada.says('Hello');
  const onMessage = (await ada.menu(card, 'Pin it')).message.raw;
  expect(onMessage).toMatchObject({
    type: 23,
    interaction_metadata: { target_message_id: card.id },
    message_reference: { message_id: card.id },
    referenced_message: { id: card.id },
    mentions: [],
  });
  const onPerson = (await ada.menu(ada, 'Greet')).message.raw;
  expect(onPerson).toMatchObject({ type: 23, interaction_metadata: { target_user: { id: ada.id } } });
  expect(onPerson).not.toHaveProperty('message_reference');
});

test('channels get small letters and dashes, a topic of 1,024 characters, and there are 500 of them', async () => {
  const { server, rest, id } = await stage(['ManageChannels'], { violationsExpected: true });
  const make = (body: object): Promise<unknown> => rest.post(Routes.guildChannels(server.id), { body });
  expect(await make({ name: 'Study  Hall' })).toMatchObject({ name: 'study-hall' });
  expect(await make({ name: 'Study Hall', type: 2 })).toMatchObject({ name: 'Study Hall' });
  const topic = 'x'.repeat(1_025);
  expect(await make({ name: 'rules', type: 15, topic })).toMatchObject({ topic });
  expect(await failure(rest.patch(Routes.channel(id), { body: { topic } }))).toMatchObject({
    errors: { topic: { _errors: [{ message: 'Must be 1024 or fewer in length.' }] } },
  });
  for (let number = server.channels.length; number < 500; number++) server.channel(`c${number}`);
  expect(await failure(make({ name: 'one-more' }))).toMatchObject({ status: 400, code: 30013 });
});

test('private threads that the bot has joined are listed by id, from an id on', async () => {
  const { ada, rest, id } = await stage(['CreatePrivateThreads', 'ManageThreads']);
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c']) {
    const thread = (await rest.post(Routes.threads(id), { body: { name, type: 12 } })) as { id: string };
    ids.push(thread.id);
    await rest.patch(Routes.channel(thread.id), { body: { archived: true } });
  }
  const list = async (before?: string): Promise<string[]> => {
    const query = new URLSearchParams({ limit: '2', ...(before !== undefined && { before }) });
    const found = await rest.get(Routes.channelJoinedArchivedThreads(ada.channel.id), { query });
    return (found as { threads: { id: string }[] }).threads.map((thread) => thread.id);
  };
  expect(await list()).toEqual([ids[2], ids[1]]);
  expect(await list(ids[1])).toEqual([ids[0]]);
});
