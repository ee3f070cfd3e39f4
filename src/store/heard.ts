/** A moment by the clock that measures spans and by the one on the wall. */
export interface Moment {
  readonly steadyMs: number;
  readonly wallMs: number;
}

export const moment = (): Moment => ({ steadyMs: performance.now(), wallMs: Date.now() });

/** When a database last said something: the moment at which what it answered had been asked. */
export class Heard {
  #asked: Moment;

  /** @param asked absent: now */
  constructor(asked = moment()) {
    this.#asked = asked;
  }

  /** It has answered what was asked at that moment. */
  note(asked: Moment): void {
    if (asked.steadyMs > this.#asked.steadyMs) this.#asked = asked;
  }

  /** For how many milliseconds it has been silent while this machine ran. */
  get silentMs(): number {
    return performance.now() - this.#asked.steadyMs;
  }

  /**
   * Whether it may have been silent for so long. A machine that was suspended finds that hours have passed by the wall,
   * and nothing by the other clock; the wall's may have been set, so it is believed only where it says more.
   */
  mayBeSilentFor(ms: number): boolean {
    return this.silentMs >= ms || Date.now() - this.#asked.wallMs >= ms;
  }
}
