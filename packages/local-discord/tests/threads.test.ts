import { Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { ManualTime } from '../src/index.js';
import { failure, restOf, startBot } from './bot.js';
import { startDiscord, type TestDiscordOptions } from './discord.js';
import { eventsOf } from './events.js';

async function stage(options: TestDiscordOptions = {}) {
  const discord = await startDiscord(options);
  const ada = discord.member('Ada');
  const rest = restOf(discord);
  const { id } = ada.channel;
  const post = (channelId: string, content: string): Promise<{ id: string }> =>
    rest.post(Routes.channelMessages(channelId), { body: { content } }) as Promise<{ id: string }>;
  const start = (body: object, messageId?: string): Promise<{ id: string }> =>
    rest.post(Routes.threads(id, messageId), { body }) as Promise<{ id: string }>;
  return { discord, ada, rest, id, post, start };
}

test('a message has one thread, which bears its id and is shown on it', async () => {
  const { ada, id, post, start, rest, discord } = await stage();
  const bot = await startBot(discord);
  const message = await post(id, 'Results');
  const created = eventsOf(bot).next('THREAD_CREATE');
  const thread = await start(
    { name: 'Discussion', auto_archive_duration: 60, rate_limit_per_user: 5 },
    message.id,
  );
  expect(thread).toMatchObject({
    id: message.id,
    rate_limit_per_user: 5,
    thread_metadata: { auto_archive_duration: 60, archived: false },
    member: { user_id: bot.user.id },
  });
  expect((await created).d).toMatchObject({ id: message.id, newly_created: true });
  expect(ada.channel.last.raw).toMatchObject({ flags: 1 << 5, thread: { id: thread.id } });
  expect(await failure(start({ name: 'Another' }, message.id))).toMatchObject({ status: 400, code: 160004 });
  await rest.delete(Routes.channel(thread.id)).catch(() => {});
});

test('a public thread of its own leaves a note in its channel', async () => {
  const { ada, start } = await stage();
  const thread = await start({ name: 'Aside', type: 11 });
  expect(ada.channel.last.raw).toMatchObject({ type: 18, message_reference: { channel_id: thread.id } });
});

test('a private thread is for those who were added', async () => {
  const { discord, ada, start, rest, post } = await stage();
  const bot = await startBot(discord);
  discord.faults.losePermission(ada.channel, 'CreatePrivateThreads');
  expect(await failure(start({ name: 'Ours' }))).toMatchObject({ code: 50013 });
  discord.faults.givePermission(ada.channel, 'CreatePrivateThreads');
  const { id } = await start({ name: 'Ours', invitable: false });
  const thread = ada.server.channel('Ours');
  await post(id, 'Psst');
  expect(ada.sees(thread)).toHaveLength(0);
  const added = eventsOf(bot).next('THREAD_MEMBERS_UPDATE');
  await rest.put(Routes.threadMembers(id, ada.id));
  expect((await added).d).toMatchObject({ member_count: 2, added_members: [{ user_id: ada.id }] });
  expect(ada.sees(thread).map(({ raw }) => raw.type)).toEqual([0, 1]);
  expect(await rest.get(Routes.threadMembers(id))).toHaveLength(2);
  await rest.delete(Routes.threadMembers(id, ada.id));
  expect(ada.sees(thread)).toHaveLength(0);
  expect(await failure(rest.get(Routes.threadMembers(id, ada.id)))).toMatchObject({ code: 10007 });
});

test('people have private threads, which the bot does not see until it is added', async () => {
  const { discord, ada, rest } = await stage();
  const bot = await startBot(discord);
  const ben = discord.member('Ben');
  const thread = ada.server.thread(ada.channel, 'Whispers', { among: [ada] });
  ada.says('Psst', thread);
  expect([ada.sees(thread).length, ben.sees(thread).length]).toEqual([1, 0]);
  expect(await failure(rest.get(Routes.channel(thread.id)))).toMatchObject({ code: 50001 });
  expect(bot.channels.cache.has(thread.id)).toBe(false);
  expect(ada.channel.threads.map(({ name }) => name)).toEqual(['Whispers']);
});

test('in an archived thread nothing can be edited, and a new message brings it back', async () => {
  const { discord, id, start, rest, post } = await stage();
  const bot = await startBot(discord);
  const first = await post(id, 'Results');
  const thread = await start({ name: 'Discussion' }, first.id);
  const message = await post(thread.id, 'What do you think?');
  const edit = (): Promise<unknown> =>
    rest.patch(Routes.channelMessage(thread.id, message.id), { body: { content: 'And you?' } });
  await rest.patch(Routes.channel(thread.id), { body: { archived: true } });
  expect(await failure(edit())).toMatchObject({ status: 400, code: 50083 });
  expect(await failure(rest.patch(Routes.channel(thread.id), { body: { name: 'New' } }))).toMatchObject({
    code: 50083,
  });
  expect(await failure(rest.put(Routes.threadMembers(thread.id, '@me')))).toMatchObject({ code: 50083 });
  const back = eventsOf(bot).next('THREAD_UPDATE');
  await post(thread.id, 'Still here');
  expect((await back).d.thread_metadata.archived).toBe(false);
  await edit();
});

test('a locked thread stays archived for whoever does not manage threads', async () => {
  const { discord, ada, post } = await stage();
  const thread = ada.server.thread(ada.channel, 'Closed');
  Object.assign(thread.state.thread ?? {}, { archived: true, locked: true });
  expect(await failure(post(thread.id, 'Hello'))).toMatchObject({ code: 160005 });
  discord.faults.givePermission(ada.channel, 'ManageThreads');
  await post(thread.id, 'Hello');
});

test('writing in a thread takes its own permission, not that of the channel', async () => {
  const { discord, ada, post } = await stage();
  const thread = ada.server.thread(ada.channel, 'Aside');
  discord.faults.losePermission(ada.channel, 'SendMessages');
  await post(thread.id, 'Hello');
  discord.faults.losePermission(ada.channel, 'SendMessagesInThreads');
  expect(await failure(post(thread.id, 'Hello'))).toMatchObject({ code: 50013 });
});

test('the active threads of a server are those that are not archived; archived ones are listed apart', async () => {
  const { ada, start, rest, id } = await stage();
  const open = await start({ name: 'Open', type: 11 });
  const closed = await start({ name: 'Closed', type: 11 });
  await rest.patch(Routes.channel(closed.id), { body: { archived: true } });
  expect(await rest.get(Routes.guildActiveThreads(ada.server.id))).toMatchObject({
    threads: [{ id: open.id }],
  });
  expect(await rest.get(Routes.channelThreads(id, 'public'))).toMatchObject({ threads: [{ id: closed.id }] });
});

test('a thread that was started from a message begins with a note of it, which is not counted', async () => {
  const { discord, rest, id, post, start } = await stage();
  const message = await post(id, 'Results');
  const thread = await start({ name: 'Discussion' }, message.id);
  const [first, ...others] = (await rest.get(Routes.channelMessages(thread.id))) as object[];
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    type: 21,
    content: '',
    message_reference: { channel_id: id, message_id: message.id },
    referenced_message: { content: 'Results' },
  });
  await post(thread.id, 'Well');
  expect(await rest.get(Routes.channel(thread.id))).toMatchObject({ total_message_sent: 1 });
  expect(discord.problems()).toEqual([]);
});

