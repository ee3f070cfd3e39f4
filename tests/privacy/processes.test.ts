import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Presence } from '../../src/people/presence.js';
import { dutyOf, isCalledOff } from '../../src/privacy/rules.js';
import { Wishes } from '../../src/privacy/wishes.js';
import { Memory } from '../../src/store/held.js';
import type { Store } from '../../src/store/store.js';
import { ManualClock } from '../helpers/clock.js';
import { FlakyDatabase } from '../helpers/flaky-store.js';
import { listeningLog, tempStore } from '../helpers/store.js';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const ada = '900';
const ben = '901';

const storesAtAll = (database: FlakyDatabase): string => JSON.stringify([...database.rows]);

/** One process of several on one database: its servers, and what it was told to forget. */
async function processOf(
  database: FlakyDatabase,
  clock: ManualClock,
  shards: { ids: readonly number[]; count: number },
  servers: readonly string[],
) {
  const { log } = listeningLog();
  const store: Store = database.open(log);
  const memory = new Memory(store);
  const presence = new Presence({ memory, clock });
  const forgotten: string[] = [];
  const hidden = new Map<string, boolean>();
  const erasing = new Wishes({
    memory,
    clock,
    log,
    presence,
    stock: { of: async () => {} },
    servers: async () => servers,
    shardCounts: async () => [1, 2, 3],
    tellErased: async () => true,
    tell: async (member, places) => places.map((place) => ({ place, data: { told: member === ada } })),
    async hide(_, guildIds, isHidden) {
      for (const guildId of guildIds) hidden.set(guildId, isHidden);
    },
    async forget(scopes, member) {
      for (const scope of scopes) {
        forgotten.push(`${scope} ${member}`);
        if (servers.includes(scope)) await presence.forgetMember(scope, member);
      }
    },
  });
  const unsettle = clock.settleWith(() => erasing.idle());
  const stop = async (): Promise<void> => {
    unsettle();
    await erasing.stop();
    await store.close();
  };
  onTestFinished(stop);
  await erasing.start(shards);
  return { presence, erasing, forgotten, hidden, stop };
}

/** Lets time pass in which nothing is due but at its end. */
async function pass(clock: ManualClock, ms: number): Promise<void> {
  clock.jumpTo(clock.now() + ms - 5 * minuteMs);
  await clock.advanceBy(5 * minuteMs);
}

const wishesLeft = (database: FlakyDatabase): string[] =>
  [...database.rows.keys()].filter((key) => key.startsWith('wish'));

/** Three processes with a server each, in all of which Ada has been; Ben only in the first. */
async function three() {
  const database = new FlakyDatabase();
  const clock = new ManualClock();
  const servers = ['10', '11', '12'];
  const start = (shard: number) =>
    processOf(database, clock, { ids: [shard], count: 3 }, [servers[shard] ?? '']);
  const processes = [await start(0), await start(1), await start(2)] as const;
  for (const [index, { presence }] of processes.entries()) await presence.note(servers[index] ?? '', ada);
  await processes[0].presence.note('10', ben);
  return { database, clock, processes, start };
}

