const hourMs = 3_600_000;
const hoursADay = 24;
/** For timers that fall due to run, and for what they send to arrive. */
const betweenHoursMs = 8;

/** A clock that can be set ahead; the bot's, too. */
export interface SandboxClock {
  now(): number;
  readonly aheadMs: number;
  shift(byMs: number): void;
}

/** The machine's time, which never moves: where nothing else is given. */
export function machineClock(now: () => number): SandboxClock {
  return { now, aheadMs: 0, shift: () => {} };
}

/**
 * Lets a day pass: an hour at a time, so that what is due within the day is due at its hour and not all at its
 * end, with the work of each hour done before the next.
 */
export async function letDayPass(
  clock: SandboxClock,
  settled: () => Promise<unknown>,
  eachHour: () => void,
): Promise<void> {
  for (let hour = 0; hour < hoursADay; hour++) {
    clock.shift(hourMs);
    eachHour();
    await new Promise((resolve) => setTimeout(resolve, betweenHoursMs));
    await settled();
  }
}
