import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { dueRun, nextRuns, type Timing, WallClock, wallClock } from '../../src/time/calendar.js';
import { dateOf, dayOf, weekdayBit } from '../../src/time/days.js';
import { Timetable } from '../../src/time/timetable.js';
import { isLong, runs } from '../helpers/long.js';

const minuteMs = 60_000;
const everyDay = 127;

/** Zones whose clocks do something special, and a date near which they do it. */
const changes: readonly (readonly [zone: string, date: string, what: string])[] = [
  ['Europe/Berlin', '2026-03-29', 'an hour is left out at 02:00'],
  ['Europe/Berlin', '2026-10-25', 'an hour comes twice at 03:00'],
  ['America/New_York', '2026-03-08', 'an hour is left out at 02:00'],
  ['America/New_York', '2026-11-01', 'an hour comes twice at 02:00'],
  ['America/Sao_Paulo', '2018-11-04', 'the hour after midnight is left out'],
  ['America/Sao_Paulo', '2019-02-17', 'the hour before midnight comes twice'],
  ['Australia/Lord_Howe', '2026-10-04', 'half an hour is left out'],
  ['Australia/Lord_Howe', '2026-04-05', 'half an hour comes twice'],
  ['Pacific/Apia', '2011-12-30', 'a day is left out'],
  ['Pacific/Kwajalein', '1993-08-21', 'a day is left out'],
  ['Africa/Casablanca', '2026-02-15', 'an hour comes twice before Ramadan'],
  ['Africa/Casablanca', '2026-03-22', 'an hour is left out after Ramadan'],
  ['Asia/Kathmandu', '2026-03-29', 'nothing at all, at +05:45'],
  ['America/St_Johns', '2006-04-02', 'an hour is left out at 00:01'],
  ['America/St_Johns', '2006-10-29', 'an hour comes twice at 00:01, over midnight'],
  ['Africa/Cairo', '2024-04-26', 'the hour after midnight is left out'],
  ['Africa/Cairo', '2024-11-01', 'the hour before midnight comes twice'],
  ['Antarctica/Troll', '2026-03-29', 'two hours are left out'],
  ['Antarctica/Troll', '2026-10-25', 'two hours come twice'],
  ['America/Scoresbysund', '2025-03-29', 'the hour before midnight is left out'],
  ['Asia/Pyongyang', '2018-05-05', 'half an hour before midnight is left out'],
  ['UTC', '2026-06-30', 'nothing at all'],
];

/**
 * The same rule by other means: Temporal's own tables, and a search for the first minute of the day's
 * neighbourhood at which the wall clock has reached the time.
 */
function expectedRun(zone: string, date: string, minute: number): number | undefined {
  const wanted = Temporal.PlainDate.from(date).toPlainDateTime({
    hour: Math.floor(minute / 60),
    minute: minute % 60,
  });
  const first = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (first.toPlainDateTime().equals(wanted)) return first.epochMilliseconds;
  const landing = first.getTimeZoneTransition('next');
  if (!landing) throw new Error(`No change in ${zone} after ${first}`);
  const left = landing.subtract({ nanoseconds: 1 }).toPlainDate();
  const skipped =
    Temporal.PlainDate.compare(left, date) < 0 && Temporal.PlainDate.compare(landing.toPlainDate(), date) > 0;
  return skipped ? undefined : landing.epochMilliseconds;
}

function timing(overrides: Partial<Timing> = {}): Timing {
  return {
    zone: 'Europe/Berlin',
    minute: 9 * 60,
    days: everyDay,
    armedAtMs: Number.NEGATIVE_INFINITY,
    ...overrides,
  };
}

function hhmm(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * 60 + minutes;
}

