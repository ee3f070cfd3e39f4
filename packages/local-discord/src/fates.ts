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
    let hash = mixed(Math.imul(this.seed + 1, 0x9e3779b1));
    for (const char of `${count} ${name}`) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193) >>> 0;
    return seeded(mixed(hash));
  }
}

/** Names and counts that differ little have little to do with each other after this (the end of MurmurHash3). */
function mixed(hash: number): number {
  let mixing = hash;
  mixing = Math.imul(mixing ^ (mixing >>> 16), 0x85ebca6b);
  mixing = Math.imul(mixing ^ (mixing >>> 13), 0xc2b2ae35);
  return (mixing ^ (mixing >>> 16)) >>> 0;
}
