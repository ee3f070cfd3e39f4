import type { RecordLog } from '../store/log.js';
import { Board } from './board.js';
import { always, type Span, within } from './periods.js';
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

  isOf({ startMs, endMs }: Span): boolean {
    return this.span.startMs === startMs && this.span.endMs === endMs;
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

  /**
   * Takes the rows that the log holds at the call. Sums do not care for order, so those that are recorded in
   * the meantime can be taken as they come.
   */
  async fill(log: RecordLog<StoredRow>): Promise<void> {
    if (this.span === always) {
      for await (const rows of log.segments()) for (const row of rows) this.takeStored(row);
      return;
    }
    for await (const row of log.newestFirst()) {
      if (recordedBy(row) < this.span.startMs) return;
      this.takeStored(row);
    }
  }
}
