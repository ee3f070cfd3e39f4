import { afterAll, describe, expect, it } from 'vitest';
import { Wishes } from '../../src/privacy/wishes.js';
import { ManualClock } from '../helpers/clock.js';
import { listeningLog } from '../helpers/store.js';
import { played } from '../retention/played.js';
import { mentionsOf, recordsIn } from '../retention/records.js';
import { openRooms } from '../retention/rooms.js';
import { postgresBackend, type RawBackend, type RawRecord, redisBackend, sqliteBackend } from './backends.js';

const hourMs = 60 * 60_000;
/** What a record leaves that was removed in the moment of a kill; nothing is in it, and nobody in its key. */
const husk = '{"value":{"v":0}}';
/** Every write with `KILLS=50 npm run test:long`. */
const isLong = process.env.KILLS !== undefined;

interface Story {
  readonly records: readonly RawRecord[];
  readonly nowMs: number;
  readonly servers: readonly string[];
  readonly ada: string;
  readonly others: readonly string[];
}

let story: Story | undefined;

/** What {@link played} leaves in a database, without who is noted where: as an older version has left it. */
async function told(): Promise<Story> {
  if (story) return story;
  const { ada, ben, cyd, server, other, bot, clock } = await played();
  const records = await recordsIn(bot.databaseUrl);
  story = {
    records: records.filter(({ key }) => !/^(here|people|stock-taken):/.test(key)),
    nowMs: clock.now(),
    servers: [server.id, other],
    ada: ada.id,
    others: [ben.id, cyd.id],
  };
  return story;
}

/** The bot's rooms on a database, and what erases. @param writes after which the process is dead */
async function started(backend: RawBackend, clock: ManualClock, servers: readonly string[], writes?: number) {
  const { log } = listeningLog();
  const rooms = await openRooms(await backend.open(log, writes), clock);
  const { memory, presence, stock, retention } = rooms;
  const erasing = new Wishes({
    memory,
    clock,
    log,
    presence,
    stock,
    servers: () => retention.servers(),
    shardCounts: () => retention.shardCounts(),
    tell: async () => [],
    hide: async () => {},
    forget: (scopes, member) => retention.forgetMember(scopes, member),
  });
  const shards = { ids: [0], count: 1 };
  await retention.start(shards, servers);
  await erasing.start(shards);
  const unsettle = clock.settleWith(() => erasing.idle());
  const close = async (): Promise<void> => {
    unsettle();
    await erasing.stop();
    await rooms.close();
  };
  return { ...rooms, erasing, close };
}

const sqlite = { make: sqliteBackend, everyNth: isLong ? 1 : 19 };
const postgres = { make: postgresBackend, everyNth: isLong ? 5 : 43 };
const redis = { make: redisBackend, everyNth: isLong ? 5 : 43 };

describe.each([
  ['SQLite', sqlite],
  ['PostgreSQL', postgres],
  ['Redis', redis],
] as const)('a member who is erased everywhere, on %s', (_, { make, everyNth }) => {
  let backend: RawBackend | undefined;
  afterAll(() => backend?.close());

  it('is in no key and no value any more, though the process was killed at any write, and others keep all', {
    timeout: 120_000,
  }, async ({ skip }) => {
    const { records, nowMs, servers, ada, others } = await told();
    backend = await make();
    if (!backend) return skip();
    const board = async (rooms: Awaited<ReturnType<typeof started>>) =>
      (await rooms.ledger.page(servers[0] ?? '', { period: 'all', zone: 'UTC' }, { index: 0 })).rows
        .filter(({ member }) => member !== ada)
        .map(({ rank: _, ...line }) => line);

    const clock = new ManualClock(nowMs);
    await backend.fill(records);
    const asked = await started(backend, clock, servers);
    const before = await board(asked);
    await asked.erasing.ask({ id: '77', member: ada, kind: 'erase', askedAt: clock.now() });
    await clock.settle();
    await asked.close();
    const wished = await backend.all();
    expect(mentionsOf(wished, ada).length).toBeGreaterThan(20);

    let writes = 1;
    for (let isDone = false; !isDone; writes += everyNth) {
      await backend.fill(wished);
      clock.jumpTo(nowMs + 25 * hourMs);
      const killed = await started(backend, clock, servers, writes);
      await clock.settle();
      await killed.close();
      isDone = mentionsOf(await backend.all(), ada).length === 0;
      const again = await started(backend, clock, servers);
      await clock.settle();
      expect(await board(again)).toEqual(before);
      for (const server of servers) expect((await again.ledger.audit(server)).sound).toBe(true);
      await again.close();
      const after = await backend.all();
      expect(mentionsOf(after, ada), `killed after ${writes} writes`).toEqual([]);
      expect((await backend.bytes?.())?.includes(ada) ?? false, 'in the file').toBe(false);
      expect(after.filter(({ key, value }) => key.includes('wish') && value !== husk)).toEqual([]);
      for (const other of others) expect(mentionsOf(after, other).length).toBeGreaterThan(5);
    }
    expect(writes).toBeGreaterThan(20);
  });
});

describe('who is stored where from before it was noted', () => {
  it('is found once for each server, though the process was killed at any write of it', {
    timeout: 60_000,
  }, async () => {
    const { records, nowMs, servers, ada, others } = await told();
    const [ben = '', cyd = ''] = others;
    const backend = await sqliteBackend();
    const clock = new ManualClock(nowMs);
    const noted = async () => (await backend.all()).filter(({ key }) => key.startsWith('here:')).length;
    let whole = 0;
    for (let writes = 0; whole === 0; writes += isLong ? 1 : 2) {
      await backend.fill(records);
      await (await started(backend, clock, servers, writes)).close();
      if ((await noted()) === 5) whole = writes;
      const again = await started(backend, clock, servers);
      for (const member of [ada, ben])
        expect(await again.presence.serversOf(member, servers)).toEqual(servers);
      expect(await again.presence.serversOf(cyd, servers)).toEqual(servers.slice(0, 1));
      await again.close();
      expect(await noted()).toBe(5);
    }
    expect(whole).toBeGreaterThan(1);
  });
});
