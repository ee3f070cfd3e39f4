import { AsyncResource } from 'node:async_hooks';

/** A test's own timers, such as vitest's `vi` after `vi.useFakeTimers()`; moved along with Discord's clock. */
export interface TestTimers {
  advanceTimersByTimeAsync(ms: number): Promise<unknown>;
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `'15m'`, `'1.5h'`, `'1h 30m'` or a number. @throws Error for anything else */
export function milliseconds(length: string | number): number {
  if (typeof length === 'number') return length;
  const parts = [...length.matchAll(/(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)/g)];
  const read = parts.map(([text]) => text).join('');
  if (parts.length === 0 || read.replaceAll(/\s/g, '') !== length.replaceAll(/\s/g, '')) {
    throw new Error(`"${length}" is no length of time; one is "15m" or "1h 30m"`);
  }
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (unitsMs[unit] ?? 0), 0);
}

interface Waiting {
  readonly atMs: number;
  readonly run: () => void;
  readonly counted: boolean;
}

type Idle = () => Promise<unknown>;

/**
 * Time that stands still until a test moves it. What falls due meanwhile runs in its order, each seeing its own time
 * as `now()`, and what it began has settled before the next runs.
 */
export class ManualTime {
  #nowMs: number;
  readonly #waiting = new Set<Waiting>();
  readonly #settlers = new Set<Idle>();
  readonly #timers: TestTimers | undefined;

  /** @param from when it begins: milliseconds since the epoch, or as `Date.parse` reads it */
  constructor(from: string | number = '2026-01-05T12:00:00Z', timers?: TestTimers) {
    this.#nowMs = instant(from);
    this.#timers = timers;
  }

  now(): number {
    return this.#nowMs;
  }

  /** @param how `counted` false: a timer that `pending` says nothing of */
  at(atMs: number, run: () => void, { counted = true }: { counted?: boolean } = {}): { cancel(): void } {
    const waiting = { atMs, run, counted };
    this.#waiting.add(waiting);
    return { cancel: () => this.#waiting.delete(waiting) };
  }

  /** How many timers have been set and neither ran nor were cancelled; that threads archive is not counted. */
  get pending(): number {
    return [...this.#waiting].filter(({ counted }) => counted).length;
  }

  /**
   * Work that leaves the event loop (the disk, the network) is not seen by waiting a few turns. Whoever does such work
   * says here how to wait for it. Gives back a function that ends it.
   */
  settleWith(idle: Idle): () => void {
    this.#settlers.add(idle);
    return () => this.#settlers.delete(idle);
  }

  /** Moves by `'15m'`, `'1h 30m'` or milliseconds. */
  async advance(length: string | number): Promise<void> {
    await this.advanceTo(this.#nowMs + milliseconds(length));
  }

  /** @throws RangeError for a time that is over */
  async advanceTo(when: string | number): Promise<void> {
    const untilMs = instant(when);
    if (!(untilMs >= this.#nowMs)) throw new RangeError(`Time does not run backwards: ${when}`);
    await this.settle();
    let isSettled = true;
    for (let next = this.#firstUntil(untilMs); next; next = this.#firstUntil(untilMs)) {
      await this.#moveTo(next.atMs);
      if (this.#waiting.delete(next)) isSettled = await this.#run(next);
    }
    // The last may have joined what was under way, and a test is about to look.
    if (!isSettled) await this.settle();
    if (await this.#moveTo(untilMs)) await this.settle();
  }

  /** Sets the time without running what falls due in between: a machine that was asleep or off. */
  jumpTo(when: string | number): void {
    this.#nowMs = instant(when);
  }

  /** Waits for work under way without moving time. */
  async settle(): Promise<void> {
    await turns(8);
    for (const idle of this.#settlers) await idle();
    await turns(8);
  }

  /** @returns whether all that it began is over for certain */
  async #run({ run }: Waiting): Promise<boolean> {
    const before = resourcesSoFar();
    run();
    await turns(1);
    for (const idle of this.#settlers) await idle();
    // Most of the minutes of a day begin nothing, and join nothing that others began: no more turns for those.
    if (resourcesSoFar() - before <= resourcesOfATurn) return false;
    await this.settle();
    return true;
  }

  /** @returns whether timers of the test were moved along, and may have run */
  async #moveTo(atMs: number): Promise<boolean> {
    const stepMs = Math.max(0, atMs - this.#nowMs);
    this.#nowMs += stepMs;
    if (!this.#timers) return false;
    await this.#timers.advanceTimersByTimeAsync(stepMs);
    return true;
  }

  #firstUntil(untilMs: number): Waiting | undefined {
    let first: Waiting | undefined;
    for (const waiting of this.#waiting)
      if (waiting.atMs <= untilMs && (!first || waiting.atMs < first.atMs)) first = waiting;
    return first;
  }
}

function instant(when: string | number): number {
  return typeof when === 'number' ? when : Date.parse(when);
}

/** What one turn and asking how many there were count for. */
const resourcesOfATurn = 2;

/**
 * How many things outside of promises (timers, turns, reads, writes, sockets) the process has begun in its life, this
 * question among them; promises count only while something follows them with async hooks.
 */
function resourcesSoFar(): number {
  return new AsyncResource('ManualTime').asyncId();
}

/** What a timer started without leaving the process is done after a few turns of the event loop. */
export async function turns(count = 16): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
