import { dueRun, nextRuns, type ScheduledRun, type Timing, type WallClock } from '../time/calendar.js';
import { dateOf, dayOf } from '../time/days.js';
import { minuteMs } from '../time/spans.js';

/**
 * Between the calendars of two zones lie at most two days, so a server that moves its zone can have done a day
 * that begins only the day after tomorrow. A later one was done by a clock that was wrong.
 */
const mostDaysAhead = 2;
/** A schedule is not set later than now; what says so was set by a clock that was wrong. */
const armingToleranceMs = 10 * minuteMs;

/** Whether a date that something was done on can be true. */
export const isBelievable = (date: string, today: string): boolean =>
  dayOf(date) - dayOf(today) <= mostDaysAhead;

/** The timing without what only a wrong clock can have left in it. */
function believed(timing: Timing, wall: WallClock, nowMs: number): Timing {
  const { zone, minute, days, armedAtMs, lastDate } = timing;
  const today = dateOf(wall.dayAt(nowMs));
  return {
    zone,
    minute,
    days,
    armedAtMs: armedAtMs > nowMs + armingToleranceMs ? Number.NEGATIVE_INFINITY : armedAtMs,
    lastDate: lastDate !== undefined && isBelievable(lastDate, today) ? lastDate : undefined,
  };
}

/** The run that should have happened by now; undefined where there is none, or it is done. */
export const dueNow = (timing: Timing, wall: WallClock, nowMs: number): ScheduledRun | undefined =>
  dueRun(believed(timing, wall, nowMs), wall, nowMs);

/** @param sinceMs those after this instant, which may be past; what is believed is judged by now all the same */
export const runsAfter = (
  timing: Timing,
  wall: WallClock,
  nowMs: number,
  count: number,
  sinceMs = nowMs,
): ScheduledRun[] => nextRuns(believed(timing, wall, nowMs), wall, sinceMs, count);
