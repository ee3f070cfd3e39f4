import { fromStored, type LedgerRow, type StoredRow } from '../../../src/ledger/rows.js';

/** What a row of the ledger has to say, by {@link keyOfRow}, with whom it is from. */
export type Expected = Map<string, Pick<LedgerRow, 'points' | 'right'>>;

export const keyOfRow = (source: string, member: string): string => `${source} ${member}`;

/** Rows that are told one by one; of more, only their number. */
const mostTold = 5;

/** Says where rows of the sources that start so and what they should be differ. */
export function differences(rows: readonly StoredRow[], expected: Expected, start: string): string[] {
  const faults: string[] = [];
  const seen = new Set<string>();
  for (const stored of rows) {
    const { source, member, points, right } = fromStored(stored);
    if (!source.startsWith(start)) continue;
    const key = keyOfRow(source, member);
    seen.add(key);
    const wanted = expected.get(key);
    if (!wanted) faults.push(`${key} has points in the ledger, and no answer that earned them`);
    else if (wanted.points !== points || wanted.right !== right)
      faults.push(
        `${key} has ${points} points (${right ? 'right' : 'wrong'}) in the ledger, the answer earned ${wanted.points} (${wanted.right ? 'right' : 'wrong'})`,
      );
  }
  for (const key of expected.keys()) if (!seen.has(key)) faults.push(`${key} is missing in the ledger`);
  return shortened(faults);
}

export function shortened(faults: readonly string[]): string[] {
  if (faults.length <= mostTold + 1) return [...faults];
  return [...faults.slice(0, mostTold), `and ${faults.length - mostTold} more like these`];
}
