import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  answered,
  dailyInARow,
  daysInARow,
  earnAgainMs,
  mayEarn,
  newProfile,
  type ProfileUpdate,
  streakWith,
} from '../../src/profiles/profile.js';
import { Profiles } from '../../src/profiles/service.js';
import { Memory } from '../../src/store/held.js';
import { recordType, type Store, StoreError } from '../../src/store/store.js';
import { tempStore } from '../helpers/store.js';

const scope = '900000000000000001';
const ada = '100000000000000001';

const update = (changes: Partial<ProfileUpdate> = {}): ProfileUpdate => ({
  member: ada,
  topic: 'queries',
  level: 'basic',
  right: true,
  at: Date.parse('2026-03-27T12:00Z'),
  day: '2026-03-27',
  ...changes,
});

const profileAfter = (...updates: Partial<ProfileUpdate>[]) =>
  updates.reduce((profile, changes) => answered(profile, update(changes)), newProfile);

/** The profiles on a store with nothing in memory, and how to record answers there. */
function open(store: Store) {
  const memory = new Memory(store);
  const profiles = new Profiles(memory);
  const record = (...updates: ProfileUpdate[]): Promise<void> =>
    memory.use((change) => profiles.take(change, scope, updates));
  return { memory, profiles, record };
}

describe('a profile', () => {
  test('counts right and all answers by topic and level, practice apart', () => {
    const { topics } = profileAfter(
      {},
      { right: false },
      { practice: true },
      { practice: true, right: false, level: 'advanced' },
      { topic: 'models' },
    );
    expect(topics).toEqual({
      queries: { basic: [1, 2, 1, 1], advanced: [0, 0, 0, 1] },
      models: { basic: [1, 1, 0, 0] },
    });
  });

  test('knows the first and the last answer, in whatever order they are recorded', () => {
    expect(profileAfter({ at: 500 }, { at: 300 }, { at: 400 })).toMatchObject({ firstAt: 300, lastAt: 500 });
  });

  test('is not changed in place', () => {
    const before = profileAfter({});
    const copy = structuredClone(before);
    answered(before, update({ day: '2026-03-28', daily: { date: '2026-03-28', previous: undefined } }));
    expect(before).toEqual(copy);
  });

  // Each line: the posts that were answered, each with the post made before it; then current and best.
  test.each([
    ['the first post ever', [['03-01', undefined]], 1, 1],
    ['the first post for this member', [['03-05', '03-04']], 1, 1],
    [
      'two posts in a row',
      [
        ['03-01', undefined],
        ['03-02', '03-01'],
      ],
      2,
      2,
    ],
    [
      'an outage of three days in between',
      [
        ['03-01', undefined],
        ['03-05', '03-01'],
      ],
      2,
      2,
    ],
    [
      'weekdays only, over a weekend',
      [
        ['03-06', '03-05'],
        ['03-09', '03-06'],
      ],
      2,
      2,
    ],
    [
      'one post missed',
      [
        ['03-01', undefined],
        ['03-03', '03-02'],
      ],
      1,
      1,
    ],
    [
      'a long streak, a miss, a new one',
      [
        ['03-01', undefined],
        ['03-02', '03-01'],
        ['03-03', '03-02'],
        ['03-05', '03-04'],
      ],
      1,
      3,
    ],
    [
      'the same post twice',
      [
        ['03-01', undefined],
        ['03-02', '03-01'],
        ['03-02', '03-01'],
      ],
      2,
      2,
    ],
    [
      'over the end of a year',
      [
        ['2025-12-31', '2025-12-30'],
        ['2026-01-01', '2025-12-31'],
      ],
      2,
      2,
    ],
  ] as [string, [string, string | undefined][], number, number][])(
    'daily streak after %s',
    (_, posts, current, best) => {
      const full = (date: string) => (date.length === 5 ? `2026-${date}` : date);
      const profile = profileAfter(
        ...posts.map(([date, previous]) => ({
          daily: { date: full(date), previous: previous && full(previous) },
        })),
      );
      expect(profile.daily).toMatchObject({ current, best });
    },
  );

  test('a wrong daily answer keeps the streak, and the streak is known before it is recorded', () => {
    const first = profileAfter({ right: false, daily: { date: '2026-03-01', previous: undefined } });
    expect(streakWith(first.daily, { date: '2026-03-02', previous: '2026-03-01' })).toBe(2);
    expect(streakWith(first.daily, { date: '2026-03-03', previous: '2026-03-02' })).toBe(1);
  });

  test.each([
    ['one day', ['2026-03-01'], { current: 1, best: 1, total: 1 }],
    ['one day, twice', ['2026-03-01', '2026-03-01'], { current: 1, best: 1, total: 1 }],
    [
      'the night of a change of clocks',
      ['2026-03-28', '2026-03-29', '2026-03-30'],
      { current: 3, best: 3, total: 3 },
    ],
    ['the end of February', ['2028-02-28', '2028-02-29', '2028-03-01'], { current: 3, best: 3, total: 3 }],
    ['a day off', ['2026-03-01', '2026-03-02', '2026-03-04'], { current: 1, best: 2, total: 3 }],
    ['a day that was recorded late', ['2026-03-04', '2026-03-02'], { current: 1, best: 1, total: 1 }],
  ])('active days after %s', (_, days, expected) => {
    expect(profileAfter(...days.map((day) => ({ day }))).days).toMatchObject(expected);
  });

  test.each([
    ['2026-03-02', 2],
    ['2026-03-03', 2],
    ['2026-03-04', 0],
  ])('on %s two active days up to 2 March are %i in a row', (today, expected) => {
    const { days } = profileAfter({ day: '2026-03-01' }, { day: '2026-03-02' });
    expect(daysInARow(days, today)).toBe(expected);
  });
});

