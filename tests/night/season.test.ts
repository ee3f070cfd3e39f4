import { seeded } from 'local-discord';
import { describe, expect, it } from 'vitest';
import type { NightResult } from '../../src/night/records.js';
import { seasonFold, seasonOf, seasonTable } from '../../src/night/season.js';
import { textOf } from '../daily/world.js';
import { recordsIn } from '../retention/records.js';
import { admin, guild, nightWorld } from './world.js';

const [ada, ben, cyd] = ['400000000000000001', '400000000000000002', '400000000000000003'] as const;

/** Points by night; undefined for who did not come. */
function tableOf(nights: readonly Readonly<Record<string, number>>[]) {
  const index = seasonFold.empty([]);
  for (const [night, points] of nights.entries())
    for (const [member, each] of Object.entries(points)) {
      const row: NightResult = { date: `2026-01-${10 + night}`, member, points: each };
      seasonFold.add(index, row);
    }
  return seasonTable(index);
}

const pointsIn = (nights: Parameters<typeof tableOf>[0]): Record<string, number> =>
  Object.fromEntries(tableOf(nights).rows.map(({ member, points }) => [member, points]));

describe('the table of a season', () => {
  it('counts no night of which everybody has had their data removed, as after a restart', () => {
    const index = seasonFold.empty([]);
    const row: NightResult = { date: '2026-01-10', member: ada, points: 100 };
    seasonFold.add(index, row);
    seasonFold.drop(index, row);
    expect(seasonTable(index)).toEqual(seasonTable(seasonFold.empty([])));
  });

  it.each([
    ['2026-01-01', '2026-Q1'],
    ['2026-03-31', '2026-Q1'],
    ['2026-04-01', '2026-Q2'],
    ['2026-09-30', '2026-Q3'],
    ['2026-12-31', '2026-Q4'],
  ])('of %s is that of its quarter, %s', (date, season) => {
    expect(seasonOf(date)).toBe(season);
  });

  it.each([
    [1, 500],
    [2, 500],
    [3, 500],
    [4, 900],
    [5, 1_200],
  ])('drops the two worst of %i nights', (nights, points) => {
    const all = [100, 500, 200, 400, 300].slice(0, nights);
    expect(pointsIn(all.map((each) => ({ [ada]: each })))[ada]).toBe(nights === 1 ? 100 : points);
  });

  it('drops nights that were missed first', () => {
    const nights = [{ [ada]: 100, [ben]: 100 }, { [ben]: 10 }, { [ada]: 100, [ben]: 100 }, { [ben]: 10 }];
    expect(pointsIn(nights)).toEqual({ [ada]: 200, [ben]: 200 });
  });

  it('gives those with equal points the same place', () => {
    const { rows } = tableOf([{ [ada]: 100, [ben]: 200, [cyd]: 200 }]);
    expect(rows.map(({ member, place }) => [member, place])).toEqual([
      [ben, 1],
      [cyd, 1],
      [ada, 3],
    ]);
  });

  it('never takes points away when one more night is played', () => {
    const chance = seeded(7);
    const random = (most: number): number => Math.floor(chance() * most);
    for (let game = 0; game < 50; game++) {
      const nights = Array.from({ length: 13 }, () =>
        Object.fromEntries([ada, ben, cyd].filter(() => random(3) > 0).map((id) => [id, random(1_000)])),
      ).filter((night) => Object.keys(night).length > 0);
      let before: Record<string, number> = {};
      for (const [index] of nights.entries()) {
        const now = pointsIn(nights.slice(0, index + 1));
        for (const [member, points] of Object.entries(before))
          expect(now[member]).toBeGreaterThanOrEqual(points);
        before = now;
      }
    }
  });
});

describe('a season', () => {
  it('adds up its nights, begins anew with the quarter, and is kept when the nights are off', async () => {
    const world = await nightWorld('2026-03-16T12:00:00Z');
    await world.set();
    await world.night('2026-03-20', { [ada]: true, [ben]: false });
    await world.night('2026-03-27', { [ada]: true, [ben]: true });
    expect(world.saying('Season 2026 Q1: 2 nights so far')).toBe(1);
    await world.nights.off(guild);
    expect(textOf(await world.nights.status(guild, '1'))).toMatch(
      /is \*\*off\*\*[\s\S]*Season 2026 Q1: 2 nights/,
    );
    await world.set();
    await world.night('2026-04-03', { [ada]: true, [ben]: true });
    expect(world.saying('Season 2026 Q2: 1 night so far')).toBe(1);
    expect(textOf(await world.nights.status(guild, '1'))).not.toContain('Q1');
  });

  it('names nobody who is hidden, but to themselves', async () => {
    const world = await nightWorld('2026-03-16T12:00:00Z');
    await world.hidden.set(guild, ada, true);
    await world.set();
    await world.night('2026-03-20', { [ada]: true, [ben]: true });
    expect(world.texts().at(-1)).toContain(`**1.** <@${ben}>`);
    expect(world.texts().join('')).not.toContain(ada);
    expect(textOf(await world.nights.status(guild, ada))).toContain(`<@${ada}>`);
    expect(textOf(await world.nights.status(guild, ben))).not.toContain(ada);
  });

  it('counts no round that one member played alone', async () => {
    const world = await nightWorld('2026-03-16T12:00:00Z');
    await world.set();
    await world.night('2026-03-20', { [ada]: true });
    expect(world.texts().at(-1)).toContain(`<@${ada}> · **0**\u00a0points`);
  });
});

describe('what a night keeps of people', () => {
  async function played() {
    const world = await nightWorld('2026-03-16T12:00:00Z');
    await world.set();
    await world.night('2026-03-20', { [ada]: true, [ben]: true });
    await world.remind(world.ids('next')[0] ?? '', ada, 'next');
    return world;
  }

  it('is told to them', async () => {
    const world = await played();
    expect(await world.nights.exportMember(guild, ada)).toEqual({
      nights: [{ date: '2026-03-20', points: expect.any(Number) }],
      isReminded: true,
      setNight: false,
    });
    expect(await world.nights.exportMember(guild, admin)).toEqual({
      nights: [],
      isReminded: false,
      setNight: true,
    });
    expect(await world.nights.exportMember(guild, cyd)).toBeUndefined();
  });

  it('goes when they want it gone; the others’ stays', async () => {
    const world = await played();
    const ours = async () => (await recordsIn(world.temp.url)).filter(({ key }) => key.startsWith('night'));
    await world.nights.forgetMember(guild, ada);
    await world.nights.forgetMember(guild, admin);
    const left = JSON.stringify(await ours());
    expect([ada, admin, ben].map((id) => left.includes(id))).toEqual([false, false, true]);
    expect(world.saying('1 night so far')).toBe(1);
    await world.nights.forgetScope(guild);
    // The keys of what was removed are tidied away after the removal is durable.
    await expect.poll(async () => (await ours()).filter(({ key }) => key.includes(guild))).toEqual([]);
    await world.at('2026-03-26T20:00:00Z');
    expect(world.ids('remind')).toEqual([]);
  });
});
