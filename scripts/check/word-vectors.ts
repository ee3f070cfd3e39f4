/** Words of texts, weighed by how rare they are among all of them. */
export interface Weights {
  of(word: string): number;
}

const stop = new Set(
  'a an and are as at be but by can do does for from has have if in into is it its no not of on only or so that the their them then there this to was what when which while who with you your'.split(
    ' ',
  ),
);

/** In lower case, without stop words and plurals; names of code are kept whole. */
export function contentWords(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}_][\p{L}\p{N}_]*|\d+/gu) ?? [];
  return words
    .filter((word) => !stop.has(word))
    .map((word) => (word.length > 4 ? word.replace(/s$/, '') : word));
}

export function weigh(texts: readonly (readonly string[])[]): Weights {
  const holders = new Map<string, number>();
  for (const words of texts)
    for (const word of new Set(words)) holders.set(word, (holders.get(word) ?? 0) + 1);
  return { of: (word) => Math.log(1 + texts.length / (holders.get(word) ?? 1)) };
}

/** Of the words' weights, the share that the others have too: 0 to 1. */
export function shareIn(words: readonly string[], others: ReadonlySet<string>, weights: Weights): number {
  const distinct = [...new Set(words)];
  const sum = (some: readonly string[]): number => some.reduce((total, word) => total + weights.of(word), 0);
  const all = sum(distinct);
  return all === 0 ? 0 : sum(distinct.filter((word) => others.has(word))) / all;
}
