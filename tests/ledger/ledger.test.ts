import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Scores } from '../../src/ledger/ledger.js';
import { dailySource, type LedgerRow, ledgerType, quizSource, toStored } from '../../src/ledger/rows.js';
import { RecordLog } from '../../src/store/log.js';
import { Batch, recordType, type Store, StoreError } from '../../src/store/store.js';
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
let scores: Scores;
let sources = 0;

beforeEach(async () => {
  ({ store } = await tempStore());
  clock = new ManualClock('2026-03-27T12:00:00Z');
  scores = new Scores({ store, clock });
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

async function record(...rows: LedgerRow[]): Promise<void> {
  const guild = await scores.open(guildId);
  const batch = new Batch();
  guild.stage(batch, rows);
  await store.commit(batch);
}

const lines = async (filter: Parameters<Awaited<ReturnType<typeof scores.open>>['page']>[0], from = scores) =>
  (await (await from.open(guildId)).page(filter, { index: 0 })).rows.map(({ rank, member, points }) => [
    rank,
    member,
    points,
  ]);

/** The same scores with nothing in memory. */
const afresh = () => new Scores({ store, clock });

/** A batch that SQLite refuses. */
const unwritable = () =>
  new Batch().put(recordType('unwritable', z.unknown()), 'x', () => {
    throw new Error('cannot be written');
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
    for await (const one of (await afresh().open(guildId)).rows()) read.push(one);
    expect(read).toEqual(recorded);
  });

  test.each([
    { points: -1 },
    { points: 1.5 },
    { member: 'ada' },
    { at: Number.NaN },
    { level: 'expert' as never },
  ])('refuses a row with %j and stages nothing of its batch', async (fault) => {
    const guild = await scores.open(guildId);
    const batch = new Batch();
    expect(() => guild.stage(batch, [row(), row(fault)])).toThrow(RangeError);
    expect(batch.writes.size).toBe(0);
    expect(await lines(all)).toEqual([]);
  });

  test('refuses the same answer a second time, also within one batch and after a restart', async () => {
    const answer = row();
    await record(answer);
    await expect(record(answer)).rejects.toThrow(/recorded already/);
    const other = row();
    await expect(record(other, other)).rejects.toThrow(/recorded already/);
    scores = afresh();
    await expect(record(row(), answer)).rejects.toThrow(/recorded already/);
    expect(await lines(all)).toEqual([[1, ada, 100]]);
    expect((await (await scores.open(guildId)).audit()).rows).toBe(1);
  });

  test('takes one answer to the same question from each member', async () => {
    const source = quizSource('game', 1);
    await record(row({ source }), row({ source, member: ben }));
    expect(await lines(all)).toHaveLength(2);
  });

  test('forgets a server whose scores are removed', async () => {
    await record(row());
    const batch = new Batch();
    (await scores.open(guildId)).remove(batch);
    await store.commit(batch);
    expect(await lines(all)).toEqual([]);
    await record(row({ points: 150 }));
    expect(await lines(all, afresh())).toEqual([[1, ada, 150]]);
  });
});

