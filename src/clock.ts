/** A timer that has been set; cancelling one that already ran does nothing. */
export interface Timer {
  cancel(): void;
}

/**
 * The one place where time comes from. Everything that asks the hour or waits takes a `Clock` as an
 * argument, so that tests can move time by hand and the sandbox can let a day pass.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Runs `run` once, when `now()` has reached `atMs` (at once when that is past), never before. */
  at(atMs: number, run: () => void): Timer;
}

/** Node's timers hold 31 bits of milliseconds; a longer one would fire at once. */
const longestTimeoutMs = 2 ** 31 - 1;

/** The machine's own clock. Its timers keep the process alive until they ran or were cancelled. */
export const systemClock: Clock = {
  now: () => Date.now(),
  at(atMs, run) {
    let timeout: NodeJS.Timeout;
    const arm = (): void => {
      const delayMs = atMs - Date.now();
      if (delayMs > longestTimeoutMs) timeout = setTimeout(arm, longestTimeoutMs);
      else timeout = setTimeout(run, Math.max(0, delayMs));
    };
    arm();
    return { cancel: () => clearTimeout(timeout) };
  },
};
