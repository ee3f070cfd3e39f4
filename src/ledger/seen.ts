import { bytesOf } from '../store/bytes.js';
import type { LedgerRow } from './rows.js';

/** A duplicate is a caller that stages the same answers twice, and that happens within moments. */
const generationRows = 2_048;

/**
 * The (source, member) pairs of the last rows: at least the last 2,048, at most twice as many. That a pair is
 * recorded once is the work of whoever stages a row together with its own record of having done so; this only
 * catches one that fails to, at the cost of a look-up.
 */
export class Seen {
  #young = new Set<string>();
  #old = new Set<string>();

  /** Roughly what it takes in memory. */
  get bytes(): number {
    return bytesOf(this.#young) + bytesOf(this.#old);
  }

  /** @throws Error when a pair is among the last ones, or twice among these */
  refuse(rows: readonly Pick<LedgerRow, 'source' | 'member'>[]): void {
    const added = new Set<string>();
    for (const { source, member } of rows) {
      const pair = pairOf(source, member);
      if (this.#young.has(pair) || this.#old.has(pair) || added.has(pair))
        throw new Error(`${source} is booked already for member ${member}`);
      added.add(pair);
    }
  }

  /** Remembers a row that was booked. */
  note({ source, member }: Pick<LedgerRow, 'source' | 'member'>): void {
    this.#remember(pairOf(source, member));
  }

  /** Forgets all pairs of a member. */
  drop(member: string): void {
    for (const pairs of [this.#young, this.#old])
      for (const pair of pairs) if (pair.startsWith(pairOf('', member))) pairs.delete(pair);
  }

  #remember(pair: string): void {
    if (this.#young.size >= generationRows) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    this.#young.add(pair);
  }
}

const pairOf = (source: string, member: string): string => `${member} ${source}`;
