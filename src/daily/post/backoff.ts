import type { Clock, Timer } from '../../time/clock.js';

const minuteMs = 60_000;
const delaysMs = [1, 5, 15, 60].map((minutes) => minutes * minuteMs);

/** Tries things again after 1, 5, 15 and then every 60 minutes, each under its own key. */
export class Backoff {
  readonly #clock: Clock;
  #stopped = false;
  readonly #waiting = new Map<string, { readonly failures: number; readonly timer: Timer }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a failure and runs `retry` later. Gives back how many there were in a row, and when it runs. */
  failed(key: string, retry: () => void): { readonly failures: number; readonly retryAtMs: number } {
    const before = this.#waiting.get(key);
    before?.timer.cancel();
    const failures = (before?.failures ?? 0) + 1;
    const delayMs = delaysMs[Math.min(failures, delaysMs.length) - 1] ?? 60 * minuteMs;
    const retryAtMs = this.#clock.now() + delayMs;
    if (!this.#stopped) this.#waiting.set(key, { failures, timer: this.#clock.at(retryAtMs, retry) });
    return { failures, retryAtMs };
  }

  clear(key: string): void {
    this.#waiting.get(key)?.timer.cancel();
    this.#waiting.delete(key);
  }

  /** Nothing is tried again any more. */
  stop(): void {
    this.#stopped = true;
    for (const { timer } of this.#waiting.values()) timer.cancel();
    this.#waiting.clear();
  }
}
