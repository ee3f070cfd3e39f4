/** Besides the own answer, everybody rates so many. */
const othersRated = 2;

export interface Owed {
  readonly by: string;
  readonly of: string;
}

/**
 * Who rates whose answer: everybody their own and the next ones around the circle, so that each answer is rated by as
 * many as its author rates. From turn to turn the distance changes, and with it the pairs.
 * @param authors in an order that stays the same from turn to turn
 */
export function assignRatings(authors: readonly string[], turn: number): Owed[] {
  const others = authors.length - 1;
  const rated = Math.min(othersRated, others);
  const distances = Array.from({ length: rated }, (_, index) => 1 + ((turn * rated + index) % others));
  return authors.flatMap((by, at) =>
    [0, ...distances].flatMap((distance) => {
      const of = authors[(at + distance) % authors.length];
      return of === undefined ? [] : [{ by, of }];
    }),
  );
}

/** More than that is asked of nobody, however many have left. */
const mostRated = 3;

/**
 * What is owed when people have come or gone: nobody who is gone owes anything, whoever is there rates their own answer
 * and two others' where there are that many, and what nobody rates any more is shared out. What somebody has handed
 * in, or may be at, stays.
 * @param authors of the answers that are shown; `present`: those of them who are there
 * @param owed as it was, of which `isDone` tells what was handed in
 */
export function sharedOut(
  authors: readonly string[],
  present: ReadonlySet<string>,
  owed: readonly Owed[],
  isDone: (pair: Owed) => boolean,
): Owed[] {
  const pairs = owed.filter((pair) => present.has(pair.by) || isDone(pair));
  const raters = authors.filter((one) => present.has(one));
  const has = (by: string, of: string): boolean => pairs.some((pair) => pair.by === by && pair.of === of);
  const load = (by: string): number => pairs.filter((pair) => pair.by === by && pair.of !== by).length;
  const rated = (of: string): number => pairs.filter((pair) => pair.of === of && pair.by !== of).length;
  for (const by of raters) if (!has(by, by)) pairs.push({ by, of: by });
  const add = (most: number, of: readonly string[]): void => {
    for (let round = 0; round < othersRated; round++)
      for (const one of least(of, rated)) {
        if (rated(one) > round) continue;
        const [by] = least(
          raters.filter((other) => other !== one && !has(other, one) && load(other) < most),
          load,
        );
        if (by !== undefined) pairs.push({ by, of: one });
      }
  };
  add(othersRated, authors);
  for (const by of raters)
    while (load(by) < othersRated) {
      const [of] = least(
        authors.filter((other) => other !== by && !has(by, other)),
        rated,
      );
      if (of === undefined) break;
      pairs.push({ by, of });
    }
  add(mostRated, raters);
  add(mostRated, authors);
  return pairs;
}

/** Those with the fewest first, else in their order. */
const least = (some: readonly string[], count: (one: string) => number): string[] =>
  [...some].sort((a, b) => count(a) - count(b));
