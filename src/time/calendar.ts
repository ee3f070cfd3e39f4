import { type Day, dateOf, dayOf, weekdayBit } from './days.js';
import { dayMinutes, dayMs, minuteMs } from './spans.js';

/**
 * Wall-clock runs across time zones. A schedule has one run for each of its local days: the first instant at
 * which the clock on the wall there shows the time or a later one. So a time that the clocks jump over runs
 * when they land, one that comes twice runs the first time, and a day that a zone leaves out has no run.
 */

/** What of a schedule decides when it runs. */
export interface Timing {
  /** IANA name. */
  readonly zone: string;
  /** Minutes after local midnight, 0 to 1439. */
  readonly minute: number;
  /** Weekdays as bits: Monday 1, Tuesday 2, … Sunday 64. */
  readonly days: number;
  /** Runs at this instant or before do not count: the schedule did not exist yet. */
  readonly armedAtMs: number;
  /** Local date (`YYYY-MM-DD`) of the newest run that was done; that day and older ones are over. */
  readonly lastDate?: string | undefined;
}

/** One run of a schedule. */
export interface ScheduledRun {
  /** The local date that it belongs to, `YYYY-MM-DD`. */
  readonly date: string;
  readonly atMs: number;
}

/** A local time of day on a local day. */
export interface LocalTime {
  readonly day: Day;
  readonly minute: number;
}

/** A stretch of time in which a zone keeps its distance to UTC. */
interface Span {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly offsetMinutes: number;
}

/** No zone changes its clocks and back within so long a time. */
const stepMs = 2 * dayMs;
const stepsAhead = 16;
const mostSpans = 6;

/**
 * The clock on the wall in one zone. Asking the runtime takes a formatter of 50 KB for each zone, so a clock
 * remembers the changes of about a month and lets the formatter go.
 * Distances to UTC are whole minutes, as they are everywhere since 1972.
 */
export class WallClock {
  readonly zone: string;
  #spans: readonly Span[] = [];

  /** Reading it throws a RangeError for a zone that is not known. */
  constructor(zone: string) {
    this.zone = zone;
  }

  /** What the clock shows, as minutes since 1970-01-01 00:00 on the local calendar. */
  minutesAt(atMs: number): number {
    let span = this.#spans.find(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs);
    if (!span) {
      span = spanAround(atMs, offsetReader(this.zone));
      this.#spans = [span, ...this.#spans].slice(0, mostSpans);
    }
    return Math.floor(atMs / minuteMs) + span.offsetMinutes;
  }

  at(atMs: number): LocalTime {
    const minutes = this.minutesAt(atMs);
    const day = Math.floor(minutes / dayMinutes);
    return { day, minute: minutes - day * dayMinutes };
  }

  dayAt(atMs: number): Day {
    return Math.floor(this.minutesAt(atMs) / dayMinutes);
  }

  /** The instant of the run for a local day, or undefined when the zone has no such day. */
  runOn(day: Day, minute: number): number | undefined {
    const wanted = day * dayMinutes + minute;
    const before = this.#offsetAt(wanted - dayMinutes);
    const after = this.#offsetAt(wanted + dayMinutes);
    // No zone changes twice within two days, so one of the two offsets holds, or the clocks jumped over it.
    const early = wanted - Math.max(before, after);
    const late = wanted - Math.min(before, after);
    if (this.#shows(early) === wanted) return early * minuteMs;
    if (this.#shows(late) === wanted) return late * minuteMs;
    return this.#landing(day, wanted, early, late);
  }

  /** The first minute after a jump over `wanted`, which lies after `early` and not after `late`. */
  #landing(day: Day, wanted: number, early: number, late: number): number | undefined {
    let before = early;
    let landed = late;
    while (landed - before > 1) {
      const middle = Math.floor((before + landed) / 2);
      if (this.#shows(middle) >= wanted) landed = middle;
      else before = middle;
    }
    const skipsDay = this.#shows(before) < day * dayMinutes && this.#shows(landed) >= (day + 1) * dayMinutes;
    return skipsDay ? undefined : landed * minuteMs;
  }

  #shows(minutes: number): number {
    return this.minutesAt(minutes * minuteMs);
  }

  #offsetAt(minutes: number): number {
    return this.#shows(minutes) - minutes;
  }
}

