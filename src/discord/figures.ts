/** `1,250`. */
export const number = (value: number): string => value.toLocaleString('en-US');

/** `83 % (10 of 12)`. */
export const accuracy = ({ right, total }: { readonly right: number; readonly total: number }): string =>
  total === 0
    ? 'no answers'
    : `${Math.round((100 * right) / total)} % (${number(right)} of ${number(total)})`;
