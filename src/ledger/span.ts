import { Temporal } from 'temporal-polyfill';
import type { Period, Span } from './periods.js';

/**
 * The calendar month or the ISO week (from Monday) that a moment is in, from midnight to midnight by the wall
 * clock of a zone. Where summer time skips a midnight, the day starts with its first moment.
 * @param zone IANA name
 * @throws RangeError for a zone that does not exist
 */
export function spanOf(period: Exclude<Period, 'all'>, zone: string, atMs: number): Span {
  const today = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone).toPlainDate();
  const first = period === 'week' ? today.subtract({ days: today.dayOfWeek - 1 }) : today.with({ day: 1 });
  const next = first.add(period === 'week' ? { weeks: 1 } : { months: 1 });
  return { startMs: startOfDay(first, zone), endMs: startOfDay(next, zone) };
}

/** A date without a time means the start of that day to Temporal, which knows of skipped midnights. */
const startOfDay = (day: Temporal.PlainDate, zone: string): number =>
  day.toZonedDateTime(zone).epochMilliseconds;
