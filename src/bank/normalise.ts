/**
 * What is compared of a short answer. Left out of it: capitals, backticks, quotes around the whole, the kind of
 * quotes, spaces beside punctuation and more than one between words, punctuation at the end, and empty
 * brackets at the end (`save()` is `save`). Kept: everything else, so `2` is not `2.0` and `'2'` inside a list
 * is not `2`.
 */
export function normalise(text: string): string {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/`/g, '')
    .replace(/["‘’‚“”„«»]/g, "'")
    .replace(/\s+/g, ' ')
    .replace(/ ?([^\p{L}\p{M}\p{N}\s_]) ?/gu, '$1')
    .trim();
  return strip(plain);
}

function strip(text: string): string {
  const shorter = text
    .replace(/^'(.*)'$/s, (whole, inner: string) => (inner.includes("'") ? whole : inner.trim()))
    .replace(/[\s.,;:!?…]+$/u, '')
    .replace(/\(\)$/, '');
  return shorter === text || shorter === '' ? text : strip(shorter);
}