describe('an audit', () => {
  test('finds nothing where rows and boards agree, also while answers are being recorded', async () => {
    for (const filter of [all, week, month, { ...all, topic: 'queries' }]) await lines(filter);
    await record(row(), row({ member: ben, topic: 'models' }));
    const guild = await scores.open(guildId);
    const auditing = guild.audit();
    await record(row({ member: ben, points: 200 }));
    expect(await auditing).toMatchObject({ sound: true, duplicates: [], differences: [] });
    expect(await guild.audit()).toEqual({
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
    const log = await RecordLog.open(store, ledgerType, guildId);
    const batch = new Batch();
    log.append(batch, [toStored(answer, clock.now())]);
    await store.commit(batch);
    expect(await (await afresh().open(guildId)).audit()).toMatchObject({
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
    const { sound, differences, duplicates } = await (await scores.open(guildId)).audit();
    expect({ sound, duplicates }).toEqual({ sound: false, duplicates: [] });
    expect(differences).toEqual([expect.stringMatching(/"points":13000.* its rows say .*"points":12999/)]);
  });
});

describe('leaderboards', () => {
  test('an empty one has one empty page and no ranks', async () => {
    const guild = await scores.open(guildId);
    expect(await guild.page(all, { index: 3 })).toEqual({
      index: 0,
      pages: 1,
      members: 0,
      rows: [],
      sinceMs: undefined,
    });
    expect(await guild.rank(all, ada)).toBeUndefined();
  });

  test('pages have ten lines, and a page that does not exist is the nearest that does', async () => {
    const members = Array.from({ length: 23 }, (_, n) => String(1000 + n));
    await record(...members.map((member, n) => row({ member, points: 10 * (23 - n) })));
    const guild = await scores.open(guildId);
    const page = async (index: number) => guild.page(all, { index });
    expect((await page(0)).rows.map(({ member }) => member)).toEqual(members.slice(0, 10));
    expect((await page(2)).rows.map(({ rank }) => rank)).toEqual([21, 22, 23]);
    expect(await page(2)).toMatchObject({ index: 2, pages: 3, members: 23 });
    expect((await page(99)).index).toBe(2);
    expect((await page(-1)).index).toBe(0);
    expect((await page(Number.NaN)).index).toBe(0);
    expect((await guild.page(all, { member: '1014' })).index).toBe(1);
    expect((await guild.page(all, { member: ada })).index).toBe(0);
    expect((await guild.rank(all, '1014'))?.rank).toBe(15);
  });

  test('a topic has its own', async () => {
    await record(row({ topic: 'models' }), row({ member: ben, topic: 'queries', points: 150 }));
    expect(await lines({ ...all, topic: 'models' })).toEqual([[1, ada, 100]]);
    expect(await lines({ ...all, topic: 'signals' })).toEqual([]);
  });

  test('servers do not see each other', async () => {
    await record(row());
    expect(await (await scores.open('900000000000000002')).rank(all, ada)).toBeUndefined();
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
    expect(await lines(week, afresh())).toEqual([[1, ben, 100]]);
  });

  test('an answer counts in the period in which it was given, however late it is recorded', async () => {
    await lines(week);
    const saturday = Date.parse('2026-03-28T12:00Z');
    clock.jumpTo('2026-03-30T08:00Z');
    await lines(week);
    await record(row({ at: clock.now() - 1 }), row({ member: ben, at: saturday }), row({ at: clock.now() }));
    expect(await lines(week)).toEqual([[1, ada, 200]]);
    expect(await lines(week, afresh())).toEqual([[1, ada, 200]]);
    expect(await lines(month, afresh())).toHaveLength(2);
  });

  test('boards that are dropped for room are built again', async () => {
    scores = new Scores({ store, clock, membersOnBoards: 60 });
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
    scores = afresh();
    const guild = await scores.open(guildId);
    const pages = [guild.page(all, { index: 0 }), guild.page(week, { index: 0 })];
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => record(row({ member: String(1000 + n), points: 1 }))),
    );
    await Promise.all(pages);
    expect(await guild.audit()).toMatchObject({ rows: 520, sound: true });
    expect((await guild.page(all, { index: 0 })).rows[0]).toMatchObject({ points: 501, answered: 6 });
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
        const grown = await scores.open(id);
        for (const { answers, passMs } of steps) {
          for (const filter of filters) await grown.page(filter, { index: 0 });
          const batch = new Batch();
          grown.stage(
            batch,
            answers.map(({ lateMs, ...rest }) => row({ ...rest, at: clock.now() - lateMs })),
          );
          await store.commit(batch);
          clock.jumpTo(clock.now() + passMs);
        }
        const built = await afresh().open(id);
        for (const filter of filters)
          for (const index of [0, 1])
            expect(await built.page(filter, { index })).toEqual(await grown.page(filter, { index }));
        expect((await grown.audit()).sound).toBe(true);
      }),
      { seed: 3, numRuns: 25 },
    );
  });
});

describe('when the store could not write', () => {
  test('boards forget what was not stored, and so does the ledger', async () => {
    await record(row());
    expect(await lines(all)).toEqual([[1, ada, 100]]);
    const guild = await scores.open(guildId);
    const lost = row({ member: ben });
    const batch = unwritable();
    guild.stage(batch, [lost]);
    await expect(store.commit(batch)).rejects.toThrow(StoreError);
    expect(() => guild.stage(new Batch(), [row()])).toThrow(StoreError);
    expect(await lines(all)).toEqual([[1, ada, 100]]);
    await record(lost);
    expect(await lines(all)).toEqual([
      [1, ada, 100],
      [1, ben, 100],
    ]);
    expect((await guild.audit()).sound).toBe(true);
  });

  test('a board that was being built is built again', async () => {
    await record(row());
    const guild = await afresh().open(guildId);
    const batch = unwritable();
    guild.stage(batch, [row({ member: ben })]);
    const page = guild.page(all, { index: 0 });
    await expect(store.commit(batch)).rejects.toThrow(StoreError);
    expect((await page).rows.map(({ member }) => member).filter((member) => member !== ben)).toEqual([ada]);
    expect((await guild.page(all, { index: 0 })).rows).toHaveLength(1);
  });
});
