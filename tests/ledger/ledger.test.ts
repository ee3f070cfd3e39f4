import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { BoardFilter } from '../../src/ledger/boards.js';
import { dailySource, type LedgerRow, ledgerType, quizSource, toStored } from '../../src/ledger/rows.js';
import { Ledger } from '../../src/ledger/service.js';
import { Memory } from '../../src/store/held.js';
import { HeldLogs } from '../../src/store/logs.js';
import { Batch, type Store, StoreError } from '../../src/store/store.js';
import { ManualClock } from '../helpers/clock.js';
import { tempStore } from '../helpers/store.js';

const guildId = '900000000000000001';
const ada = '100000000000000001';
const ben = '100000000000000002';
const all = { period: 'all', zone: 'UTC' } as const;
const week = { period: 'week', zone: 'Europe/Berlin' } as const;
const month = { period: 'month', zone: 'Europe/Berlin' } as const;

let store: Store;
let clock: ManualClock;
let memory: Memory;
let ledger: Ledger;
let sources = 0;

beforeEach(async () => {
  ({ store } = await tempStore());
  clock = new ManualClock('2026-03-27T12:00:00Z');
  afresh();
});

function row(changes: Partial<LedgerRow> = {}): LedgerRow {
  return {
    source: quizSource('game', ++sources),
    member: ada,
    points: 100,
    right: (changes.points ?? 100) > 0,
    level: 'basic',
    topic: 'queries',
    at: clock.now(),
    ...changes,
  };
}

const record = (...rows: LedgerRow[]): Promise<void> => recordIn(guildId, rows);

const recordIn = (guild: string, rows: readonly LedgerRow[]): Promise<void> =>
  memory.use((change) => ledger.book(change, guild, rows));

const lines = async (filter: BoardFilter) =>
  (await ledger.page(guildId, filter, { index: 0 })).rows.map(({ rank, member, points }) => [
    rank,
    member,
    points,
  ]);

/** The same ledger with nothing in memory. */
function afresh(membersOnBoards?: number): void {
  memory = new Memory(store);
  ledger = new Ledger({ memory, clock, ...(membersOnBoards && { membersOnBoards }) });
}

/** A change whose write SQLite refuses. */
const refused = (...rows: LedgerRow[]): Promise<void> =>
  memory.use((change) => {
    ledger.book(change, guildId, rows);
    change.batch.put({ ...ledgerType.head, name: 'unwritable' }, 'x', () => {
      throw new Error('cannot be written');
    });
  });

describe('the ledger', () => {
  test('gives back every row as it was recorded, oldest first', async () => {
    const recorded = [
      row({ source: dailySource('2026-03-27'), level: 'advanced', points: 210 }),
      row({ member: ben, points: 0, right: false, topic: 'models' }),
      row({ at: clock.now() - 5 * 60 * 60 * 1000 }),
    ];
    await record(...recorded);
    const read: LedgerRow[] = [];
    afresh();
    for await (const one of ledger.rows(guildId)) read.push(one);
    expect(read).toEqual(recorded);
  });

  test.each([
    { points: -1 },
    { points: 1.5 },
    { member: 'ada' },
    { at: Number.NaN },
    { level: 'expert' as never },
  ])('refuses a row with %j and stages nothing of its batch', async (fault) => {
    await expect(record(row(), row(fault))).rejects.toThrow(RangeError);
    expect(await lines(all)).toEqual([]);
  });

  test('refuses the same answer a second time, also within one batch and after a restart', async () => {
    const answer = row();
    await record(answer);
    await expect(record(answer)).rejects.toThrow(/booked already/);
    const other = row();
    await expect(record(other, other)).rejects.toThrow(/booked already/);
    afresh();
    await expect(record(row(), answer)).rejects.toThrow(/booked already/);
    expect(await lines(all)).toEqual([[1, ada, 100]]);
    expect((await ledger.audit(guildId)).rows).toBe(1);
  });

  test('takes one answer to the same question from each member', async () => {
    const source = quizSource('game', 1);
    await record(row({ source }), row({ source, member: ben }));
    expect(await lines(all)).toHaveLength(2);
  });

  test('forgets a server whose scores are removed', async () => {
    await record(row());
    await ledger.forgetScope(guildId);
    expect(await lines(all)).toEqual([]);
    await record(row({ points: 150 }));
    afresh();
    expect(await lines(all)).toEqual([[1, ada, 150]]);
  });
});

