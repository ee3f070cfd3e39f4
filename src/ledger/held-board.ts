import { dayMs } from '../time/spans.js';
import { Board } from './board.js';
import { type Span, within } from './periods.js';
import { type LedgerRow, recordedBy, type StoredRow } from './rows.js';

/** The board of one stretch of time, and of one topic or all of them. */
export class HeldBoard {
  readonly board = new Board();
  readonly span: Span;
  readonly topic: string | undefined;

  constructor(span: Span, topic: string | undefined) {
    this.span = span;
    this.topic = topic;
  }

  /** An empty one for the same rows. */
  blank(): HeldBoard {
    return new HeldBoard(this.span, this.topic);
  }

  take(row: Pick<LedgerRow, 'member' | 'points' | 'right' | 'topic' | 'at'>): void {
    if ((this.topic === undefined || this.topic === row.topic) && within(this.span, row.at))
      this.board.add(row);
  }

  takeStored(row: StoredRow): void {
    const [, member, points, right, , topic, at] = row;
    this.take({ member, points, right: right === 1, topic, at });
  }

  /** Whether a board of that time and topic comes after this one, which nobody will ask for any more. */
  isPredecessor({ startMs, endMs }: Span, topic: string | undefined): boolean {
    const sameLength = Math.abs(this.span.endMs - this.span.startMs - (endMs - startMs)) < longestJitterMs;
    return this.topic === topic && sameLength && this.span.endMs <= startMs;
  }

  /**
   * Takes rows, a segment at a time. Sums do not care for order, so those that are booked in the meantime can be
   * taken as they come.
   * @param segments oldest first for the board of all time; else newest first, and read no further than needed
   */
  async fill(segments: AsyncIterable<readonly StoredRow[]>): Promise<void> {
    for await (const rows of segments) {
      for (const row of rows) {
        if (recordedBy(row) < this.span.startMs) return;
        this.takeStored(row);
      }
    }
  }
}

/** Months differ by three days, weeks and months by an hour where the clocks change. */
const longestJitterMs = 4 * dayMs;