describe('a run', () => {
  it.each([
    ['Europe/Berlin', '2026-01-15', '09:00', '2026-01-15T08:00Z', 'in winter'],
    ['Europe/Berlin', '2026-07-15', '09:00', '2026-07-15T07:00Z', 'in summer'],
    ['Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T01:00Z', 'at 03:00 when 02:30 does not exist'],
    ['Europe/Berlin', '2026-03-29', '02:00', '2026-03-29T01:00Z', 'at 03:00 when 02:00 does not exist'],
    ['Europe/Berlin', '2026-03-29', '03:00', '2026-03-29T01:00Z', 'at 03:00 itself'],
    ['Europe/Berlin', '2026-03-29', '01:59', '2026-03-29T00:59Z', 'before the jump'],
    ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30Z', 'the first time of two'],
    ['Europe/Berlin', '2026-10-25', '03:00', '2026-10-25T02:00Z', 'after the second time'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30Z', 'the first time of two'],
    ['America/Sao_Paulo', '2018-11-04', '00:00', '2018-11-04T03:00Z', 'at 01:00 when the day begins there'],
    ['America/Sao_Paulo', '2019-02-16', '23:30', '2019-02-17T01:30Z', 'the first time of two'],
    [
      'Australia/Lord_Howe',
      '2026-10-04',
      '02:15',
      '2026-10-03T15:30Z',
      'at 02:30 when half an hour is left out',
    ],
    ['Africa/Cairo', '2024-04-26', '00:30', '2024-04-25T22:00Z', 'at 01:00 when the day begins there'],
    ['Antarctica/Troll', '2026-03-29', '01:30', '2026-03-29T01:00Z', 'at 03:00 when two hours are left out'],
    ['Asia/Kathmandu', '2026-05-01', '09:00', '2026-05-01T03:15Z', 'at a quarter to the hour'],
    [
      'America/Scoresbysund',
      '2025-03-29',
      '23:30',
      '2025-03-30T01:00Z',
      'at midnight when the hour before is left out',
    ],
  ])('in %s on %s at %s is at %s: %s', (zone, date, time, instant) => {
    expect(new Date(wallClock(zone).runOn(dayOf(date), hhmm(time)) ?? 0)).toEqual(new Date(instant));
  });

  it.each([
    ['Pacific/Apia', '2011-12-30'],
    ['Pacific/Kwajalein', '1993-08-21'],
  ])('in %s does not happen on %s, a day that was left out', (zone, date) => {
    for (const time of ['00:00', '09:00', '23:59']) {
      expect(wallClock(zone).runOn(dayOf(date), hhmm(time))).toBeUndefined();
    }
  });

  it('agrees with the tables of Temporal in every zone there is, on any day of 1975 to 2040', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: dayOf('1975-01-01'), max: dayOf('2040-12-31') }),
        fc.integer({ min: 0, max: 1439 }),
        (zone, day, minute) => {
          expect(wallClock(zone).runOn(day, minute)).toBe(expectedRun(zone, dateOf(day), minute));
        },
      ),
      { seed: 1, numRuns: runs(300, 1_500) },
    );
  });

  it.each(changes)(
    'in %s around %s agrees with the tables of Temporal at every quarter of an hour: %s',
    (zone, date) => {
      const clock = wallClock(zone);
      const around = isLong ? 2 : 1;
      for (let day = dayOf(date) - around; day <= dayOf(date) + around; day++) {
        const quarters = Array.from({ length: 96 }, (_, quarter) => quarter * 15);
        const found = quarters.map((minute) => [minute, clock.runOn(day, minute)]);
        const expected = quarters.map((minute) => [minute, expectedRun(zone, dateOf(day), minute)]);
        expect(found, dateOf(day)).toEqual(expected);
      }
    },
  );
});

