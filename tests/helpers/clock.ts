import { AsyncResource } from 'node:async_hooks';
import type { Clock, Timer } from '../../src/time/clock.js';

interface Waiting {
  readonly atMs: number;
  readonly run: () => void;
}

/**
 * Time that stands still until a test moves it. Timers run in the order of their times, each seeing its own
 * time as `now()`, and the work that one started has settled before the next runs.
 */
export class ManualClock implements Clock {
  #nowMs: number;
  readonly #waiting = new Set<Waiting>();
  readonly #settlers = new Set<() => Promise<unknown>>();

  /** @param start milliseconds since the epoch, or an ISO instant such as `2026-03-28T12:00Z`. */
  constructor(start: number | string = '2026-01-05T12:00:00Z') {
    this.#nowMs = typeof start === 'number' ? start : Date.parse(start);
  }

  now(): number {
    return this.#nowMs;
  }

  at(atMs: number, run: () => void): Timer {
    const waiting = { atMs, run };
    this.#waiting.add(waiting);
    return { cancel: () => this.#waiting.delete(waiting) };
  }

  /** How many timers have been set and neither ran nor were cancelled. */
  get pending(): number {
    return this.#waiting.size;
  }

  /**
   * Work that leaves the event loop (the disk, the network) is not seen by waiting a few turns. Whoever does
   * such work in a timer says here how to wait for it, e.g. `clock.settleWith(() => host.idle())`.
   * Gives back a function that ends it.
   */
  settleWith(idle: () => Promise<unknown>): () => void {
    this.#settlers.add(idle);
    return () => this.#settlers.delete(idle);
  }

  async advanceBy(ms: number): Promise<void> {
    await this.advanceTo(this.#nowMs + ms);
  }

  async advanceTo(when: number | string): Promise<void> {
    const untilMs = typeof when === 'number' ? when : Date.parse(when);
    if (!(untilMs >= this.#nowMs)) throw new RangeError(`Time does not run backwards: ${when}`);
    await this.settle();
    let isSettled = true;
    for (let next = this.#firstUntil(untilMs); next; next = this.#firstUntil(untilMs)) {
      this.#waiting.delete(next);
      this.#nowMs = Math.max(this.#nowMs, next.atMs);
      const before = resourcesSoFar();
      next.run();
      await turns(1);
      for (const idle of this.#settlers) await idle();
      // Most of the minutes of a day begin nothing, and join nothing that others began: no more turns for those.
      isSettled = resourcesSoFar() - before > resourcesOfATurn;
      if (isSettled) await this.settle();
    }
    // The last may have joined what was under way, and a test is about to look.
    if (!isSettled) await this.settle();
    this.#nowMs = untilMs;
  }

  /** Sets the time without running what falls due in between: a machine that was asleep or off. */
  jumpTo(when: number | string): void {
    this.#nowMs = typeof when === 'number' ? when : Date.parse(when);
  }

  /** Waits for work under way without moving time. */
  async settle(): Promise<void> {
    await turns(8);
    for (const idle of this.#settlers) await idle();
    await turns(8);
  }

  #firstUntil(untilMs: number): Waiting | undefined {
    let first: Waiting | undefined;
    for (const waiting of this.#waiting) {
      if (waiting.atMs <= untilMs && (!first || waiting.atMs < first.atMs)) first = waiting;
    }
    return first;
  }
}

/** What one turn and asking how many there were count for. */
const resourcesOfATurn = 2;

/**
 * How many things outside of promises (timers, turns, reads, writes, sockets) the process has begun in its life, this
 * question among them; promises count only while something follows them with async hooks.
 */
function resourcesSoFar(): number {
  return new AsyncResource('ManualClock').asyncId();
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
