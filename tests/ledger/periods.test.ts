import { describe, expect, test } from 'vitest';
import { always, within } from '../../src/ledger/periods.js';
import { spanOf } from '../../src/ledger/span.js';

const span = (period: 'month' | 'week', zone: string, at: string) => {
  const { startMs, endMs } = spanOf(period, zone, Date.parse(at));
  return { start: new Date(startMs).toISOString(), end: new Date(endMs).toISOString() };
};

describe('periods', () => {
  test.each([
    // An ordinary week in UTC, from its first to its last moment.
    ['week', 'UTC', '2026-11-16T00:00:00.000Z', '2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['week', 'UTC', '2026-11-22T23:59:59.999Z', '2026-11-16T00:00:00.000Z', '2026-11-23T00:00:00.000Z'],
    ['week', 'UTC', '2026-11-23T00:00:00.000Z', '2026-11-23T00:00:00.000Z', '2026-11-30T00:00:00.000Z'],
    // The week in which Berlin puts its clocks forward has 167 hours, the one in which it puts them back 169.
    ['week', 'Europe/Berlin', '2026-03-29T12:00Z', '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['week', 'Europe/Berlin', '2026-10-25T12:00Z', '2026-10-18T22:00:00.000Z', '2026-10-25T23:00:00.000Z'],
    // Still Sunday in Los Angeles while it is Monday in UTC, and the other way round in Auckland.
    [
      'week',
      'America/Los_Angeles',
      '2026-11-23T05:00Z',
      '2026-11-16T08:00:00.000Z',
      '2026-11-23T08:00:00.000Z',
    ],
    ['week', 'Pacific/Auckland', '2026-11-22T12:00Z', '2026-11-22T11:00:00.000Z', '2026-11-29T11:00:00.000Z'],
    // ISO weeks ignore the end of the year.
    ['week', 'UTC', '2027-01-01T00:00Z', '2026-12-28T00:00:00.000Z', '2027-01-04T00:00:00.000Z'],
    ['month', 'UTC', '2026-02-28T23:59:59.999Z', '2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'],
    ['month', 'Europe/Berlin', '2026-03-31T21:59Z', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
    ['month', 'Europe/Berlin', '2026-03-31T22:00Z', '2026-03-31T22:00:00.000Z', '2026-04-30T22:00:00.000Z'],
    ['month', 'Asia/Kathmandu', '2026-12-31T18:15Z', '2026-12-31T18:15:00.000Z', '2027-01-31T18:15:00.000Z'],
    // Asunción's clocks went from 23:59:59 on Saturday to 01:00 on Sunday 1 October 2023: that month has no midnight.
    [
      'month',
      'America/Asuncion',
      '2023-10-15T12:00Z',
      '2023-10-01T04:00:00.000Z',
      '2023-11-01T03:00:00.000Z',
    ],
  ] as const)('a %s in %s at %s lasts from %s to %s', (period, zone, at, start, end) => {
    expect(span(period, zone, at)).toEqual({ start, end });
    expect(within(spanOf(period, zone, Date.parse(at)), Date.parse(at))).toBe(true);
  });

  test('all time has no ends', () => {
    expect(within(always, -1e15)).toBe(true);
    expect(within(always, 1e15)).toBe(true);
  });

  test('a period does not hold its own end', () => {
    const week = spanOf('week', 'Europe/Berlin', Date.parse('2026-03-29T12:00Z'));
    expect(within(week, week.startMs)).toBe(true);
    expect(within(week, week.endMs)).toBe(false);
  });

  test('a zone that does not exist is refused', () => {
    expect(() => spanOf('week', 'Europe/Atlantis', 0)).toThrow(RangeError);
  });
});
