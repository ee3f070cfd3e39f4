import type { Fold } from '../store/log-slot.js';
import type { NightResult } from './records.js';

/** Points by night, then by member. */
export type SeasonResults = ReadonlyMap<string, ReadonlyMap<string, number>>;

export const seasonFold: Fold<NightResult, Map<string, Map<string, number>>> = {
  empty: () => new Map(),
  add(nights, { date, member, points }) {
    const night = nights.get(date) ?? new Map<string, number>();
    nights.set(date, night);
    if (!night.has(member)) night.set(member, points);
  },
  drop(nights, { date, member }) {
    const night = nights.get(date);
    night?.delete(member);
    if (night?.size === 0) nights.delete(date);
  },
};

/** So many of everybody's nights do not count: the worst ones, those that they missed among them. */
const dropped = 2;

/** The season of a date: its quarter, e.g. `2026-Q1`. */
export const seasonOf = (date: string): string =>
  `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;

export interface SeasonStanding {
  readonly member: string;
  /** Of the best nights. */
  readonly points: number;
  /** How many they came to. */
  readonly nights: number;
  /** Equal points share a place: 1, 2, 2, 4. */
  readonly place: number;
}

export interface SeasonTable {
  readonly nights: number;
  /** How many of each one's nights count. */
  readonly counted: number;
  readonly rows: readonly SeasonStanding[];
}

/**
 * Everybody who came to a night, best first. While there were fewer than three nights, the best one counts, so that
 * nobody's points ever shrink.
 * @param isSeen whether a member may be named; others move up into the places of those who may not
 */
export function seasonTable(
  results: SeasonResults,
  isSeen: (member: string) => boolean = () => true,
): SeasonTable {
  const counted = Math.max(1, results.size - dropped);
  const all = new Map<string, number[]>();
  for (const night of results.values())
    for (const [member, points] of night) all.set(member, [...(all.get(member) ?? []), points]);
  const sorted = [...all]
    .filter(([member]) => isSeen(member))
    .map(([member, points]) => ({ member, nights: points.length, points: sumOfBest(points, counted) }))
    .sort(
      (a, b) => b.points - a.points || a.nights - b.nights || (BigInt(a.member) < BigInt(b.member) ? -1 : 1),
    );
  const placeOf = (points: number): number => 1 + sorted.findIndex((row) => row.points === points);
  return {
    nights: results.size,
    counted,
    rows: sorted.map((row) => ({ ...row, place: placeOf(row.points) })),
  };
}

const sumOfBest = (points: readonly number[], counted: number): number =>
  points
    .toSorted((a, b) => b - a)
    .slice(0, counted)
    .reduce((sum, one) => sum + one, 0);
