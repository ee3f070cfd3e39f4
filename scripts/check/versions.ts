/** Whether a version such as `5.2.19` is in a range such as `>=5.2, <6.1`. Missing numbers count as 0. */
export function inRange(version: string, range: string): boolean {
  return [...range.matchAll(/(>=|<=|==|<|>)\s*([\d.]+)/g)].every(([, operator = '', bound = '']) =>
    holds[operator]?.(compare(version, bound)),
  );
}

const holds: Readonly<Record<string, (order: number) => boolean>> = {
  '>=': (order) => order >= 0,
  '<=': (order) => order <= 0,
  '==': (order) => order === 0,
  '<': (order) => order < 0,
  '>': (order) => order > 0,
};

/** Negative when the first is the older one. */
export function compare(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map((part) => Number.parseInt(part, 10)));
  for (let at = 0; at < 3; at++) {
    const order = (left?.[at] ?? 0) - (right?.[at] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}
