/** The closest of some words, when it is close enough to have been meant. */
export function nearest(
  word: string,
  words: Iterable<string>,
  most = 1 + word.length / 4,
): string | undefined {
  let best: string | undefined;
  let least = most;
  for (const each of words) {
    // They differ in length alone by more; what somebody typed can be thousands of characters long.
    if (Math.abs(word.length - each.length) > least) continue;
    const distance = editDistance(word.toLowerCase(), each.toLowerCase());
    if (distance <= least && (best === undefined || distance < least)) {
      best = each;
      least = distance;
    }
  }
  return best;
}

/** So many characters have to be put in, left out or changed to make one of the other. */
export function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