describe('an audit', () => {
  test('finds nothing where rows and boards agree, also while answers are being recorded', async () => {
    for (const filter of [all, week, month, { ...all, topic: 'queries' }]) await lines(filter);
    await record(row(), row({ member: ben, topic: 'models' }));
    const auditing = ledger.audit(guildId);
    await record(row({ member: ben, points: 200 }));
    expect(await auditing).toMatchObject({ sound: true, duplicates: [], differences: [] });
    expect(await ledger.audit(guildId)).toEqual({
      rows: 3,
      points: 400,
      members: 2,
      duplicates: [],
      differences: [],
      sound: true,
    });
  });

  test('finds a duplicate that was planted in the rows', async () => {
    const answer = row();
    await record(answer, row({ member: ben }));
    const beside = new HeldLogs(new Memory(store), ledgerType);
    await beside.use(guildId, (log) => log.append([toStored(answer, clock.now())]));
    afresh();
    expect(await ledger.audit(guildId)).toMatchObject({
      rows: 3,
      points: 300,
      duplicates: [{ source: answer.source, member: ada }],
      sound: false,
    });
  });

  test('finds a board that does not say what its rows say', async () => {
    const rows = Array.from({ length: 130 }, () => row());
    await record(...rows);
    await lines(all);
    const tampered = rows
      .slice(0, 128)
      .map((one, n) => toStored({ ...one, points: n === 7 ? 99 : 100 }, clock.now()));
    await store.commit(new Batch().put(ledgerType.segment, `${guildId}:0`, () => tampered));
    const { sound, differences, duplicates } = await ledger.audit(guildId);
    expect({ sound, duplicates }).toEqual({ sound: false, duplicates: [] });
    expect(differences).toEqual([expect.stringMatching(/"points":13000.* its rows say .*"points":12999/)]);
  });
});

