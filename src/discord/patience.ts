import type { Clock, Timer } from '../time/clock.js';

interface Waiting {
  readonly sinceMs: number;
  readonly run: () => void;
}

/**
 * Runs what has waited for too long. All wait for the same time, so one timer is enough for thousands, and what comes
 * to an end before costs next to nothing.
 */
export class Patience {
  readonly #clock: Clock;
  readonly #patienceMs: number;
  /** In the order of their coming. */
  readonly #waiting = new Set<Waiting>();
  #timer: Timer | undefined;

  constructor(clock: Clock, patienceMs: number) {
    this.#clock = clock;
    this.#patienceMs = patienceMs;
  }

  /** Runs `run` once when the time is up. @returns a function that calls it off */
  wait(run: () => void): () => void {
    const one: Waiting = { sinceMs: this.#clock.now(), run };
    this.#waiting.add(one);
    if (!this.#timer) this.#arm(one);
    return () => this.#leave(one);
  }

  #leave(one: Waiting): void {
    if (!this.#waiting.delete(one) || this.#waiting.size > 0) return;
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #arm({ sinceMs }: Waiting): void {
    this.#timer = this.#clock.at(sinceMs + this.#patienceMs, () => this.#lookThrough());
  }

  #lookThrough(): void {
    this.#timer = undefined;
    const untilMs = this.#clock.now() - this.#patienceMs;
    for (const one of this.#waiting) {
      if (one.sinceMs > untilMs) {
        this.#arm(one);
        return;
      }
      this.#waiting.delete(one);
      one.run();
    }
  }
}
