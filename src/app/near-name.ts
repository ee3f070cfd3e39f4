/**
 * What a slip of the keyboard costs. One letter for another costs more than one too many, one too few or two swapped:
 * it makes other words (PORT of POOL), the rest hardly ever does.
 */
const otherLetter = 1.5;
const mostSlips = 2;
/** Short names become others by a single letter. */
const shortName = 7;

/** The known name that was surely meant; upper and lower case are one. Undefined where none is near. */
export function nearName<N extends string>(name: string, known: readonly N[]): N | undefined {
  const written = folded(name);
  let nearest: { readonly name: N; readonly slips: number } | undefined;
  for (const each of known) {
    const most = Math.min(written.length, each.length) <= shortName ? 1 : mostSlips;
    if (Math.abs(written.length - each.length) > most) continue;
    const slips = slipsBetween(written, folded(each));
    if (slips <= most && slips < (nearest?.slips ?? Number.POSITIVE_INFINITY))
      nearest = { name: each, slips };
  }
  return nearest?.name;
}

const folded = (name: string): string => name.toUpperCase().replaceAll('-', '_');

/** The distance of optimal string alignment: https://en.wikipedia.org/wiki/Damerau–Levenshtein_distance */
function slipsBetween(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const isSame = one[i - 1] === other[j - 1];
      const isSwapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row[j] = Math.min(
        cell(last, j) + 1,
        cell(row, j - 1) + 1,
        cell(last, j - 1) + (isSame ? 0 : otherLetter),
        isSwapped ? cell(before, j - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = last;
    last = row;
  }
  return cell(last, other.length);
}

const cell = (row: readonly number[], at: number): number => row[at] ?? Number.POSITIVE_INFINITY;
