import type { Fold } from '../store/log-slot.js';
import type { HeldBoard } from './held-board.js';
import { fromStored, type StoredRow } from './rows.js';
import { Seen } from './seen.js';

/** A board in memory, or on its way there. */
export interface BoardEntry {
  readonly held: HeldBoard;
  readonly filled: Promise<void>;
  isFilled: boolean;
  /** Says that it was used; those used longest ago go first. */
  use(): void;
}

/** What is in memory of a server's ledger beside the end of its rows. */
export interface LedgerIndex {
  readonly seen: Seen;
  /** By period, its start, and topic; made from the rows when first asked for, and kept up with new ones. */
  readonly boards: Map<string, BoardEntry>;
  /** Boards of audits under way, which take new rows too. */
  readonly copies: Set<HeldBoard>;
}

/** After a start, the likeliest answers to be booked twice are the last ones: those of the unfinished end. */
export const ledgerFold: Fold<StoredRow, LedgerIndex> = {
  fromNowOn: true,
  empty(end) {
    const seen = new Seen();
    for (const row of end) seen.note(fromStored(row));
    return { seen, boards: new Map(), copies: new Set() };
  },
  // Boards are weighed where they lie, on the shelf.
  bytes: ({ seen }) => seen.bytes,
  add({ seen, boards, copies }, row) {
    seen.note(fromStored(row));
    for (const { held } of boards.values()) held.takeStored(row);
    for (const copy of copies) copy.takeStored(row);
  },
  drop({ seen, boards, copies }, [, member]) {
    seen.drop(member);
    // Built anew from what is left, those included that are being built from what was there.
    boards.clear();
    copies.clear();
  },
};