describe('minute after minute', () => {
  /** What a bot that is always up would post: `[date, instant]` in order. */
  function live(first: Timing, fromMs: number, untilMs: number, tickMs: () => number): [string, number][] {
    const table = new Timetable();
    table.add('guild', first);
    const clock = wallClock(first.zone);
    const posted: [string, number][] = [];
    let lastDate = first.lastDate;
    let beforeMs = fromMs;
    for (let nowMs = fromMs + tickMs(); nowMs <= untilMs; nowMs += tickMs()) {
      for (const _ of table.candidates(beforeMs, nowMs)) {
        const run = dueRun({ ...first, lastDate }, clock, nowMs);
        if (!run) continue;
        posted.push([run.date, run.atMs]);
        lastDate = run.date;
        expect(nowMs - run.atMs).toBeLessThan(nowMs - beforeMs);
      }
      beforeMs = nowMs;
    }
    return posted;
  }

  it.each(changes)('in %s around %s a schedule posts what was announced, once a day: %s', (zone, date) => {
    const middleMs = Date.parse(`${date}T00:00Z`);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 1, max: everyDay }),
        fc.integer({ min: 0, max: 59_999 }),
        (minute, days, offBeatMs) => {
          const fromMs = middleMs - 3 * 86_400_000 + offBeatMs;
          const schedule = timing({ zone, minute, days, armedAtMs: fromMs });
          const posted = live(schedule, fromMs, middleMs + 4 * 86_400_000, () => minuteMs);
          const announced = nextRuns(schedule, wallClock(zone), fromMs, 8).map((run) => [run.date, run.atMs]);
          expect(posted).toEqual(announced.slice(0, posted.length));
          const until = announced.filter(([, atMs]) => Number(atMs) <= middleMs + 4 * 86_400_000 - minuteMs);
          expect(posted.length).toBeGreaterThanOrEqual(until.length);
          const expected = [...Array(9).keys()]
            .map((n) => dayOf(date) - 4 + n)
            .filter((day) => days & weekdayBit(day))
            .map((day) => [dateOf(day), expectedRun(zone, dateOf(day), minute)] as const)
            .filter(([, atMs]) => atMs !== undefined && atMs > fromMs);
          expect(posted).toEqual(expected.slice(0, posted.length));
        },
      ),
      { seed: 1, numRuns: runs(3, 10) },
    );
  });

  it.each([
    'Europe/Berlin',
    'America/Sao_Paulo',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Antarctica/Troll',
  ])('in %s a year of ticks post every day once', (zone) => {
    const fromMs = Date.parse('2018-01-01T12:00Z');
    const untilMs = Date.parse('2019-01-01T12:00Z');
    // The time that most changes leave out or repeat; ticks at 7 minutes keep the test short.
    const schedule = timing({ zone, minute: hhmm('02:15'), armedAtMs: fromMs });
    const posted = live(schedule, fromMs, untilMs, () => 7 * minuteMs);
    expect(posted.map(([date]) => date)).toEqual(
      [...Array(365).keys()].map((n) => dateOf(dayOf('2018-01-02') + n)),
    );
  });

  it('loses no run to a tick that comes late on the same day, and never posts for a day that is over', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...changes),
        fc.integer({ min: 0, max: 1439 }),
        fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: 20, maxLength: 20 }),
        ([zone, date], minute, gaps) => {
          const fromMs = Date.parse(`${date}T00:00Z`) - 5 * 86_400_000;
          const clock = wallClock(zone);
          const schedule = timing({ zone, minute, armedAtMs: fromMs });
          const ticks: number[] = [fromMs];
          for (const gap of gaps) ticks.push((ticks.at(-1) ?? 0) + gap * minuteMs);
          let next = 0;
          const posted = live(schedule, fromMs, ticks.at(-1) ?? 0, () => (gaps[next++] ?? 1e9) * minuteMs);
          const expected: string[] = [];
          for (let day = clock.dayAt(fromMs) - 1; day <= clock.dayAt(ticks.at(-1) ?? 0); day++) {
            const atMs = expectedRun(zone, dateOf(day), minute);
            const tickMs = ticks.find((tick) => atMs !== undefined && atMs > fromMs && tick >= atMs);
            if (atMs === undefined || tickMs === undefined) continue;
            if (clock.dayAt(tickMs) === clock.dayAt(atMs)) expected.push(dateOf(day));
          }
          expect(posted.map(([posting]) => posting)).toEqual(expected);
        },
      ),
      { seed: 1, numRuns: runs(60, 300) },
    );
  });
});

describe('what is due', () => {
  const berlin = new WallClock('Europe/Berlin');
  const noon = Date.parse('2026-05-06T10:00Z');

  it.each([
    ['a run of this morning', {}, '2026-05-06'],
    ['nothing before the time', { minute: hhmm('12:01') }, undefined],
    ['the run of this very minute', { minute: hhmm('12:00') }, '2026-05-06'],
    ['nothing on a day that is not chosen', { days: everyDay & ~weekdayBit(dayOf('2026-05-06')) }, undefined],
    ['nothing when today is done', { lastDate: '2026-05-06' }, undefined],
    ['nothing when a later day is done (the zone was changed)', { lastDate: '2026-05-07' }, undefined],
    ['today when yesterday is done', { lastDate: '2026-05-05' }, '2026-05-06'],
    ['nothing when the schedule was set after the time', { armedAtMs: noon - 1 }, undefined],
    ['nothing of yesterday evening', { minute: hhmm('23:00') }, undefined],
  ])('%s', (_, overrides, expected) => {
    expect(dueRun(timing(overrides), berlin, noon)?.date).toBe(expected);
  });
});

describe('the next runs', () => {
  it('are announced across a change of clocks at the same time on the wall', () => {
    const runs = nextRuns(timing(), new WallClock('Europe/Berlin'), Date.parse('2026-03-27T12:00Z'), 3);
    expect(runs.map((run) => new Date(run.atMs).toISOString())).toEqual([
      '2026-03-28T08:00:00.000Z',
      '2026-03-29T07:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
    ]);
  });

  it('keep to the chosen weekdays', () => {
    const runs = nextRuns(timing({ days: 1 | 4 }), new WallClock('UTC'), Date.parse('2026-01-01T00:00Z'), 5);
    expect(runs.map((run) => run.date)).toEqual([
      '2026-01-05',
      '2026-01-07',
      '2026-01-12',
      '2026-01-14',
      '2026-01-19',
    ]);
  });

  it('leave out a day that was posted already', () => {
    const runs = nextRuns(
      timing({ lastDate: '2026-01-01' }),
      new WallClock('UTC'),
      Date.parse('2026-01-01T08:00Z'),
      1,
    );
    expect(runs.map((run) => run.date)).toEqual(['2026-01-02']);
  });
});
