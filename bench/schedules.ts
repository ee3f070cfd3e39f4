/**
 * Arming the daily schedules of 10,000 servers, read from the database, beside one node-cron task for each. Each
 * of the two runs in processes of its own.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { schedule } from 'node-cron';
import { pino } from 'pino';
import { scheduleRecord } from '../src/daily/records.js';
import { Schedules } from '../src/daily/schedules.js';
import { openStore } from '../src/store/open.js';
import { Batch } from '../src/store/store.js';
import { median, print, ratioLine } from './figures.js';

const servers = 10_000;
const rounds = 3;
const zones = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Sydney',
  'UTC',
  'America/Sao_Paulo',
];
const quiet = pino({ level: 'silent' });

const ids = Array.from({ length: servers }, (_, index) => String(900_000_000_000_000_000n + BigInt(index)));
const minuteOf = (index: number): number => (index * 7) % 1440;
const zoneOf = (index: number): string => zones[index % zones.length] ?? 'UTC';

async function seed(url: string): Promise<void> {
  const store = await openStore(url, quiet);
  const batch = new Batch();
  for (const [index, id] of ids.entries()) {
    batch.put(scheduleRecord, id, () => ({
      on: true,
      zone: zoneOf(index),
      minute: minuteOf(index),
      days: 127,
      armedAtMs: Date.now(),
      channelId: id,
      setBy: id,
      posts: 0,
      toReveal: [],
      stamp: 'seed',
    }));
  }
  await store.commit(batch);
  await store.close();
}

interface Cost {
  readonly ms: number;
  readonly megabytes: number;
}

/** Milliseconds, and how much more is resident when the garbage is gone. */
async function cost(arm: () => unknown): Promise<Cost> {
  globalThis.gc?.();
  const residentBefore = process.memoryUsage().rss;
  const startedAt = performance.now();
  await arm();
  const ms = performance.now() - startedAt;
  globalThis.gc?.();
  return { ms, megabytes: (process.memoryUsage().rss - residentBefore) / 1e6 };
}

async function armOurs(url: string): Promise<Cost> {
  const store = await openStore(url, quiet);
  const schedules = new Schedules(store, Math.random);
  const result = await cost(() => schedules.load(ids));
  if (schedules.armed !== servers) throw new Error(`Only ${schedules.armed} are armed`);
  await store.close();
  return result;
}

function armTasks(): Promise<Cost> {
  return cost(() => {
    for (const index of ids.keys()) {
      const minute = minuteOf(index);
      const expression = `${minute % 60} ${Math.floor(minute / 60)} * * *`;
      schedule(expression, () => {}, { timezone: zoneOf(index) });
    }
  });
}

async function inItsOwnProcess(...args: string[]): Promise<Cost> {
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--expose-gc',
    fileURLToPath(import.meta.url),
    ...args,
  ]);
  return JSON.parse(stdout);
}

async function compare(): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-schedules-'));
  const url = `sqlite://${join(dir, 'drills.sqlite')}`;
  await seed(url);
  const ours: Cost[] = [];
  const theirs: Cost[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await inItsOwnProcess('ours', url));
    theirs.push(await inItsOwnProcess('tasks'));
  }
  await rm(dir, { recursive: true });
  const middle = (figure: (cost: Cost) => number) => ({
    ours: median(ours.map(figure)),
    theirs: median(theirs.map(figure)),
    than: 'node-cron tasks',
  });
  print(ratioLine(`arm ${servers} schedules, time`, { ...middle(({ ms }) => ms), unit: 'ms' }, 0.1));
  print(
    ratioLine(`arm ${servers} schedules, memory`, { ...middle((one) => one.megabytes), unit: 'MB' }, 0.1),
  );
}

const [mode, url = ''] = process.argv.slice(2);
if (mode === undefined) await compare();
else {
  print(JSON.stringify(mode === 'ours' ? await armOurs(url) : await armTasks()));
  process.exit();
}