describe('leaderboards', () => {
  test('an empty one has one empty page and no ranks', async () => {
    expect(await ledger.page(guildId, all, { index: 3 })).toEqual({
      index: 0,
      pages: 1,
      members: 0,
      rows: [],
      sinceMs: undefined,
    });
    expect(await ledger.rank(guildId, all, ada)).toBeUndefined();
  });

  test('pages have ten lines, and a page that does not exist is the nearest that does', async () => {
    const members = Array.from({ length: 23 }, (_, n) => String(1000 + n));
    await record(...members.map((member, n) => row({ member, points: 10 * (23 - n) })));
    const page = async (index: number) => ledger.page(guildId, all, { index });
    expect((await page(0)).rows.map(({ member }) => member)).toEqual(members.slice(0, 10));
    expect((await page(2)).rows.map(({ rank }) => rank)).toEqual([21, 22, 23]);
    expect(await page(2)).toMatchObject({ index: 2, pages: 3, members: 23 });
    expect((await page(99)).index).toBe(2);
    expect((await page(-1)).index).toBe(0);
    expect((await page(Number.NaN)).index).toBe(0);
    expect((await ledger.page(guildId, all, { member: '1014' })).index).toBe(1);
    expect((await ledger.page(guildId, all, { member: ada })).index).toBe(0);
    expect((await ledger.rank(guildId, all, '1014'))?.own.rank).toBe(15);
  });

  test('a topic has its own', async () => {
    await record(row({ topic: 'models' }), row({ member: ben, topic: 'queries', points: 150 }));
    expect(await lines({ ...all, topic: 'models' })).toEqual([[1, ada, 100]]);
    expect(await lines({ ...all, topic: 'signals' })).toEqual([]);
  });

  test('servers do not see each other', async () => {
    await record(row());
    expect(await ledger.rank('900000000000000002', all, ada)).toBeUndefined();
  });

  test('a new week starts on Monday at midnight of the server, in the night of a change of clocks', async () => {
    clock.jumpTo('2026-03-29T21:59:00Z');
    await record(row());
    expect(await lines(week)).toEqual([[1, ada, 100]]);
    clock.jumpTo('2026-03-29T22:00:00Z');
    expect(await lines(week)).toEqual([]);
    await record(row({ member: ben }));
    expect(await lines(week)).toEqual([[1, ben, 100]]);
    expect(await lines({ ...week, zone: 'America/New_York' })).toEqual([
      [1, ada, 100],
      [1, ben, 100],
    ]);
    afresh();
    expect(await lines(week)).toEqual([[1, ben, 100]]);
  });

  test('an answer counts in the period in which it was given, however late it is recorded', async () => {
    await lines(week);
    const saturday = Date.parse('2026-03-28T12:00Z');
    clock.jumpTo('2026-03-30T08:00Z');
    await lines(week);
    await record(row({ at: clock.now() - 1 }), row({ member: ben, at: saturday }), row({ at: clock.now() }));
    expect(await lines(week)).toEqual([[1, ada, 200]]);
    afresh();
    expect(await lines(week)).toEqual([[1, ada, 200]]);
    expect(await lines(month)).toHaveLength(2);
  });

  test('boards that are dropped for room are built again', async () => {
    afresh(250);
    await record(row(), row({ member: ben, points: 150 }));
    for (const filter of [all, week, { ...all, topic: 'queries' }])
      expect(await lines(filter)).toHaveLength(2);
    await record(row({ points: 200 }));
    for (const filter of [all, week, { ...all, topic: 'queries' }])
      expect(await lines(filter)).toEqual([
        [1, ada, 300],
        [2, ben, 150],
      ]);
  });

  test('rows that are recorded while a board is built are counted once', async () => {
    for (let n = 0; n < 5; n++)
      await record(...Array.from({ length: 100 }, (_, m) => row({ member: String(1000 + m) })));
    afresh();
    const pages = [ledger.page(guildId, all, { index: 0 }), ledger.page(guildId, week, { index: 0 })];
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => record(row({ member: String(1000 + n), points: 1 }))),
    );
    await Promise.all(pages);
    expect(await ledger.audit(guildId)).toMatchObject({ rows: 520, sound: true });
    expect((await ledger.page(guildId, all, { index: 0 })).rows[0]).toMatchObject({
      points: 501,
      answered: 6,
    });
  });

  test('built from the rows, they are what they were when they grew with them', async () => {
    const zone = 'Europe/Berlin';
    const filters = (['all', 'month', 'week'] as const).flatMap((period) =>
      [undefined, 'models', 'queries'].map((topic) => ({ period, topic, zone })),
    );
    const answer = fc.record({
      member: fc.integer({ min: 1, max: 15 }).map((n) => String(5000 + n)),
      points: fc.constantFrom(0, 100, 150, 225),
      topic: fc.constantFrom('models', 'queries'),
      lateMs: fc.constantFrom(0, 0, 0, 1_000, 40 * 60_000, 3 * 3_600_000, 9 * 86_400_000),
    });
    const step = fc.record({
      answers: fc.array(answer, { maxLength: 60 }),
      passMs: fc.constantFrom(0, 1_000, 3_600_000, 86_400_000, 3 * 86_400_000),
    });
    let server = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const id = String(++server);
        for (const { answers, passMs } of steps) {
          for (const filter of filters) await ledger.page(id, filter, { index: 0 });
          await recordIn(
            id,
            answers.map(({ lateMs, ...rest }) => row({ ...rest, at: clock.now() - lateMs })),
          );
          clock.jumpTo(clock.now() + passMs);
        }
        const pages = () =>
          Promise.all(filters.flatMap((filter) => [0, 1].map((index) => ledger.page(id, filter, { index }))));
        const grown = await pages();
        expect((await ledger.audit(id)).sound).toBe(true);
        afresh();
        expect(await pages()).toEqual(grown);
      }),
      { seed: 3, numRuns: 25 },
    );
  });
});

describe('when the store could not write', () => {
  test('boards forget what was not stored, and so does the ledger', async () => {
    await record(row());
    expect(await lines(all)).toEqual([[1, ada, 100]]);
    const lost = row({ member: ben });
    await expect(refused(lost)).rejects.toThrow(StoreError);
    expect(await lines(all)).toEqual([[1, ada, 100]]);
    await record(lost);
    expect(await lines(all)).toEqual([
      [1, ada, 100],
      [1, ben, 100],
    ]);
    expect((await ledger.audit(guildId)).sound).toBe(true);
  });

  test('a board that was being built is built again', async () => {
    await record(row());
    afresh();
    const failing = refused(row({ member: ben }));
    const page = ledger.page(guildId, all, { index: 0 });
    await expect(failing).rejects.toThrow(StoreError);
    expect((await page).rows.map(({ member }) => member)).toEqual([ada]);
    expect(await lines(all)).toHaveLength(1);
  });
});

test('two weeks asked for at the same time around Monday’s midnight both get their board', async () => {
  clock.jumpTo('2026-03-29T21:59:59Z');
  await record(row());
  const before = ledger.page(guildId, week, { index: 0 });
  clock.jumpTo('2026-03-29T22:00:00Z');
  const after = ledger.page(guildId, week, { index: 0 });
  expect((await before).rows).toHaveLength(1);
  expect((await after).rows).toHaveLength(0);
});
