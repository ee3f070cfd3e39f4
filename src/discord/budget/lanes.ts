import { type Urgency, urgencies } from './urgency.js';

/**
 * Requests of one bucket of Discord's, one after another, the most urgent first. discord.js does them in the order of
 * their coming: a round would wait behind the counters of its channel.
 */
export class Lanes {
  readonly #lanes = new Map<string, Map<Urgency, (() => void)[]>>();

  /** Runs when the bucket is free. @returns what `make` gives */
  async run<T>(bucket: string, urgency: Urgency, make: () => Promise<T>): Promise<T> {
    await this.#enter(bucket, urgency);
    try {
      return await make();
    } finally {
      this.#leave(bucket);
    }
  }

  #enter(bucket: string, urgency: Urgency): Promise<void> {
    const lane = this.#lanes.get(bucket);
    if (!lane) {
      this.#lanes.set(bucket, new Map());
      return Promise.resolve();
    }
    return new Promise((go) => {
      const queue = lane.get(urgency);
      if (queue) queue.push(go);
      else lane.set(urgency, [go]);
    });
  }

  #leave(bucket: string): void {
    const lane = this.#lanes.get(bucket);
    for (const urgency of urgencies) {
      const next = lane?.get(urgency)?.shift();
      if (next) {
        next();
        return;
      }
    }
    this.#lanes.delete(bucket);
  }
}