test('whom the bot adds to a thread or takes from it is noted there, and so is a new name', async () => {
  const { discord, ada, rest, start } = await stage();
  const thread = await start({ name: 'Whispers', type: 12 });
  await rest.put(Routes.threadMembers(thread.id, ada.id));
  await rest.patch(Routes.channel(thread.id), { body: { name: 'Shouts' } });
  await rest.delete(Routes.threadMembers(thread.id, ada.id));
  const notes = [...(discord.world.channels.get(thread.id)?.messages.values() ?? [])];
  expect(notes.map(({ json }) => [json.type, json.content, json.mentions.map(({ id }) => id)])).toEqual([
    [1, '', [ada.id]],
    [4, 'Shouts', []],
    [2, '', [ada.id]],
  ]);
});

test('a thread that comes back tells the bot of its own membership', async () => {
  const { discord, ada, rest, start } = await stage();
  const bot = await startBot(discord);
  const thread = await start({ name: 'Aside', type: 11 });
  const archived = eventsOf(bot).next('THREAD_UPDATE', ({ d }) => d.thread_metadata.archived);
  await rest.patch(Routes.channel(thread.id), { body: { archived: true } });
  await archived;
  const events = eventsOf(bot);
  const told = events.next('THREAD_MEMBER_UPDATE');
  ada.says('Back', ada.server.channel('Aside'));
  await told;
  const member = events.all.filter(({ t }) => t === 'THREAD_UPDATE' || t === 'THREAD_MEMBER_UPDATE');
  expect(member.map(({ t }) => t)).toEqual(['THREAD_UPDATE', 'THREAD_MEMBER_UPDATE']);
  expect(member[1]?.d).toMatchObject({ id: thread.id, user_id: bot.user.id, guild_id: ada.server.id });
});

