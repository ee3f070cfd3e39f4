import { createHash } from 'node:crypto';

/** Numbers from 0 to below 1 that are the same for the same words (mulberry32). */
export function chanceOf(words: string): () => number {
  let state = createHash('sha256').update(words).digest().readUInt32LE(0);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
