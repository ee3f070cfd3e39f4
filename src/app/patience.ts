import { setTimeout as delay } from 'node:timers/promises';

/**
 * A time by which several things, one after another, have to be done. It is the machine's own time, whatever clock
 * the bot goes by, and keeps no process alive.
 */
export class Patience {
  readonly #over: Promise<false>;

  constructor(ms: number) {
    this.#over = delay(ms, false as const, { ref: false });
  }

  /**
   * Resolves when the work is done or the time is over, whichever comes first. Rejects as the work does until then.
   * @returns whether it is done
   */
  with(work: Promise<unknown>): Promise<boolean> {
    return Promise.race([work.then(() => true), this.#over]);
  }
}

/** A stop whose time was over before all of it was done: the rest ends with the process. */
export class SlowStopError extends Error {
  override readonly name = 'SlowStopError';
}