test('commands are for threads that are not archived, and an answer to a press brings one back', async () => {
  const { discord, ada, rest, start } = await stage();
  const bot = await startBot(discord, (interaction) => interaction.isRepliable() && interaction.reply('Yes'));
  await bot.application.commands.set([{ name: 'try', description: 'Tries' }]);
  const thread = await start({ name: 'Aside', type: 11 });
  const components = [{ type: 1, components: [{ type: 2, style: 1, label: 'A', custom_id: 'a' }] }];
  await rest.post(Routes.channelMessages(thread.id), { body: { content: 'x', components } });
  const aside = ada.server.channel('Aside');
  const card = aside.last;
  await rest.patch(Routes.channel(thread.id), { body: { archived: true } });
  await expect(ada.slash('/try', { channel: aside })).rejects.toThrow('The thread is archived');
  expect((await ada.press(card, 'A')).text).toBe('Yes');
  expect(aside.state.thread?.archived).toBe(false);
});

test('in a locked thread nobody writes or edits who does not manage threads', async () => {
  const { discord, ada, rest, start, post } = await stage();
  const thread = await start({ name: 'Aside', type: 11 });
  const { id } = await post(thread.id, 'Before');
  const aside = ada.server.channel('Aside');
  const { thread: state } = aside.state;
  if (state) state.locked = true;
  expect(await failure(post(thread.id, 'After'))).toMatchObject({ status: 400, code: 160005 });
  const edit = (): Promise<unknown> =>
    rest.patch(Routes.channelMessage(thread.id, id), { body: { content: 'After' } });
  expect(await failure(edit())).toMatchObject({ status: 400, code: 160005 });
  expect(() => ada.says('After', aside)).toThrow('The thread is locked');
  discord.faults.givePermission(ada.channel, 'ManageThreads');
  await edit();
  ada.allow('ManageThreads');
  ada.says('After', aside);
});

test('archived threads are listed newest first, a page at a time', async () => {
  const { discord, rest, id, start } = await stage({ time: new ManualTime() });
  const names = ['a', 'b', 'c'];
  for (const name of names) {
    const thread = await start({ name, type: 11 });
    await discord.time.advance('1m');
    await rest.patch(Routes.channel(thread.id), { body: { archived: true } });
  }
  const page = async (query: Record<string, string>): Promise<[string[], boolean, string | undefined]> => {
    const found = (await rest.get(Routes.channelThreads(id, 'public'), {
      query: new URLSearchParams(query),
    })) as { threads: { name: string; thread_metadata: { archive_timestamp: string } }[]; has_more: boolean };
    const last = found.threads.at(-1)?.thread_metadata.archive_timestamp;
    return [found.threads.map(({ name }) => name), found.has_more, last];
  };
  const [first, more, before = ''] = await page({ limit: '2' });
  expect([first, more]).toEqual([['c', 'b'], true]);
  expect((await page({ before })).slice(0, 2)).toEqual([['a'], false]);
});

test.each([15, 16])(
  'a post in a channel of type %i is a thread that bears its first message',
  async (type) => {
    const { ada, rest } = await stage();
    const forum = ada.around.builder.channel(ada.server.state, 'posts', type);
    const body = { name: 'Post', message: { content: 'Hello' } };
    const made = (await rest.post(Routes.threads(forum.id), { body })) as { id: string };
    expect(made).toMatchObject({ parent_id: forum.id, message: { id: made.id, content: 'Hello' } });
    expect(
      await failure(rest.post(Routes.channelMessages(forum.id), { body: { content: 'x' } })),
    ).toMatchObject({
      code: 50008,
    });
  },
);
