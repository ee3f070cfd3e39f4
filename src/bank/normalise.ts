/**
 * What keyboards, phones and copying add to a text without anybody meaning it: characters that show nothing (zero
 * width spaces and joiners, soft hyphens, marks of direction, variation selectors), dashes of every length for the
 * hyphen, and the dot that small letters keep of a Turkish capital I.
 */
const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .toLowerCase()
    .replace(/i\u0307/g, 'i')
    .replace(/[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]/g, '-')
    .replace(/`/g, '')
    .replace(/["‘’‚“”„«»′″]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();

/**
 * What is compared of a short answer. Left out of it: what {@link fold} folds, quotes around the whole, spaces
 * beside punctuation and more than one between words, punctuation at the end, and empty brackets at the end
 * (`save()` is `save`). A phone makes one long dash of `--`, so both are one. Kept: everything else, so `2` is not
 * `2.0` and `'2'` inside a list is not `2`.
 */
export function normalise(text: string): string {
  const plain = fold(text)
    .replace(/-+/g, '-')
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