describe('several processes', () => {
  it('each erase in their own servers what one of them was asked, and shard 0 in direct messages', async () => {
    const { database, clock, processes } = await three();
    const [zero, one, two] = processes;
    await one.erasing.ask({ id: '5', member: ada, kind: 'erase', askedAt: clock.now() });
    await pass(clock, dayMs - minuteMs);
    expect([zero, one, two].flatMap(({ forgotten }) => forgotten)).toEqual([]);
    await clock.advanceBy(5 * minuteMs);
    expect(zero.forgotten).toEqual([`dm-${ada} ${ada}`, `10 ${ada}`]);
    expect(one.forgotten).toEqual([`11 ${ada}`]);
    expect(two.forgotten).toEqual([`12 ${ada}`]);
    expect(storesAtAll(database)).not.toContain(`"${ada}"`);
    expect(storesAtAll(database)).not.toContain(`:${ada}`);
    expect(wishesLeft(database)).toEqual([]);
    expect(database.rows.has(`here:10:${ben}`)).toBe(true);
  });

  it('wait with the last of it for one that is down', async () => {
    const { database, clock, processes, start } = await three();
    const [zero, , two] = processes;
    await zero.erasing.ask({ id: '5', member: ada, kind: 'erase', askedAt: clock.now() });
    await two.stop();
    await pass(clock, 3 * dayMs);
    expect([...database.rows.keys()].filter((key) => key.endsWith(`:${ada}`))).toEqual([`here:12:${ada}`]);
    expect((await zero.erasing.pending(ada)).length).toBe(1);
    const again = await start(2);
    await clock.advanceBy(5 * minuteMs);
    expect(again.forgotten).toEqual([`12 ${ada}`]);
    expect(await zero.erasing.pending(ada)).toEqual([]);
    expect(storesAtAll(database)).not.toContain(ada);
  });

  it('let it be called off in any of them, by nobody else', async () => {
    const { database, clock, processes } = await three();
    const [zero, one, two] = processes;
    await one.erasing.ask({ id: '5', member: ada, kind: 'erase', askedAt: clock.now() });
    expect(await two.erasing.keep('5', ben, clock.now())).toBe(false);
    expect(await two.erasing.keep('5', ada, clock.now())).toBe(true);
    expect(await zero.erasing.pending(ada)).toEqual([]);
    await pass(clock, 3 * dayMs);
    expect([zero, one, two].flatMap(({ forgotten }) => forgotten)).toEqual([]);
    expect(wishesLeft(database)).toEqual([]);
  });

  it('go on with a wish that was listed for another number of shards', async () => {
    const { database, clock, processes } = await three();
    const [, one] = processes;
    await one.erasing.ask({ id: '5', member: ada, kind: 'erase', askedAt: clock.now() });
    for (const process of processes) await process.stop();
    const alone = await processOf(database, clock, { ids: [0], count: 1 }, ['10', '11', '12']);
    expect((await alone.erasing.pending(ada)).map(({ id }) => id)).toEqual(['5']);
    await pass(clock, dayMs + 5 * minuteMs);
    expect(alone.forgotten.length).toBe(4);
    expect(storesAtAll(database)).not.toContain(ada);
  });

  it('tell what they have to the one that was asked, and keep nothing of it', async () => {
    const { database, clock, processes } = await three();
    const [zero] = processes;
    const wish = await zero.erasing.ask({ id: '5', member: ada, kind: 'tell', askedAt: clock.now() });
    const answers = zero.erasing.answers(wish);
    await clock.advanceBy(minuteMs);
    const { data, isWhole } = await answers;
    expect(isWhole).toBe(true);
    expect(data.map(({ place }) => place).sort()).toEqual(['10', '11', '12', 'direct']);
    await clock.advanceBy(minuteMs);
    expect(wishesLeft(database)).toEqual([]);
  });

  it('tell what there is when one of them is down, and say that something is missing', async () => {
    const { database, clock, processes, start } = await three();
    const [zero, , two] = processes;
    await two.stop();
    const wish = await zero.erasing.ask({ id: '5', member: ada, kind: 'tell', askedAt: clock.now() });
    const answers = zero.erasing.answers(wish);
    await clock.advanceBy(2 * minuteMs);
    const { data, isWhole } = await answers;
    expect(isWhole).toBe(false);
    expect(data.map(({ place }) => place).sort()).toEqual(['10', '11', 'direct']);
    await start(2);
    await clock.advanceBy(minuteMs);
    expect(wishesLeft(database)).toEqual([]);
  });

  it('keep nothing of what they told one that was killed before it read it', async () => {
    const { database, clock, processes, start } = await three();
    const [zero] = processes;
    await zero.erasing.ask({ id: '5', member: ada, kind: 'tell', askedAt: clock.now() });
    await clock.advanceBy(minuteMs);
    await zero.stop();
    expect(wishesLeft(database)).toContain('wish-answers:5/3/1');
    await start(0);
    await clock.advanceBy(10 * minuteMs);
    expect(wishesLeft(database)).toEqual([]);
  });

  it('each hide a member in their own servers', async () => {
    const { database, clock, processes } = await three();
    await processes[2].erasing.ask({ id: '5', member: ada, kind: 'hide', askedAt: clock.now() });
    await clock.advanceBy(minuteMs);
    expect(processes.map(({ hidden }) => [...hidden])).toEqual([
      [['10', true]],
      [['11', true]],
      [['12', true]],
    ]);
    await clock.advanceBy(minuteMs);
    expect(wishesLeft(database)).toEqual([]);
  });

  it('erase one chosen server alone, whoever was asked', async () => {
    const { clock, processes } = await three();
    const [zero, one, two] = processes;
    await zero.erasing.ask({ id: '5', member: ada, kind: 'erase', place: '12', askedAt: clock.now() });
    await pass(clock, dayMs + 8 * minuteMs);
    expect([...zero.forgotten, ...one.forgotten]).toEqual([]);
    expect(two.forgotten).toEqual([`12 ${ada}`]);
    expect(await zero.erasing.pending(ada)).toEqual([]);
  });
});

