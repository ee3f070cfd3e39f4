import { seeded } from './random.js';

/**
 * Numbers by seed, by what they are for, and by how often that came before: the fifth post of a message meets the
 * same whatever else goes on beside it.
 */
export class Fates {
  readonly #counts = new Map<string, number>();

  readonly seed: number;

  constructor(seed: number) {
    this.seed = seed;
  }

  /** The numbers from 0 to 1 for the next thing of this name. */
  next(name: string): () => number {
    const count = this.#counts.get(name) ?? 0;
    this.#counts.set(name, count + 1);
    let hash = 0x811c9dc5 ^ this.seed;
    for (const char of `${count} ${name}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
    return seeded(hash);
  }
}
