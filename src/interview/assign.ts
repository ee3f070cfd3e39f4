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

/** Fisher and Yates' shuffle. */
export function shuffledOrder<T>(from: readonly T[], random: () => number): T[] {
  const order = [...from];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}
