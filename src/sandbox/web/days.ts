const dayMs = 86_400_000;
const stepMs = 15 * 60_000;
/** For timers that fall due to run, and for what they send to arrive. */
const betweenStepsMs = 6;

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
 * Lets a day pass: a quarter of an hour at a time, by the clock on the wall, so that what is due within the day is
 * due at its time and not all at its end, with the work of each quarter done before the next.
 */
export async function letDayPass(
  clock: SandboxClock,
  settled: () => Promise<unknown>,
  eachStep: () => void,
): Promise<void> {
  for (let leftMs = dayMs; leftMs > 0; ) {
    const untilNextMs = stepMs - (clock.now() % stepMs);
    const byMs = Math.min(untilNextMs, leftMs);
    clock.shift(byMs);
    leftMs -= byMs;
    eachStep();
    await new Promise((resolve) => setTimeout(resolve, betweenStepsMs));
    await settled();
  }
}
