import type { Random } from '../asking/asked.js';

/** Discord's epoch: the first moment of 2015. */
const epochMs = 1_420_070_400_000n;
const lowBits = 22;

/** An id that looks like Discord's own, of that time; no other night or quiz has it. */
export const nightId = (nowMs: number, random: Random): string =>
  String(
    ((BigInt(Math.floor(nowMs)) - epochMs) << BigInt(lowBits)) | BigInt(Math.floor(random() * 2 ** lowBits)),
  );
