/**
 * The daily schedules of 10,000 servers: time and memory to arm them, compared with one node-cron task for each,
 * each side in processes of its own; and, for scale, a tick at which nothing is due, and a start that reads them
 * from SQLite.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { schedule as cron } from 'node-cron';
import { pino } from 'pino';
import { type Schedule, scheduleRecord } from '../src/daily/records.js';
import { Armed } from '../src/daily/schedule/armed.js';
import { Memory } from '../src/store/held.js';
import { openStore } from '../src/store/open.js';
import { HeldRecords } from '../src/store/records.js';
import { Batch } from '../src/store/store.js';
import { zoneNames } from '../src/time/zones.js';
import { median, print, ratioLine } from './figures.js';

const servers = 10_000;
const atMost = 0.1;
const runs = 3;
/** Schedules in one read, as at the start of the bot. */
const atOnce = 500;
/** Where most of the servers of a large bot are; the last line says what every zone there is would cost. */
const usualZones = 40;
const minuteMs = 60_000;

interface Figures {
  readonly ms: number;
  readonly megabytes: number;
}

const guildId = (_: unknown, index: number): string => String(1_100_000_000_000_000_000n + BigInt(index));

/** Spread over the zones and over the whole day. */
function scheduleOf(index: number, zones: readonly string[]): Schedule {
  return {
    on: true,
    zone: zones[index % zones.length] ?? 'UTC',
    minute: (index * 7) % 1440,
    days: 127,
    armedAtMs: 0,
    channelId: guildId(null, index),
    setBy: guildId(null, index),
    posts: 0,
    toReveal: [],
  };
}

/** Both sides ask the runtime for local times; what that costs once in a process is no cost of schedules. */
function warmUp(): void {
  new Intl.DateTimeFormat('en-US', { timeZone: 'Europe/Berlin', hour: 'numeric' }).formatToParts(0);
}

function measured(arm: () => unknown): Figures & { readonly held: unknown } {
  warmUp();
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const startedAt = performance.now();
  const held = arm();
  const ms = performance.now() - startedAt;
  globalThis.gc?.();
  return { ms, megabytes: (process.memoryUsage().rss - before) / 2 ** 20, held };
}

function armOurs(zones: readonly string[]): Armed {
  const armed = new Armed();
  for (let index = 0; index < servers; index++) armed.set(guildId(null, index), scheduleOf(index, zones));
  // The first tick reads the clocks of all zones; a node-cron task reads its own when it is made.
  const nowMs = Date.parse('2026-06-01T00:00:30Z');
  armed.candidates(nowMs - minuteMs, nowMs);
  return armed;
}

function armCron(zones: readonly string[]): unknown[] {
  return Array.from({ length: servers }, (_, index) => {
    const { minute, zone } = scheduleOf(index, zones);
    const expression = `${minute % 60} ${Math.floor(minute / 60)} * * *`;
    return cron(expression, () => {}, { timezone: zone, noOverlap: true });
  });
}

function zonesOf(count: number): string[] {
  const all = zoneNames();
  return Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)] ?? 'UTC');
}

function child(mode: string, zoneCount: number): never {
  const zones = zonesOf(zoneCount);
  const { ms, megabytes, held } = measured(() => (mode === 'ours' ? armOurs(zones) : armCron(zones)));
  print(JSON.stringify({ ms, megabytes, held: Array.isArray(held) ? held.length : (held as Armed).size }));
  process.exit(0);
}

async function figuresOf(mode: 'ours' | 'cron', zoneCount: number): Promise<Figures> {
  const all: Figures[] = [];
  for (let run = 0; run < runs; run++) {
    // Little room for short-lived objects, so that what is resident is what is held.
    const args = [
      '--expose-gc',
      '--max-semi-space-size=1',
      fileURLToPath(import.meta.url),
      mode,
      String(zoneCount),
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    all.push(JSON.parse(stdout));
  }
  return {
    ms: median(all.map(({ ms }) => ms)),
    megabytes: median(all.map(({ megabytes }) => megabytes)),
  };
}

function tickMs(): number {
  const schedules = armOurs(zoneNames());
  const startMs = Date.parse('2026-06-01T00:00:30Z');
  const startedAt = performance.now();
  for (let tick = 1; tick <= 100; tick++)
    schedules.candidates(startMs + (tick - 1) * minuteMs, startMs + tick * minuteMs);
  return (performance.now() - startedAt) / 100;
}

async function startMs(): Promise<number> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-schedules-'));
  try {
    const store = await openStore(`sqlite://${join(dir, 'bench.sqlite')}`, pino({ level: 'silent' }));
    const zones = zoneNames();
    const batch = new Batch();
    for (let index = 0; index < servers; index++)
      batch.put(scheduleRecord, guildId(null, index), () => scheduleOf(index, zones));
    await store.commit(batch);
    const startedAt = performance.now();
    const schedules = new HeldRecords(new Memory(store), scheduleRecord);
    const armed = new Armed();
    const ids = Array.from({ length: servers }, guildId);
    for (let start = 0; start < servers; start += atOnce)
      for (const [id, schedule] of await schedules.getMany(ids.slice(start, start + atOnce)))
        armed.set(id, schedule);
    const ms = performance.now() - startedAt;
    await store.close();
    return ms;
  } finally {
    await rm(dir, { recursive: true });
  }
}

async function compare(zoneCount: number, limit?: number): Promise<void> {
  const ours = await figuresOf('ours', zoneCount);
  const theirs = await figuresOf('cron', zoneCount);
  const than = 'node-cron tasks';
  const name = `of ${servers} schedules in ${zoneCount} zones`;
  print(ratioLine(`time ${name}`, { ours: ours.ms, theirs: theirs.ms, unit: 'ms', than }, limit));
  const megabytes = { ours: ours.megabytes, theirs: theirs.megabytes, unit: 'MB', than };
  print(ratioLine(`memory ${name}`, megabytes, limit));
}

const [mode, zoneCount] = process.argv.slice(2);
if (mode === 'ours' || mode === 'cron') child(mode, Number(zoneCount));
else {
  await compare(usualZones, atMost);
  await compare(zoneNames().length);
  print(`a tick with ${zoneNames().length} zones in use takes ${tickMs().toFixed(2)} ms`);
  print(`reading and arming ${servers} schedules from SQLite takes ${(await startMs()).toFixed(0)} ms`);
}
