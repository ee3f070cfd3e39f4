import { createHash } from 'node:crypto';
import { seeded } from 'local-discord';

/** Numbers from 0 to below 1 that are the same for the same words. */
export const chanceOf = (words: string): (() => number) =>
  seeded(createHash('sha256').update(words).digest().readUInt32LE(0));
