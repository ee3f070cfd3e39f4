/** `start: ours 410 ms, least bot 320 ms, ratio 1.28 (at most 1.5)`; the form that `main.ts` judges. */
export function ratioLine(
  name: string,
  { ours, theirs, unit, than }: { ours: number; theirs: number; unit: string; than: string },
  atMost?: number,
): string {
  const limit = atMost === undefined ? '' : ` (at most ${atMost})`;
  const figures = `ours ${round(ours)} ${unit}, ${than} ${round(theirs)} ${unit}`;
  return `${name}: ${figures}, ratio ${(ours / theirs).toFixed(2)}${limit}`;
}

export function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const print = (line: string): void => void process.stdout.write(`${line}\n`);
