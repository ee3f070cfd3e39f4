import { type HiddenMembers, nobodyHidden } from '../people/hidden.js';
import type { Memory } from '../store/held.js';
import { HeldLogs } from '../store/logs.js';
import type { Transaction } from '../store/transaction.js';
import type { Clock } from '../time/clock.js';
import type { Audit } from './audit.js';
import type { BoardLine } from './board.js';
import { type BoardFilter, Boards } from './boards.js';
import { type LedgerIndex, ledgerFold } from './ledger-index.js';
import { type RowPart, rowsOfMember } from './member-data.js';
import { fromStored, type LedgerRow, ledgerType, type StoredRow, toStored } from './rows.js';
import { VisibleBoard } from './visible.js';

/** Lines on a page of a leaderboard. */
const pageLength = 10;

export interface BoardPage {
  /** From 0, and the number of pages: at least one, which may be empty. */
  readonly index: number;
  readonly pages: number;
  /** Members on the whole board: everybody who answered. */
  readonly members: number;
  readonly rows: readonly BoardLine[];
  /** When the period began; undefined for all time. */
  readonly sinceMs: number | undefined;
}

/** The points of all servers: one row for each source and member, and the boards that are made of the rows. */
export class Ledger {
  readonly name = 'ledger';
  readonly memberData = rowsOfMember;
  readonly #clock: Clock;
  readonly #logs: HeldLogs<StoredRow, LedgerIndex>;
  readonly #boards: Boards;

  /** @param membersOnBoards how many lines all boards in memory may have together */
  constructor(parts: {
    readonly memory: Memory;
    readonly clock: Clock;
    readonly membersOnBoards?: number;
  }) {
    this.#clock = parts.clock;
    this.#logs = new HeldLogs(parts.memory, ledgerType, ledgerFold);
    this.#boards = new Boards(this.#logs, parts.clock, parts.membersOnBoards);
  }

  /**
   * Books rows, in a change that also stores why.
   * @throws RangeError for a row that could not be read back
   * @throws Error for an answer that was booked a moment ago: whoever books keeps a record of having done so
   */
  book(change: Transaction, guildId: string, rows: readonly LedgerRow[]): void {
    const log = change.at(this.#logs, guildId);
    const nowMs = this.#clock.now();
    log.index.seen.refuse(rows);
    log.append(rows.map((row) => toStored(row, nowMs)));
  }

  /**
   * Ten lines of a leaderboard: those of a page (the nearest there is), or those around a member, which are
   * the first ones for somebody who is not on the board.
   * @param hidden left out, but for the member around whom it is
   */
  page(
    guildId: string,
    filter: BoardFilter,
    where: { readonly index: number } | { readonly member: string },
    hidden: HiddenMembers = nobodyHidden,
  ): Promise<BoardPage> {
    return this.#boards.look(guildId, filter, (whole, span) => {
      const board = new VisibleBoard(whole, hidden, 'member' in where ? where.member : undefined);
      const pages = Math.max(1, Math.ceil(board.size / pageLength));
      const wanted =
        'index' in where ? where.index : Math.floor((board.placeOf(where.member) ?? 0) / pageLength);
      const index = Math.min(pages - 1, Math.max(0, Math.trunc(wanted) || 0));
      return {
        index,
        pages,
        members: board.size,
        rows: board.slice(index * pageLength, pageLength),
        sinceMs: Number.isFinite(span.startMs) ? span.startMs : undefined,
      };
    });
  }

  /**
   * A member's line, and that of whoever is one place better; undefined for somebody without an answer in it.
   * @param hidden counted as if they were not there, but for the member
   */
  rank(
    guildId: string,
    filter: BoardFilter,
    member: string,
    hidden: HiddenMembers = nobodyHidden,
  ): Promise<{ readonly own: BoardLine; readonly ahead: BoardLine | undefined } | undefined> {
    return this.#boards.look(guildId, filter, (whole) => {
      const board = new VisibleBoard(whole, hidden, member);
      const own = board.standing(member);
      if (!own) return undefined;
      const [ahead] = own.rank > 1 ? board.slice(own.rank - 2, 1) : [];
      return { own, ahead };
    });
  }

  /** All rows, oldest first. */
  async *rows(guildId: string): AsyncGenerator<LedgerRow> {
    for await (const rows of this.#logs.segments(guildId)) for (const row of rows) yield fromStored(row);
  }

  /**
   * Holds the rows against themselves and against the boards in memory. A board that was given up meanwhile, because
   * rows were dropped or rolled back, is left out.
   */
  audit(guildId: string): Promise<Audit> {
    return this.#boards.audit(guildId);
  }

  /** Removes a server's ledger. */
  async forgetScope(guildId: string): Promise<void> {
    await this.#logs.use(guildId, (log) => log.remove());
  }

  /** Removes a member's rows and their lines on all boards; reads the whole ledger. After a failure: once more. */
  async forgetMember(guildId: string, member: string): Promise<void> {
    await this.#logs.drop(guildId, ([, of]) => of === member);
  }

  /** A member's rows; reads the whole ledger. */
  async exportMember(scope: string, member: string): Promise<unknown> {
    const found: RowPart[] = [];
    for await (const { member: of, ...row } of this.rows(scope)) if (of === member) found.push(row);
    return found.length > 0 ? found : undefined;
  }

  scopesWithMembers(scopes: readonly string[]): Promise<readonly string[]> {
    return this.#logs.begun(scopes);
  }

  async *membersOf(scope: string): AsyncGenerator<string> {
    for await (const { member } of this.rows(scope)) yield member;
  }
}
