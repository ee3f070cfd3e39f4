import { expect, it, onTestFinished } from 'vitest';
import { inPostgres, ownPostgres } from './databases.js';
import { manyWorld } from './world.js';

/** Whoever stops the bot kills it after five seconds. */
const mostMs = 5_000;
const postgres = await ownPostgres();

/** Stops the server and the processes of its connections where they stand: no connection ends, and none is answered. */
async function freeze(url: string): Promise<void> {
  const backends = await inPostgres<{ pid: number }>(
    url,
    "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
  );
  const [main] = await inPostgres<{ file: string }>(url, "SELECT pg_read_file('postmaster.pid') AS file");
  const pids = [Number.parseInt(main?.file ?? '', 10), ...backends.map(({ pid }) => pid)];
  onTestFinished(() => {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  });
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
}

it.skipIf(!postgres)('a stop while PostgreSQL stands still ends in time and says what happened', async () => {
  if (!postgres) return;
  const url = await postgres.fresh();
  const world = await manyWorld(url);
  const bot = await world.start({ SHARDS: '0-1', SHARD_COUNT: String(world.shards) });
  await freeze(url);
  const startedMs = performance.now();
  const code = await bot.stop();
  expect(performance.now() - startedMs).toBeLessThan(mostMs);
  expect(code).toBe(1);
  expect(bot.lines.at(-1)).toContain('Nothing that was acknowledged is lost');
});
