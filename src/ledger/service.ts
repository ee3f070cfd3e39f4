import { type HiddenMembers, nobodyHidden } from '../people/hidden.js';
import type { Memory } from '../store/held.js';
import type { LogSlot } from '../store/logs.js';
import { HeldLogs } from '../store/logs.js';
import type { Transaction } from '../store/transaction.js';
import type { Clock } from '../time/clock.js';
import { type Audit, audit } from './audit.js';
import type { Board, BoardLine } from './board.js';
import { HeldBoard } from './held-board.js';
import { type BoardEntry, type LedgerIndex, ledgerFold } from './ledger-index.js';
import { type RowPart, rowsOfMember } from './member-data.js';
import { always, type Period, type Span } from './periods.js';
import { fromStored, type LedgerRow, ledgerType, type StoredRow, toStored } from './rows.js';
import { Shelf } from './shelf.js';
import { spanOf } from './span.js';
import { VisibleBoard } from './visible.js';

/** Lines on a page of a leaderboard. */
export const pageLength = 10;
/** About 40 bytes each. */
const membersInMemory = 3_000_000;
/** How often a board is built again because its rows were rolled back or dropped meanwhile. */
const mostBuilds = 5;

/** Which leaderboard: of the current period by the wall clock of `zone` (IANA), of one topic or of all. */
export interface BoardFilter {
  readonly period: Period;
  readonly topic?: string | undefined;
  readonly zone: string;
}

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
  readonly #shelf: Shelf;

  /** @param membersOnBoards how many lines all boards in memory may have together */
  constructor(parts: {
    readonly memory: Memory;
    readonly clock: Clock;
    readonly membersOnBoards?: number;
  }) {
    this.#clock = parts.clock;
    this.#shelf = new Shelf(parts.membersOnBoards ?? membersInMemory);
    this.#logs = new HeldLogs(parts.memory, ledgerType, ledgerFold);
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
    return this.#on(guildId, filter, (whole, span) => {
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
    return this.#on(guildId, filter, (whole) => {
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
  async audit(guildId: string): Promise<Audit> {
    const open = await this.#logs.use(guildId, ({ index }) => [...index.boards.values()]);
    await Promise.all(open.map(({ filled }) => filled));
    const { index, end, copies } = await this.#logs.use(guildId, (log) => {
      const filled = [...log.index.boards.values()].filter(({ isFilled }) => isFilled);
      const blanks = new Map(filled.map(({ held }) => [held, held.blank()]));
      for (const blank of blanks.values()) log.index.copies.add(blank);
      return { index: log.index, end: log.end, copies: blanks };
    });
    try {
      return await audit(this.#upTo(guildId, end), copies, (copy) => index.copies.has(copy));
    } finally {
      for (const copy of copies.values()) index.copies.delete(copy);
    }
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

  async *membersOf(scope: string): AsyncGenerator<string> {
    for await (const { member } of this.rows(scope)) yield member;
  }

  /** Runs `look` on a board that holds the rows of one moment; its outcome rests on nothing that is not durable. */
  async #on<T>(guildId: string, filter: BoardFilter, look: (board: Board, span: Span) => T): Promise<T> {
    const span = spanNow(filter, this.#clock.now());
    const key = `${filter.period} ${span.startMs} ${filter.topic ?? ''}`;
    for (let build = 0; build < mostBuilds; build++) {
      await this.#filled(guildId, key, span, filter.topic);
      const found = await this.#logs.use(guildId, ({ index }) => {
        const entry = index.boards.get(key);
        if (!entry?.isFilled) return undefined;
        entry.use();
        return { outcome: look(entry.held.board, span) };
      });
      if (found) return found.outcome;
    }
    throw new Error(`The board ${key} of server ${guildId} could not be built: its rows kept changing`);
  }

  /** Sees that the board is in memory or on its way there, and waits for it. */
  async #filled(guildId: string, key: string, span: Span, topic: string | undefined): Promise<void> {
    const entry = await this.#logs.use(guildId, ({ index, end }) => {
      const known = index.boards.get(key);
      if (known) return known;
      for (const [other, { held }] of index.boards)
        if (held.isPredecessor(span, topic)) index.boards.delete(other);
      // Before the first row is read: what is booked from here on is not in what is read.
      const made = this.#build(guildId, index, key, new HeldBoard(span, topic), end);
      index.boards.set(key, made);
      return made;
    });
    await entry.filled;
  }

  #build(guildId: string, index: LedgerIndex, key: string, held: HeldBoard, end: End): BoardEntry {
    const drop = (): void => {
      if (index.boards.get(key)?.held === held) index.boards.delete(key);
    };
    const filled = held
      .fill(held.span === always ? this.#upTo(guildId, end) : this.#backwards(guildId, end))
      .then(
        () => {
          entry.isFilled = true;
          entry.use();
        },
        (error: unknown) => {
          drop();
          throw error;
        },
      );
    // Whoever asked for the board waits for it; nobody may be left by then.
    filled.catch(() => {});
    const use = (): void => this.#shelf.put(held, drop);
    const entry: BoardEntry = { held, filled, isFilled: false, use };
    return entry;
  }

  async *#upTo(guildId: string, { segments, rows }: End): AsyncGenerator<readonly StoredRow[]> {
    yield* this.#logs.upTo(guildId, segments);
    yield rows;
  }

  async *#backwards(guildId: string, { segments, rows }: End): AsyncGenerator<readonly StoredRow[]> {
    yield [...rows].reverse();
    yield* this.#logs.before(guildId, segments);
  }
}

type End = LogSlot<StoredRow, LedgerIndex>['end'];

function spanNow({ period, zone }: BoardFilter, nowMs: number): Span {
  return period === 'all' ? always : spanOf(period, zone, nowMs);
}
