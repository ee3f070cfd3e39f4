/**
 * Which question comes next: any that was never asked, each as likely as the others; when all were asked, the
 * one that was asked longest ago.
 *
 * @param pool positions of the questions that may come
 * @param lastAsked by position: the number of the asking at which a question last came, 0 for never
 * @param random gives numbers from 0 up to but without 1
 * @param isFree whether a question may come at all; absent: every one may
 * @returns a position, or undefined where none may come
 */
export function choose(
  pool: Uint32Array,
  lastAsked: Uint32Array,
  random: () => number,
  isFree: (position: number) => boolean = () => true,
): number | undefined {
  for (let attempt = 0; attempt < quickAttempts && pool.length > 0; attempt++) {
    const position = at(pool, Math.floor(random() * pool.length));
    if (at(lastAsked, position) === 0 && isFree(position)) return position;
  }
  return search(pool, lastAsked, random, isFree);
}

/** While much of the pool is left, a few blind draws find one sooner than a count, and as fairly. */
const quickAttempts = 6;

function search(
  pool: Uint32Array,
  lastAsked: Uint32Array,
  random: () => number,
  isFree: (position: number) => boolean,
): number | undefined {
  let fresh = 0;
  let oldest: number | undefined;
  let oldestAsking = Number.POSITIVE_INFINITY;
  for (const position of pool) {
    const asking = at(lastAsked, position);
    if (asking === 0) fresh += isFree(position) ? 1 : 0;
    else if (asking < oldestAsking && isFree(position)) {
      oldestAsking = asking;
      oldest = position;
    }
  }
  if (fresh === 0) return oldest;
  let skip = Math.floor(random() * fresh);
  for (const position of pool) {
    if (at(lastAsked, position) !== 0 || !isFree(position)) continue;
    if (skip === 0) return position;
    skip -= 1;
  }
  return oldest;
}

const at = (numbers: Uint32Array, index: number): number => numbers[index] ?? 0;
