/**
 * One server with a million members on its leaderboard, beside a Redis sorted set of the same million on
 * loopback: record a score so that it survives a power cut, look up a member's rank, fetch a page of ten.
 * Redis records (`ZINCRBY`) with the same promise, its append-only file synced before each answer, and for comparison
 * with its default, a sync a second, and as it comes, without a file at all.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from '@redis/client';
import { pino } from 'pino';
import { quizSource } from '../src/ledger/rows.js';
import { Ledger } from '../src/ledger/service.js';
import { Memory } from '../src/store/held.js';
import { openStore } from '../src/store/open.js';
import type { Store } from '../src/store/store.js';
import { systemClock } from '../src/time/clock.js';
import { startRedisServer } from './redis-server.js';

const members = Number(process.env['BENCH_MEMBERS'] ?? 1_000_000);
const guildId = '900000000000000001';
const filter = { period: 'all', zone: 'UTC' } as const;
const topics = ['models', 'queries', 'signals', 'views'];

interface Line {
  readonly name: string;
  /** Microseconds for each operation, or what the unit says. */
  readonly ours: number;
  readonly theirs: number;
  readonly atMost?: number;
}

type Operation = () => Promise<unknown>;

/** A small generator with a seed (Numerical Recipes' constants): the runs differ in nothing but the machine. */
let state = 1;
const random = (below: number): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};

const memberAt = (n: number): string => String(1_000_000_000_000_000_000n + BigInt(n) * 155_189_248_123n);
const anyMember = (): string => memberAt(random(members));
const anyPage = (): number => random(Math.ceil(members / 10));

const print = (line: string): void => void process.stdout.write(`${line}\n`);

async function leaderboardLines(): Promise<Line[] | undefined> {
  const dir = await mkdtemp(join(tmpdir(), 'bench-leaderboard-'));
  const redis = await startRedisServer(dir, ['--save', '', '--appendonly', 'no']);
  if (!redis) return undefined;
  const client = newClient(redis.url);
  await client.connect();
  const url = `sqlite://${join(dir, 'scores.sqlite')}`;
  try {
    const seeded = await openStore(url, pino({ level: 'silent' }));
    await seed(seeded, (entries) => client.zAdd('board', entries));
    await seeded.close();
    const store = await openStore(url, pino({ level: 'silent' }));
    const board = await load(store);
    const lines = await compare(board, client);
    await client.configSet('appendonly', 'yes');
    for (const [appendfsync, promise] of [
      ['everysec', 'Redis synced every second'],
      ['always', 'Redis synced before each answer'],
    ] as const) {
      await client.configSet('appendfsync', appendfsync);
      for (const inFlight of [2_000, 200]) {
        const own = appendfsync === 'always' && inFlight === 2_000 ? { atMost: 2 } : {};
        lines.push({
          name: `record, ${inFlight} in flight, ${promise}`,
          ...(await record(board, client, inFlight)),
          ...own,
        });
      }
    }
    const audit = await board.ledger.audit(guildId);
    print(`audit: ${audit.rows} rows, sound: ${audit.sound}`);
    await store.close();
    return lines;
  } finally {
    client.destroy();
    await redis.stop();
    await rm(dir, { recursive: true });
  }
}

async function seed(
  store: Store,
  toRedis: (entries: { value: string; score: number }[]) => Promise<unknown>,
) {
  const { memory, ledger } = open(store);
  const startedAt = performance.now();
  const atOnce = 4_000;
  for (let from = 0; from < members; from += atOnce) {
    const rows = Array.from({ length: Math.min(atOnce, members - from) }, (_, offset) => ({
      source: quizSource('seed', Math.floor((from + offset) / 20)),
      member: memberAt(from + offset),
      points: random(5_000),
      right: true,
      level: 'basic' as const,
      topic: topics[offset % topics.length] ?? '',
      at: systemClock.now(),
    }));
    await memory.use((change) => ledger.book(change, guildId, rows));
    await toRedis(rows.map(({ member, points }) => ({ value: member, score: points })));
  }
  print(`seeded ${members} members in ${seconds(startedAt)}`);
}

