import { Events, Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { ManualTime } from '../src/index.js';
import { failure, restOf, startBot } from './bot.js';
import { startDiscord } from './discord.js';
import { eventsOf } from './events.js';

const threadState = { archived: false, locked: false };

async function stage(minutes = 1_440) {
  const time = new ManualTime('2026-03-02T08:00:00Z');
  const discord = await startDiscord({ time });
  const ada = discord.member('Ada');
  const bot = await startBot(discord);
  const rest = restOf(discord);
  const made = eventsOf(bot).next('THREAD_CREATE');
  const { id } = (await rest.post(Routes.threads(ada.channel.id), {
    body: { name: 'Aside', type: 11, auto_archive_duration: minutes },
  })) as { id: string };
  await made;
  const thread = ada.server.channel('Aside');
  const state = (): object => ({ ...threadState, ...thread.state.thread });
  return { discord, time, ada, bot, rest, id, thread, state, events: eventsOf(bot) };
}

test('a thread in which nothing happens archives itself, and the bot is told', async () => {
  const { time, bot, events, id, state } = await stage();
  await time.advance('23h 59m');
  expect(state()).toMatchObject({ archived: false });
  await time.advance('1m');
  expect(state()).toMatchObject({ archived: true, archiveChangedAt: '2026-03-03T08:00:00.000000+00:00' });
  expect(events.all).toMatchObject([
    {
      t: 'THREAD_UPDATE',
      d: { id, thread_metadata: { archived: true, archive_timestamp: '2026-03-03T08:00:00.000000+00:00' } },
    },
  ]);
  expect(bot.channels.cache.get(id)).toMatchObject({ archived: true });
  await time.advance('30d');
  expect(events.all).toHaveLength(1);
});

test.each<[string, (scene: Awaited<ReturnType<typeof stage>>) => unknown]>([
  ['a message of somebody', ({ ada, thread }) => ada.says('Still here', thread)],
  [
    'a message of the bot',
    ({ rest, id }) => rest.post(Routes.channelMessages(id), { body: { content: 'Still here' } }),
  ],
  [
    'being brought back',
    async ({ rest, id }) => {
      await rest.patch(Routes.channel(id), { body: { archived: true } });
      await rest.patch(Routes.channel(id), { body: { archived: false } });
    },
  ],
])('%s keeps a thread open for its whole length again', async (_what, happens) => {
  const scene = await stage(60);
  await scene.time.advance('40m');
  await happens(scene);
  await scene.time.advance('59m');
  expect(scene.state()).toMatchObject({ archived: false });
  await scene.time.advance('1m');
  expect(scene.state()).toMatchObject({ archived: true });
});

test.each([
  ['shorter', 10_080, 60],
  ['longer', 60, 4_320],
])('a %s length counts from when it was chosen', async (_what, before, after) => {
  const { time, rest, id, state } = await stage(before);
  await time.advance('30m');
  const body = { auto_archive_duration: after };
  expect(await rest.patch(Routes.channel(id), { body })).toMatchObject({
    thread_metadata: { auto_archive_duration: after, archive_timestamp: '2026-03-02T08:30:00.000000+00:00' },
  });
  await time.advance((after - 1) * 60_000);
  expect(state()).toMatchObject({ archived: false });
  await time.advance('1m');
  expect(state()).toMatchObject({ archived: true });
});

test('neither an edit nor a name nor a private answer keeps a thread open', async () => {
  const { discord, time, ada, bot, rest, id, thread, state } = await stage(60);
  bot.on(Events.InteractionCreate, (i) => i.isCommand() && i.reply({ content: 'Pst', flags: 64 }));
  await bot.application.commands.set([{ name: 'ask', description: 'Asks' }]);
  const { id: message } = (await rest.post(Routes.channelMessages(id), { body: { content: 'A' } })) as {
    id: string;
  };
  await time.advance('50m');
  await rest.patch(Routes.channelMessage(id, message), { body: { content: 'B' } });
  expect((await ada.slash('/ask', { channel: thread })).text).toBe('Pst');
  await time.advance('10m');
  expect(state()).toMatchObject({ archived: true });
  expect(discord.problems()).toEqual([]);
});

test('a locked thread archives itself, too, and stays so for whoever does not manage threads', async () => {
  const { time, rest, id, thread, state, ada } = await stage(60);
  if (thread.state.thread) thread.state.thread.locked = true;
  await time.advance('1h');
  expect(state()).toMatchObject({ archived: true, locked: true });
  const post = rest.post(Routes.channelMessages(id), { body: { content: 'Hello' } });
  expect(await failure(post)).toMatchObject({ status: 400, code: 160005 });
  expect(() => ada.says('Hello', thread)).toThrow('The thread is locked');
});

test('a thread that is gone, or was archived by hand, is left alone, and none of it counts as pending', async () => {
  const { time, rest, ada, id, events, discord } = await stage(60);
  discord.faults.givePermission(ada.channel, 'ManageThreads');
  const body = { name: 'Other', type: 11, auto_archive_duration: 60 };
  await rest.post(Routes.threads(ada.channel.id), { body });
  expect(time.pending).toBe(0);
  await rest.patch(Routes.channel(id), { body: { archived: true } });
  await rest.delete(Routes.channel(ada.server.channel('Other').id));
  await discord.settled();
  events.all.length = 0;
  await time.advance('10d');
  expect(events.all).toEqual([]);
});