const clocks = new Map<string, WallClock>();

/**
 * The wall clock of a zone; the same one at every call, because it remembers what it asked the runtime.
 * @param zone IANA name, as `parseZone` gives it: there are only as many as zones
 */
export function wallClock(zone: string): WallClock {
  let clock = clocks.get(zone);
  if (!clock) {
    clock = new WallClock(zone);
    // Reading it throws for a zone that is not known: that one is not remembered.
    clock.dayAt(0);
    clocks.set(zone, clock);
  }
  return clock;
}

type OffsetReader = (atMs: number) => number;

function spanAround(atMs: number, offsetAt: OffsetReader): Span {
  const middleMs = Math.floor(atMs / minuteMs) * minuteMs;
  const offsetMinutes = offsetAt(middleMs);
  let untilMs = middleMs;
  let same = true;
  for (let step = 0; same && step < stepsAhead; step++) {
    untilMs += stepMs;
    same = offsetAt(untilMs) === offsetMinutes;
  }
  if (!same) untilMs = changeBetween(untilMs - stepMs, untilMs, offsetAt);
  let fromMs = middleMs - stepMs;
  if (offsetAt(fromMs) !== offsetMinutes) fromMs = changeBetween(fromMs, middleMs, offsetAt);
  return { fromMs, untilMs, offsetMinutes };
}

/** The minute at which the clocks change, somewhere after the first instant and not after the second. */
function changeBetween(beforeMs: number, changedMs: number, offsetAt: OffsetReader): number {
  const before = offsetAt(beforeMs);
  let low = beforeMs / minuteMs;
  let high = changedMs / minuteMs;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * minuteMs) === before) low = middle;
    else high = middle;
  }
  return high * minuteMs;
}

function offsetReader(zone: string): OffsetReader {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return (atMs) => {
    const shown = { year: 0, month: 0, day: 0, hour: 0, minute: 0 };
    for (const { type, value } of format.formatToParts(atMs))
      if (type in shown) shown[type as keyof typeof shown] = Number(value);
    const { year, month, day, hour, minute } = shown;
    return (Date.UTC(year, month - 1, day, hour, minute) - atMs) / minuteMs;
  };
}

/** The run that should have happened by now, is not done, and whose local day is not over; else undefined. */
export function dueRun(timing: Timing, clock: WallClock, nowMs: number): ScheduledRun | undefined {
  const today = clock.dayAt(nowMs);
  // Where the clocks jump over midnight, a run of yesterday happens today.
  for (const day of [today, today - 1]) {
    const run = runOf(timing, clock, day);
    if (run && run.atMs <= nowMs && clock.dayAt(run.atMs) === today) return run;
  }
  return undefined;
}

/** The next runs after an instant, soonest first. */
export function nextRuns(timing: Timing, clock: WallClock, afterMs: number, count: number): ScheduledRun[] {
  const runs: ScheduledRun[] = [];
  const today = clock.dayAt(afterMs);
  const last = timing.lastDate === undefined ? today : Math.max(today, dayOf(timing.lastDate));
  // A weekday comes round in 7 days; one more week for a day that a zone left out.
  for (let day = today - 1; runs.length < count && day <= last + 7 * (count + 1); day++) {
    const run = runOf(timing, clock, day);
    if (run && run.atMs > afterMs) runs.push(run);
  }
  return runs;
}

function runOf(timing: Timing, clock: WallClock, day: Day): ScheduledRun | undefined {
  if ((timing.days & weekdayBit(day)) === 0) return undefined;
  if (timing.lastDate !== undefined && day <= dayOf(timing.lastDate)) return undefined;
  const atMs = clock.runOn(day, timing.minute);
  if (atMs === undefined || atMs <= timing.armedAtMs) return undefined;
  return { date: dateOf(day), atMs };
}
