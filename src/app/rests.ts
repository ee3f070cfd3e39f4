import { minuteMs } from '../time/spans.js';

const firstRestMs = 1_000;
const longestRestMs = minuteMs;

/** Shards that this process failed to run: each is left alone for a while, longer each time. */
export class Rests {
  readonly #failures = new Map<number, { readonly times: number; readonly untilMs: number }>();

  /** @returns for how long it is left alone */
  failed(shard: number): number {
    const times = (this.#failures.get(shard)?.times ?? 0) + 1;
    const restMs = Math.min(firstRestMs * 2 ** (times - 1), longestRestMs);
    this.#failures.set(shard, { times, untilMs: performance.now() + restMs });
    return restMs;
  }

  worked(shard: number): void {
    this.#failures.delete(shard);
  }

  /** By `performance.now()`. */
  get untilMs(): Map<number, number> {
    return new Map([...this.#failures].map(([shard, { untilMs }]) => [shard, untilMs]));
  }
}
