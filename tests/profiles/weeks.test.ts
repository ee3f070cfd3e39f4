import { expect, test } from 'vitest';
import { answered, newProfile, type ProfileUpdate, withWeek } from '../../src/profiles/profile.js';
import { Profiles } from '../../src/profiles/service.js';
import { Memory } from '../../src/store/held.js';
import { dateOf, dayOf, mondayOf } from '../../src/time/days.js';
import { tempStore } from '../helpers/store.js';

const update = (day: string, right = true): ProfileUpdate => ({
  member: '1',
  topic: 'queries',
  level: 'basic',
  right,
  at: Date.parse(`${day}T12:00Z`),
  day,
});

/** As ready as they have answers. */
const percent = ({ days }: typeof newProfile): number => days.total;
const after = (...days: string[]) =>
  days.reduce((profile, day) => answered(withWeek(profile, day, percent), update(day)), newProfile);

test.each([
  ['2026-03-02', '2026-03-02'],
  ['2026-03-08', '2026-03-02'],
  ['2026-03-09', '2026-03-09'],
  ['2026-01-01', '2025-12-29'],
])('the week of %s begins on %s', (day, monday) => {
  expect(dateOf(mondayOf(dayOf(day)))).toBe(monday);
});

test('a week’s readiness is noted by the first answer of a later one', () => {
  expect(after('2026-03-02', '2026-03-08').weeks).toBeUndefined();
  expect(after('2026-03-02', '2026-03-08', '2026-03-09').weeks).toEqual([['2026-03-02', 2]]);
});

test('weeks without an answer are left out, and each is noted once', () => {
  const days = ['2026-03-02', '2026-03-16', '2026-03-16', '2026-03-20', '2026-04-06'];
  expect(after(...days).weeks).toEqual([
    ['2026-03-02', 1],
    ['2026-03-16', 3],
  ]);
});

test('an answer that is recorded late notes nothing', () => {
  expect(after('2026-03-09', '2026-03-02', '2026-03-10').weeks).toBeUndefined();
});

test('half a year is kept', () => {
  const days = Array.from({ length: 60 }, (_, week) =>
    new Date(Date.parse('2026-01-05') + week * 7 * 86_400_000).toISOString().slice(0, 10),
  );
  const weeks = after(...days).weeks ?? [];
  expect([weeks.length, weeks.at(-1)?.[0]]).toEqual([26, days.at(-2)]);
});

test('weeks are stored with the profile, and go with it', async () => {
  const temp = await tempStore();
  const profiles = () => new Profiles(new Memory(temp.store), percent);
  const memory = new Memory(temp.store);
  const first = new Profiles(memory, percent);
  for (const day of ['2026-03-02', '2026-03-09'])
    await memory.use((change) => first.take(change, '9', [update(day)]));
  await temp.reopen();
  expect((await profiles().get('9', '1')).weeks).toEqual([['2026-03-02', 1]]);
  await profiles().forgetMember('9', '1');
  expect(await profiles().get('9', '1')).toEqual(newProfile);
});
