/** Fisher and Yates' shuffle. @param random from 0 (included) to 1 (excluded) */
export function shuffled<T>(from: readonly T[], random: () => number): T[] {
  const many = [...from];
  for (let last = many.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [many[last], many[other]] = [many[other] as T, many[last] as T];
  }
  return many;
}
