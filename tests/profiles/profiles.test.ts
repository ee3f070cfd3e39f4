import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  answered,
  daysInARow,
  newProfile,
  type ProfileUpdate,
  streakWith,
} from '../../src/profiles/profile.js';
import { Profiles } from '../../src/profiles/profiles.js';
import { Batch, recordType, type Store, StoreError } from '../../src/store/store.js';
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

async function record(store: Store, profiles: Profiles, ...updates: ProfileUpdate[]): Promise<void> {
  await profiles.load(
    scope,
    updates.map(({ member }) => member),
  );
  const batch = new Batch();
  profiles.stage(batch, scope, updates);
  await store.commit(batch);
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

describe('profiles', () => {
  test('are there after a restart, of hundreds of members at once', async () => {
    const temp = await tempStore();
    const members = Array.from({ length: 300 }, (_, n) => String(1000 + n));
    await record(temp.store, new Profiles(temp.store), ...members.map((member) => update({ member })));
    const profiles = new Profiles(await temp.reopen());
    const loaded = await profiles.load(scope, [...members, ada]);
    expect(loaded.size).toBe(301);
    for (const member of members) expect(loaded.get(member)).toEqual(profileAfter({}));
    expect(loaded.get(ada)).toEqual(newProfile);
  });

  test('are one for each server, and for direct messages', async () => {
    const { store } = await tempStore();
    const profiles = new Profiles(store);
    await record(store, profiles, update());
    expect(await profiles.get('900000000000000002', ada)).toEqual(newProfile);
    expect(await profiles.get(`dm-${ada}`, ada)).toEqual(newProfile);
  });

  test('lose no answer of two quizzes that close at the same moment', async () => {
    const temp = await tempStore();
    const profiles = new Profiles(temp.store);
    await Promise.all(Array.from({ length: 50 }, () => record(temp.store, profiles, update())));
    const expected = { queries: { basic: [50, 50, 0, 0] } };
    expect((await profiles.get(scope, ada)).topics).toEqual(expected);
    expect((await new Profiles(await temp.reopen()).get(scope, ada)).topics).toEqual(expected);
  });

  test('lose no answer when more of them are used than are kept', async () => {
    const { store } = await tempStore();
    const profiles = new Profiles(store, 10);
    const members = Array.from({ length: 40 }, (_, n) => String(1000 + n));
    for (let round = 0; round < 3; round++)
      await Promise.all(
        members.map((member, n) =>
          record(store, profiles, update({ member }), update({ member: members[39 - n] ?? ada })),
        ),
      );
    for (const [, { topics }] of await profiles.load(scope, members))
      expect(topics).toEqual({ queries: { basic: [6, 6, 0, 0] } });
  });

  test('refuse the answer of a member who was not loaded, and stage nothing', async () => {
    const { store } = await tempStore();
    const profiles = new Profiles(store);
    await profiles.load(scope, [ada]);
    const batch = new Batch();
    expect(() => profiles.stage(batch, scope, [update(), update({ member: '5' })])).toThrow(StoreError);
    expect(batch.writes.size).toBe(0);
    expect(await profiles.get(scope, ada)).toEqual(newProfile);
  });

  test('forget what could not be stored', async () => {
    const { store } = await tempStore();
    const profiles = new Profiles(store);
    await record(store, profiles, update());
    const batch = new Batch().put(recordType('unwritable', z.unknown()), 'x', () => {
      throw new Error('cannot be written');
    });
    await profiles.load(scope, [ada]);
    profiles.stage(batch, scope, [update()]);
    const loading = profiles.load(scope, [ada, '5']);
    await expect(store.commit(batch)).rejects.toThrow(StoreError);
    await loading;
    expect((await profiles.get(scope, ada)).topics).toEqual({ queries: { basic: [1, 1, 0, 0] } });
  });

  test('can be removed', async () => {
    const temp = await tempStore();
    const profiles = new Profiles(temp.store);
    await record(temp.store, profiles, update());
    const batch = new Batch();
    profiles.remove(batch, scope, ada);
    await temp.store.commit(batch);
    expect(await profiles.get(scope, ada)).toEqual(newProfile);
    expect(await new Profiles(await temp.reopen()).get(scope, ada)).toEqual(newProfile);
  });
});
