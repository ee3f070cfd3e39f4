import { Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { failure, restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';
import { eventsOf } from './events.js';

async function stage() {
  const discord = await startDiscord();
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
  expect(ada.sees(thread)).toHaveLength(1);
  expect(await rest.get(Routes.threadMembers(id))).toHaveLength(2);
  await rest.delete(Routes.threadMembers(id, ada.id));
  expect(ada.sees(thread)).toHaveLength(0);
  expect(await failure(rest.get(Routes.threadMembers(id, ada.id)))).toMatchObject({ code: 10007 });
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
