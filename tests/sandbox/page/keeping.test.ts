import { writeFile } from 'node:fs/promises';
import { MessageType } from 'local-discord/client';
import { expect, test } from 'vitest';
import type { Sandbox } from '../../../src/sandbox/start.js';
import { shiftableClock } from '../../../src/time/clock.js';
import { startBot } from '../../helpers/discord.js';
import { startTheSandbox, tempFile } from './stage.js';

const drillsOf = ({ discord }: Sandbox) => discord.server('Study group').channel('drills');
const png = { name: 'podium.png', data: Buffer.from('not really a picture') };

test('messages, their files, commands and the time are there again after a restart', async () => {
  const keepIn = await tempFile('data/sandbox.json');
  const clock = shiftableClock();
  const before = await startTheSandbox({ keepIn, clock });
  const bot = await startBot(before.discord);
  await bot.application.commands.set([{ name: 'hello', description: 'Says hello' }]);
  const drills = drillsOf(before);
  await bot.rest.post(`/channels/${drills.id}/messages`, {
    body: { content: 'Results', attachments: [{ id: '0', filename: png.name }] },
    files: [png],
  });
  const whisper = { channel: drills.state, authorId: bot.user.id, body: { content: 'Psst' }, uploads: [] };
  const ada = before.discord.member('Ada');
  before.discord.messages.create({ ...whisper, visibleTo: ada.id });
  before.discord.messages.create({ ...whisper, visibleTo: before.discord.member('Radia').id });
  await before.letDayPass();
  await bot.destroy();
  await before.close();

  const later = shiftableClock();
  const after = await startTheSandbox({ keepIn, clock: later });
  expect(later.aheadMs).toBe(clock.aheadMs);
  expect(after.discord.world.bot.id).toBe(bot.user.id);
  expect([...after.discord.world.globalCommands.values()].map(({ name }) => name)).toEqual(['hello']);
  const [results, psst, ...others] = after.discord.member('Ada').sees(drillsOf(after));
  expect([results?.text, psst?.text, others]).toEqual(['Results', 'Psst', []]);
  const [file] = results?.files ?? [];
  expect(String(await (await fetch(file?.url ?? '')).text())).toBe('not really a picture');
  expect(after.discord.member('Radia').sees(drillsOf(after)).length).toBe(1);
});

test('threads are there again, with who is in them', async () => {
  const keepIn = await tempFile('data/sandbox.json');
  const before = await startTheSandbox({ keepIn });
  const bot = await startBot(before.discord);
  const ada = before.discord.member('Ada');
  const body = { name: 'Mock interview', type: 12 };
  const made = (await bot.rest.post(`/channels/${drillsOf(before).id}/threads`, { body })) as { id: string };
  await bot.rest.put(`/channels/${made.id}/thread-members/${ada.id}`);
  await bot.rest.post(`/channels/${made.id}/messages`, { body: { content: 'Question 1' } });
  await bot.rest.patch(`/channels/${made.id}`, { body: { archived: true } });
  await bot.application.commands.set([{ name: 'hello', description: 'Says hello' }]);
  await bot.destroy();
  await before.close();

  const { discord } = await startTheSandbox({ keepIn });
  const thread = discord.servers[0]?.channels.find(({ id }) => id === made.id);
  expect(thread?.state.thread?.archived).toBe(true);
  const seen = (thread && discord.member('Ada').sees(thread)) ?? [];
  expect(seen.map(({ raw }) => [raw.type, raw.content])).toEqual([
    [MessageType.recipientAdded, ''],
    [MessageType.usual, 'Question 1'],
  ]);
  expect(thread && discord.member('Grace').sees(thread)).toEqual([]);
});

test.each([
  ['no file', undefined],
  ['a file cut short', '{"version":1,'],
  ['a file of another make', '{"version":0}'],
])('with %s it begins anew, with a bot that has to register its commands', async (_, text) => {
  const keepIn = await tempFile('sandbox.json');
  if (text !== undefined) await writeFile(keepIn, text);
  const first = await startTheSandbox({ keepIn });
  const second = await startTheSandbox({ keepIn: await tempFile('other.json'), clock: shiftableClock() });
  expect(first.discord.world.bot.id).not.toBe(second.discord.world.bot.id);
  expect(first.discord.servers.map(({ id }) => id)).toEqual(second.discord.servers.map(({ id }) => id));
});

test('where nothing can be written, the sandbox runs all the same', async () => {
  const file = await tempFile('a file');
  await writeFile(file, '');
  const sandbox = await startTheSandbox({ keepIn: `${file}/sandbox.json` });
  expect(sandbox.discord.member('Ada').says('Hello').text).toBe('Hello');
});

test('a day passes by the quarter hour of the clock on the wall, with the work of each done before the next', async () => {
  const clock = shiftableClock();
  const start = clock.now();
  const settledAt: number[] = [];
  const sandbox = await startTheSandbox({
    clock,
    settled: async () => {
      settledAt.push(clock.now());
    },
  });
  await Promise.all([sandbox.letDayPass(), sandbox.letDayPass()]);
  expect(clock.aheadMs).toBe(86_400_000);
  expect(clock.now() - start).toBeGreaterThanOrEqual(86_400_000);
  const quarters = settledAt.slice(0, -1).map((atMs) => new Date(atMs).getUTCMinutes() % 15);
  expect(new Set(quarters)).toEqual(new Set([0]));
});
