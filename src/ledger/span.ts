import { type WallClock, wallClock } from '../time/calendar.js';
import { type Day, mondayOf } from '../time/days.js';
import { dayMs } from '../time/spans.js';
import type { Period, Span } from './periods.js';

/**
 * The calendar month or the ISO week (from Monday) that a moment is in, from midnight to midnight by the wall
 * clock of a zone. Where summer time skips a midnight, the day starts with its first moment.
 * @param zone IANA name
 * @throws RangeError for a zone that does not exist
 */
export function spanOf(period: Exclude<Period, 'all'>, zone: string, atMs: number): Span {
  const clock = wallClock(zone);
  const today = clock.dayAt(atMs);
  const [first, next] = period === 'week' ? weekOf(today) : monthOf(today);
  return { startMs: startOf(first, clock), endMs: startOf(next, clock) };
}

const weekOf = (today: Day): [first: Day, next: Day] => [mondayOf(today), mondayOf(today) + 7];

function monthOf(today: Day): [first: Day, next: Day] {
  const date = new Date(today * dayMs);
  const firstOf = (month: number): Day => Date.UTC(date.getUTCFullYear(), month, 1) / dayMs;
  return [firstOf(date.getUTCMonth()), firstOf(date.getUTCMonth() + 1)];
}

/** A day that a zone leaves out begins with the next one. */
const startOf = (day: Day, clock: WallClock): number =>
  clock.runOn(day, 0) ?? clock.runOn(day + 1, 0) ?? day * dayMs;
