/** Time that stands still until a test moves it; what falls due meanwhile runs in its order. */
export class ManualClock {
  #nowMs = Date.parse('2026-01-05T12:00:00Z');
  readonly #waiting = new Set<{ readonly atMs: number; readonly run: () => void }>();

  now(): number {
    return this.#nowMs;
  }

  at(atMs: number, run: () => void): { cancel(): void } {
    const waiting = { atMs, run };
    this.#waiting.add(waiting);
    return { cancel: () => this.#waiting.delete(waiting) };
  }

  async advanceBy(ms: number): Promise<void> {
    const untilMs = this.#nowMs + ms;
    await turns();
    const due = [...this.#waiting].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
    for (const each of due) {
      if (!this.#waiting.delete(each)) continue;
      this.#nowMs = Math.max(this.#nowMs, each.atMs);
      each.run();
      await turns();
    }
    this.#nowMs = untilMs;
  }
}

/** What a timer started without leaving the event loop is done after a few turns. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 16; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
