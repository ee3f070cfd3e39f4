import type { Clock, Timer } from './clock.js';

interface Waiting {
  readonly failures: number;
  readonly retryAtMs: number;
  readonly timer: Timer;
}

/** Tries things again after waits that grow, each under its own key. */
export class Backoff {
  readonly #clock: Clock;
  readonly #delaysMs: readonly number[];
  #stopped = false;
  readonly #waiting = new Map<string, Waiting>();

  /** @param delaysMs the waits after the first failure, the second …; the last one holds for all that follow */
  constructor(clock: Clock, delaysMs: readonly number[]) {
    this.#clock = clock;
    this.#delaysMs = delaysMs;
  }

  /**
   * Counts a failure and runs `retry` later. Gives back how many there were in a row, and when it runs.
   * @param delayMs instead of the wait that the count gives
   */
  failed(
    key: string,
    retry: () => void,
    delayMs?: number,
  ): { readonly failures: number; readonly retryAtMs: number } {
    const before = this.#waiting.get(key);
    before?.timer.cancel();
    const failures = (before?.failures ?? 0) + 1;
    const usualMs = this.#delaysMs[Math.min(failures, this.#delaysMs.length) - 1] ?? 0;
    const retryAtMs = this.#clock.now() + (delayMs ?? usualMs);
    if (!this.#stopped)
      this.#waiting.set(key, { failures, retryAtMs, timer: this.#clock.at(retryAtMs, retry) });
    return { failures, retryAtMs };
  }

  /** Whether the next try is still to come. */
  isWaiting(key: string): boolean {
    const waiting = this.#waiting.get(key);
    return waiting !== undefined && waiting.retryAtMs > this.#clock.now();
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