describe('a daily streak as it is shown', () => {
  const daily = { current: 4, best: 4, lastDate: '2026-03-04' };
  test.each([
    ['no question is open', undefined, 4],
    ['the open one has been answered', { date: '2026-03-04', previous: '2026-03-03' }, 4],
    ['the open one can still be answered', { date: '2026-03-05', previous: '2026-03-04' }, 4],
    ['the one before the open one was missed', { date: '2026-03-06', previous: '2026-03-05' }, 0],
  ])('where %s', (_, open, expected) => {
    expect(dailyInARow(daily, open)).toBe(expected);
  });
});

describe('a question that earned points', () => {
  const at = Date.parse('2026-03-27T12:00Z');
  test('earns none again for seven days', () => {
    const profile = profileAfter({ earned: 'q1', at });
    expect(mayEarn(profile, 'q1', at + earnAgainMs - 1)).toBe(false);
    expect(mayEarn(profile, 'q1', at + earnAgainMs)).toBe(true);
    expect(mayEarn(profile, 'q2', at)).toBe(true);
    expect(mayEarn(newProfile, 'q1', at)).toBe(true);
    // What every object has is no question that earned anything.
    expect(mayEarn(profile, 'constructor', at)).toBe(true);
  });

  test('is remembered beside others, and no longer than it matters', () => {
    const profile = profileAfter(
      { earned: 'q1', at },
      { at: at + 1 },
      { earned: 'q2', at: at + earnAgainMs },
    );
    expect(profile.earned).toEqual({ q2: at + earnAgainMs });
  });
});

describe('profiles', () => {
  test('are there after a restart, of hundreds of members at once', async () => {
    const temp = await tempStore();
    const members = Array.from({ length: 300 }, (_, n) => String(1000 + n));
    await open(temp.store).record(...members.map((member) => update({ member })));
    const { memory, profiles } = open(await temp.reopen());
    const found = await memory.use((change) => profiles.of(change, scope, [...members, ada]));
    expect(found).toEqual([...members.map(() => profileAfter({})), newProfile]);
  });

  test('are one for each server, and for direct messages', async () => {
    const { profiles, record } = open((await tempStore()).store);
    await record(update());
    expect(await profiles.get('900000000000000002', ada)).toEqual(newProfile);
    expect(await profiles.get(`dm-${ada}`, ada)).toEqual(newProfile);
  });

  test('lose no answer of two quizzes that close at the same moment', async () => {
    const temp = await tempStore();
    const { profiles, record } = open(temp.store);
    await Promise.all(Array.from({ length: 50 }, () => record(update())));
    const expected = { queries: { basic: [50, 50, 0, 0] } };
    expect((await profiles.get(scope, ada)).topics).toEqual(expected);
    expect((await open(await temp.reopen()).profiles.get(scope, ada)).topics).toEqual(expected);
  });

  test('forget what could not be stored', async () => {
    const { memory, profiles, record } = open((await tempStore()).store);
    await record(update());
    const refused = memory.use((change) => {
      profiles.take(change, scope, [update(), update({ member: '5' })]);
      change.batch.put(recordType('unwritable', z.unknown()), 'x', () => {
        throw new Error('cannot be written');
      });
    });
    const seen = profiles.get(scope, ada);
    await expect(refused).rejects.toThrow(StoreError);
    expect((await seen).topics).toEqual({ queries: { basic: [1, 1, 0, 0] } });
    expect(await profiles.get(scope, '5')).toEqual(newProfile);
  });

  test('of a member or of a whole scope can be removed, and those who play on begin anew', async () => {
    const temp = await tempStore();
    const { profiles, record } = open(temp.store);
    await record(update(), update({ member: '5' }), update({ member: '6' }));
    await profiles.forgetMember(scope, ada);
    expect(await profiles.get(scope, ada)).toEqual(newProfile);
    await record(update());
    await profiles.forgetScope(scope);
    const again = open(await temp.reopen()).profiles;
    for (const member of [ada, '5', '6']) expect(await again.get(scope, member)).toEqual(newProfile);
  });
});
