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

/** A clock that can be set ahead; with it the sandbox lets a day pass. */
export interface ShiftableClock extends Clock {
  /** How far it is ahead of the clock beneath, in milliseconds. */
  readonly aheadMs: number;
  /** Sets it ahead by so much more. Timers that fall due thereby run next, in the order of their times. */
  shift(byMs: number): void;
}

interface Waiting {
  readonly atMs: number;
  readonly run: () => void;
  timer: Timer;
}

export function shiftableClock(beneath: Clock = systemClock): ShiftableClock {
  let aheadMs = 0;
  const all = new Set<Waiting>();
  const arm = (atMs: number, run: () => void): Timer => beneath.at(atMs - aheadMs, run);
  return {
    get aheadMs() {
      return aheadMs;
    },
    now: () => beneath.now() + aheadMs,
    at(atMs, run) {
      const once = (): void => {
        all.delete(waiting);
        run();
      };
      const waiting: Waiting = { atMs, run: once, timer: arm(atMs, once) };
      all.add(waiting);
      return {
        cancel: () => {
          all.delete(waiting);
          waiting.timer.cancel();
        },
      };
    },
    shift(byMs) {
      aheadMs += byMs;
      for (const waiting of [...all].sort((a, b) => a.atMs - b.atMs)) {
        waiting.timer.cancel();
        waiting.timer = arm(waiting.atMs, waiting.run);
      }
    },
  };
}
