import type { Logger } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Ledger } from '../../src/ledger/service.js';
import { Wishes } from '../../src/privacy/wishes.js';
import { Memory } from '../../src/store/held.js';
import { startTheBot } from '../helpers/bot.js';
import { ManualClock } from '../helpers/clock.js';
import { isLong } from '../helpers/long.js';
import { listeningLog } from '../helpers/store.js';
import { leftByPlay } from '../retention/played.js';
import { mentionsOf, recordsIn } from '../retention/records.js';
import { openRooms } from '../retention/rooms.js';
import { postgresBackend, type RawBackend, type RawRecord, redisBackend, sqliteBackend } from './backends.js';
import { everything, ofNobody, storedKinds } from './everything.js';

const hourMs = 60 * 60_000;
const lifeMs = 7_000;
/** What a record leaves that was removed in the moment of a kill; nothing is in it, and nobody in its key. */
const husk = '{"value":{"v":0}}';

interface Story {
  readonly records: readonly RawRecord[];
  readonly nowMs: number;
  readonly servers: readonly string[];
  readonly ada: string;
  readonly others: readonly string[];
}

let story: Story | undefined;

/** What {@link leftByPlay} leaves in a database, without who is noted where: as an older version has left it. */
async function told(): Promise<Story> {
  if (story) return story;
  const { ada, ben, cyd, server, other, bot, clock } = await leftByPlay();
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
    tellErased: async () => true,
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

/** Discord takes few edits of old messages at once: so its time goes on while what was left open is closed. */
async function settledWhileTimePasses(clock: ManualClock): Promise<void> {
  let isSettled = false;
  const settling = clock.settle().finally(() => {
    isSettled = true;
  });
  for (let tries = 0; tries < 600 && !isSettled; tries++) {
    await Promise.race([settling, new Promise((done) => setTimeout(done, 30))]);
    if (!isSettled) clock.jumpTo(clock.now() + 1_000);
  }
  await settling;
}

/** The whole bot, on a world with all that can be stored, and Ada's wish to be erased in it. */
async function wished() {
  const scene = await everything();
  const { ada, ben, cyd, clock, discord, server, other } = scene;
  /** Starts it, lets it do what is to be done, and stops it. @param writes after which the process is dead */
  const live = async (backend: RawBackend, writes?: number, meanwhile = async () => {}): Promise<void> => {
    const open = async (_: string, log: Logger) => backend.open(log, writes);
    const bot = await startTheBot(discord, { clock, open });
    const unsettle = clock.settleWith(() => bot.app.idle());
    await settledWhileTimePasses(clock);
    await meanwhile();
    unsettle();
    await bot.stop();
  };
  const backend = await sqliteBackend();
  await backend.fill(await recordsIn(scene.bot.databaseUrl));
  await live(backend, undefined, async () => {
    const form = await ada.slash('/privacy delete where:everywhere', { channel: ada.dm });
    await ada.submit(form, { word: 'DELETE' });
  });
  const full = await backend.all();
  return { clock, live, full, ada: ada.id, others: [ben.id, cyd.id], servers: [server.id, other] };
}

/** What an absent one leaves out it says itself. */
const backends = [
  { make: sqliteBackend, first: 1, everyNth: isLong ? 1 : 83 },
  { make: postgresBackend, first: isLong ? 1 : 29, everyNth: isLong ? 5 : 83 },
  { make: redisBackend, first: isLong ? 1 : 57, everyNth: isLong ? 5 : 83 },
];

describe('a member who is erased everywhere', () => {
  it('is in no key and no value of any kind of database any more, though the process was killed at any write, and others keep all', {
    timeout: isLong ? 3_600_000 : 120_000,
  }, async () => {
    const { clock, live, full, ada, others, servers } = await wished();
    let dueAt = clock.now() + 25 * hourMs;
    const kindsWith = (id: string) => new Set(mentionsOf(full, id).map((key) => key.split(':')[0] ?? ''));
    expect(
      (await storedKinds()).filter((kind) => !kindsWith(ada).has(kind) && !(kind in ofNobody)),
      'kinds of records of which the world has none with her',
    ).toEqual([]);
    const isOfNobody = (key: string): boolean => (key.split(':')[0] ?? '') in ofNobody;
    expect(mentionsOf(full, ada).filter((key) => isOfNobody(key) && !key.includes(`dm-${ada}`))).toEqual([]);

    for (const { make, first, everyNth } of backends) {
      const backend = await make();
      if (!backend) continue;
      onTestFinished(() => backend.close());
      await backend.fill(full);
      const board = await othersOn(backend, clock, servers, ada);
      let kills = 0;
      for (let isDone = false; !isDone; kills++) {
        await backend.fill(full);
        // Every life edits the same old cards, of which Discord takes three edits in six seconds: each has seconds of its own.
        clock.jumpTo(dueAt);
        dueAt += 2 * lifeMs;
        await live(backend, first + kills * everyNth);
        isDone = mentionsOf(await backend.all(), ada).length === 0;
        clock.jumpTo(clock.now() + lifeMs);
        await live(backend);
        const after = await backend.all();
        const when = `${backend.name} killed after ${first + kills * everyNth} writes`;
        expect(mentionsOf(after, ada), when).toEqual([]);
        expect((await backend.bytes?.())?.includes(ada) ?? false, 'in the file').toBe(false);
        expect(after.filter(({ key, value }) => key.includes('wish') && value !== husk)).toEqual([]);
        for (const other of others) expect(mentionsOf(after, other).length).toBeGreaterThan(5);
        expect(await othersOn(backend, clock, servers, ada), when).toEqual(board);
      }
      expect(kills, backend.name).toBeGreaterThan(2);
    }
  });
});

/** What the others have on the boards, which agree with the rows behind them. */
async function othersOn(backend: RawBackend, clock: ManualClock, servers: readonly string[], ada: string) {
  const store = await backend.open(listeningLog().log);
  try {
    const ledger = new Ledger({ memory: new Memory(store), clock });
    for (const server of servers) expect((await ledger.audit(server)).sound).toBe(true);
    const { rows } = await ledger.page(servers[0] ?? '', { period: 'all', zone: 'UTC' }, { index: 0 });
    return rows.filter(({ member }) => member !== ada).map(({ rank: _, ...line }) => line);
  } finally {
    await store.close();
  }
}

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
    for (let writes = 0; whole === 0; writes += isLong ? 1 : 3) {
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