interface Opened {
  readonly memory: Memory;
  readonly ledger: Ledger;
}

function open(store: Store): Opened {
  const memory = new Memory(store);
  return { memory, ledger: new Ledger({ memory, clock: systemClock }) };
}

async function load(store: Store): Promise<Opened> {
  const before = resident();
  const startedAt = performance.now();
  const opened = open(store);
  await opened.ledger.page(guildId, filter, { index: 0 });
  print(`built the board from the ledger in ${seconds(startedAt)}; ${resident() - before} MB more resident`);
  return opened;
}

const resident = (): number => {
  globalThis.gc?.();
  return Math.round(process.memoryUsage().rss / 1e6);
};
const seconds = (startedAt: number): string => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;

const newClient = (url: string) => createClient({ url });
type Client = ReturnType<typeof newClient>;

async function compare(board: Opened, client: Client): Promise<Line[]> {
  const lines: Line[] = [];
  for (const inFlight of [2_000, 200, 1]) {
    const own = inFlight === 2_000 ? { atMost: 1 } : {};
    const many = `${inFlight} in flight`;
    lines.push({ name: `record, ${many}, Redis without a file`, ...(await record(board, client, inFlight)) });
    const rank = await sideBySide(
      inFlight,
      () => board.ledger.rank(guildId, filter, anyMember()),
      () => client.zRevRank('board', anyMember()),
    );
    lines.push({ name: `rank, ${many}`, ...rank, ...own });
    const page = await sideBySide(
      inFlight,
      () => board.ledger.page(guildId, filter, { index: anyPage() }),
      () => {
        const start = anyPage() * 10;
        return client.zRangeWithScores('board', start, start + 9, { REV: true });
      },
    );
    lines.push({ name: `page, ${many}`, ...page, ...own });
  }
  return lines;
}

let rounds = 0;

function record({ memory, ledger }: Opened, client: Client, inFlight: number) {
  const ours = (): Promise<void> => {
    const row = { member: anyMember(), points: 150, right: true, level: 'basic', topic: 'models' } as const;
    const rows = [{ ...row, source: quizSource('bench', ++rounds), at: systemClock.now() }];
    return memory.use((change) => ledger.book(change, guildId, rows));
  };
  return sideBySide(inFlight, ours, () => client.zIncrBy('board', 150, anyMember()));
}

/** Turns about, so that both see the same machine; the median of the rounds, in microseconds. */
async function sideBySide(inFlight: number, ours: Operation, theirs: Operation) {
  const total = inFlight === 1 ? 2_000 : 40_000;
  const times: { ours: number; theirs: number }[] = [];
  for (let round = 0; round < 5; round++)
    times.push({ ours: await time(ours, total, inFlight), theirs: await time(theirs, total, inFlight) });
  return { ours: median(times.map((one) => one.ours)), theirs: median(times.map((one) => one.theirs)) };
}

async function time(operation: Operation, total: number, inFlight: number): Promise<number> {
  let left = total;
  const worker = async (): Promise<void> => {
    while (left-- > 0) await operation();
  };
  const startedAt = performance.now();
  await Promise.all(Array.from({ length: inFlight }, worker));
  return ((performance.now() - startedAt) * 1000) / total;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

/** `record, 200 in flight: 6.1 µs, Redis 9.0 µs, ratio 0.68 (at most 1)`. */
function describe({ name, ours, theirs, atMost }: Line): string {
  const limit = atMost === undefined ? '' : ` (at most ${atMost})`;
  return `${name}: ${ours.toFixed(1)} µs, Redis ${theirs.toFixed(1)} µs, ratio ${(ours / theirs).toFixed(2)}${limit}`;
}

const lines = await leaderboardLines();
if (!lines) print('leaderboard: redis-server is not installed, so there is nothing to compare with');
for (const line of lines ?? []) print(describe(line));
