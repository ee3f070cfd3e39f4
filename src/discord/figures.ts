/** `1,250`. */
export const number = (value: number): string => value.toLocaleString('en-US');

/** `83 %`, which no line break tears. */
export const percent = (value: number | string): string => `${value}\u00a0%`;

/** `83 % (10 of 12)`, which no line break tears. */
export const accuracy = ({ right, total }: { readonly right: number; readonly total: number }): string =>
  total === 0
    ? 'no answers'
    : `${percent(Math.round((100 * right) / total))} (${number(right)}\u00a0of\u00a0${number(total)})`;

/** A share from 0 to 1 as a row of so many cells. */
export function bar(share: number, cells: number): string {
  const full = Math.round(share * cells);
  return '█'.repeat(full) + '░'.repeat(cells - full);
}
