import { setTimeout as delay } from 'node:timers/promises';

/**
 * A time by which several things, one after another, have to be done. It is the machine's own time, whatever clock
 * the bot goes by, and keeps no process alive.
 */
export class Patience {
  readonly #over: Promise<void>;

  constructor(ms: number) {
    this.#over = delay(ms, undefined, { ref: false });
  }

  /** Resolves when the work is done or the time is over, whichever comes first. Rejects as the work does until then. */
  async with(work: Promise<unknown>): Promise<void> {
    await Promise.race([work, this.#over]);
  }
}
