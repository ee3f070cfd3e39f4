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

/**
 * Time that stands still until a test moves it. What falls due meanwhile runs in its order, and after each of it
 * the bot is given until it has nothing under way.
 */
export class ManualTime {
  #nowMs: number;
  readonly #waiting = new Set<{ readonly atMs: number; readonly run: () => void }>();
  readonly #timers: TestTimers | undefined;
  #settled: () => Promise<unknown> = turns;

  /** @param from when it begins, as `Date.parse` reads it */
  constructor(from = '2026-01-05T12:00:00Z', timers?: TestTimers) {
    this.#nowMs = Date.parse(from);
    this.#timers = timers;
  }

  now(): number {
    return this.#nowMs;
  }

  at(atMs: number, run: () => void): { cancel(): void } {
    const waiting = { atMs, run };
    this.#waiting.add(waiting);
    return { cancel: () => this.#waiting.delete(waiting) };
  }

  /** For the server: resolves when nothing is under way. */
  settleWith(settled: () => Promise<unknown>): void {
    this.#settled = settled;
  }

  /** Moves by `'15m'`, `'1h 30m'` or milliseconds. */
  async advance(length: string | number): Promise<void> {
    const untilMs = this.#nowMs + milliseconds(length);
    await this.#settled();
    // Each turn takes one thing that was waiting, or ends.
    for (let next = this.#next(untilMs); next; next = this.#next(untilMs)) {
      await this.#moveTo(next.atMs);
      if (this.#waiting.delete(next)) next.run();
      await this.#settled();
    }
    await this.#moveTo(untilMs);
    await this.#settled();
  }

  async #moveTo(atMs: number): Promise<void> {
    const stepMs = Math.max(0, atMs - this.#nowMs);
    this.#nowMs += stepMs;
    await this.#timers?.advanceTimersByTimeAsync(stepMs);
  }

  #next(untilMs: number): { readonly atMs: number; readonly run: () => void } | undefined {
    const due = [...this.#waiting].filter(({ atMs }) => atMs <= untilMs);
    return due.sort((a, b) => a.atMs - b.atMs)[0];
  }
}

/** What a timer started without leaving the process is done after a few turns of the event loop. */
export async function turns(count = 16): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