describe('a member who goes on using the bot while they are erased', () => {
  it('is waited for, and then erased with what they did meanwhile', async () => {
    const database = new FlakyDatabase();
    const clock = new ManualClock();
    const only = await processOf(database, clock, { ids: [0], count: 1 }, ['10']);
    await only.presence.note('10', ada);
    await only.erasing.ask({ id: '5', member: ada, kind: 'erase', place: '10', askedAt: clock.now() });
    await clock.advanceBy(dayMs + 90_000);
    await only.presence.note('10', ada);
    await clock.advance('45s');
    expect(only.forgotten).toEqual([]);
    await clock.advanceBy(2 * minuteMs);
    expect(only.forgotten).toEqual([`10 ${ada}`]);
    expect(storesAtAll(database)).not.toContain(ada);
  });

  it('is not waited for without end', async () => {
    const database = new FlakyDatabase();
    const clock = new ManualClock();
    const only = await processOf(database, clock, { ids: [0], count: 1 }, ['10']);
    await only.erasing.ask({ id: '5', member: ada, kind: 'erase', place: '10', askedAt: clock.now() });
    await clock.advanceBy(dayMs);
    for (let minute = 0; minute < 20; minute++) {
      await only.presence.note('10', ada);
      await clock.advanceBy(minuteMs / 2);
      await only.presence.note('10', ada);
      await clock.advanceBy(minuteMs / 2);
    }
    expect(only.forgotten.length).toBeGreaterThan(0);
    expect(await only.erasing.pending(ada)).toEqual([]);
  });
});

describe('the rules of a wish', () => {
  const wish = { id: '5', member: ada, kind: 'erase' as const, askedAt: 0, dueAt: dayMs };

  it.each([
    ['a moment before it is due', dayMs - 1, dayMs + 30_000, true],
    ['when it is due', dayMs, dayMs, false],
    ['in time, but stored when others may be erasing', dayMs - 1, dayMs + 2 * minuteMs, false],
  ])('it can be called off only in time: %s', (_, pressedAt, storedAt, expected) => {
    expect(isCalledOff(wish, pressedAt, storedAt)).toBe(expected);
  });

  it('nobody erases while a call-off in time may still be stored', () => {
    const state = { wish, shard: 0, marks: new Map() };
    const own = { ids: [0], count: 1 };
    for (let storedAt = dayMs - 1; isCalledOff(wish, dayMs - 1, storedAt); storedAt += 1_000)
      expect(dutyOf(state, own, storedAt)).toBeUndefined();
    expect(dutyOf(state, own, dayMs + 2 * minuteMs)).toBe('carry out');
  });
});

describe('where a member is', () => {
  it('is found by a key for each server, with twenty readings among ten thousand', async () => {
    const temp = await tempStore();
    const clock = new ManualClock();
    const presence = new Presence({ memory: new Memory(temp.store), clock });
    const servers = Array.from({ length: 10_000 }, (_, n) => String(1_000_000 + n));
    for (const server of servers.filter((_, n) => n % 2_500 === 7)) await presence.note(server, ada);
    const readings = vi.spyOn(temp.store, 'getMany');
    expect(await presence.serversOf(ada, servers)).toEqual(servers.filter((_, n) => n % 2_500 === 7));
    expect(readings.mock.calls.length).toBeLessThanOrEqual(20);
  });
});
