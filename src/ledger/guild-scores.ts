import { RecordLog } from '../store/log.js';
import { type Batch, type Store, StoreError } from '../store/store.js';
import type { Clock } from '../time/clock.js';
import { type Audit, audit } from './audit.js';
import type { Board, BoardLine } from './board.js';
import { HeldBoard } from './held-board.js';
import { always, type Period, type Span } from './periods.js';
import { fromStored, type LedgerRow, ledgerType, type StoredRow, toStored } from './rows.js';
import { Seen } from './seen.js';
import type { Shelf } from './shelf.js';

/** Lines on a page of a leaderboard. */
export const pageLength = 10;

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

interface Entry {
  readonly held: HeldBoard;
  readonly filled: Promise<void>;
  readonly drop: () => void;
}

/** What is in memory of a server's ledger. Given up as a whole when the store rolled back. */
interface Loaded {
  readonly log: RecordLog<StoredRow>;
  readonly seen: Seen;
  readonly boards: Map<string, Entry>;
  /** Boards of audits under way. */
  readonly copies: Set<HeldBoard>;
}

/** One server's ledger and leaderboards. Boards are built from the rows when first asked for. */
export class GuildScores {
  #loaded: Loaded | undefined;
  #loading: Promise<Loaded> | undefined;

  readonly #parts: { readonly store: Store; readonly clock: Clock; readonly shelf: Shelf };
  readonly guildId: string;

  constructor(
    parts: { readonly store: Store; readonly clock: Clock; readonly shelf: Shelf },
    guildId: string,
  ) {
    this.#parts = parts;
    this.guildId = guildId;
  }

  /** Reads the end of the ledger, if that is not in memory. */
  async ready(): Promise<void> {
    await this.#load();
  }

  /**
   * Stages rows, which become durable with the caller's own records. Call it after {@link Scores.open} and
   * commit `batch` in the same turn of the event loop.
   * @throws StoreError when the store rolled back since the scores were opened
   * @throws RangeError for a row that could not be read back
   * @throws Error for an answer that was recorded a moment ago; in all cases nothing is staged
   */
  stage(batch: Batch, rows: readonly LedgerRow[]): void {
    const loaded = this.#loaded;
    if (!loaded || loaded.log.stale)
      throw new StoreError(
        `The scores of server ${this.guildId} were rolled back and have to be opened again.`,
      );
    const nowMs = this.#parts.clock.now();
    const stored = rows.map((row) => toStored(row, nowMs));
    loaded.seen.add(rows);
    loaded.log.append(batch, stored);
    for (const { held } of loaded.boards.values()) for (const row of rows) held.take(row);
    for (const copy of loaded.copies) for (const row of rows) copy.take(row);
  }

  /**
   * Ten lines of a leaderboard: those of a page (the nearest there is), or those around a member, which are
   * the first ones for somebody who is not on the board.
   */
  async page(filter: BoardFilter, where: { index: number } | { member: string }): Promise<BoardPage> {
    const { board, span } = await this.#held(filter);
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
  }

  /** A member's line; undefined for somebody without an answer in it. */
  async rank(filter: BoardFilter, member: string): Promise<BoardLine | undefined> {
    const { board } = await this.#held(filter);
    return board.standing(member);
  }

  /** All rows, oldest first. */
  async *rows(): AsyncGenerator<LedgerRow> {
    const { log } = await this.#load();
    for await (const rows of log.segments()) for (const row of rows) yield fromStored(row);
  }

  /** Holds the rows against themselves and against the boards in memory. */
  async audit(): Promise<Audit> {
    const loaded = await this.#load();
    const held = [...loaded.boards.values()];
    await Promise.all(held.map(({ filled }) => filled));
    const copies = new Map(held.map((one) => [one.held, one.held.blank()]));
    for (const copy of copies.values()) loaded.copies.add(copy);
    try {
      return await audit(loaded.log, copies);
    } finally {
      for (const copy of copies.values()) loaded.copies.delete(copy);
    }
  }

  /** Stages the removal of everything; same terms as {@link stage}. */
  remove(batch: Batch): void {
    this.#loaded?.log.remove(batch);
    this.#loaded = undefined;
  }

  /** Removes a member's rows and their lines on all boards. After a failure: once more. */
  async forgetMember(member: string): Promise<void> {
    const { log, seen, boards } = await this.#load();
    await log.drop((row) => row[1] === member);
    seen.drop(member);
    // Built anew from what is left, those included that are being built from what was there.
    boards.clear();
  }

  async #load(): Promise<Loaded> {
    while (!this.#loaded || this.#loaded.log.stale) {
      this.#loading ??= this.#read().finally(() => {
        this.#loading = undefined;
      });
      this.#loaded = await this.#loading;
    }
    return this.#loaded;
  }

  async #read(): Promise<Loaded> {
    const log = await RecordLog.open(this.#parts.store, ledgerType, this.guildId);
    return { log, seen: await seenAtTheEnd(log), boards: new Map(), copies: new Set() };
  }

  /** The board as it should be now: that of a period that is over is replaced. */
  async #held(filter: BoardFilter): Promise<{ board: Board; span: HeldBoard['span'] }> {
    const span = await spanNow(filter, this.#parts.clock.now());
    const key = `${filter.period} ${filter.topic ?? ''}`;
    for (;;) {
      const loaded = await this.#load();
      let entry = loaded.boards.get(key);
      if (!entry?.held.isOf(span)) entry = this.#build(loaded, key, new HeldBoard(span, filter.topic));
      await entry.filled;
      // Rolled back, or begun before a member was forgotten.
      if (loaded.log.stale || loaded.boards.get(key) !== entry) continue;
      this.#parts.shelf.use(entry.held, entry.drop);
      return entry.held;
    }
  }

  #build({ boards, log }: Loaded, key: string, held: HeldBoard): Entry {
    const drop = (): void => {
      if (boards.get(key)?.held === held) boards.delete(key);
    };
    // On the list before the first row is read: what is recorded from here on is not in what is read.
    const entry = { held, drop, filled: held.fill(log) };
    boards.set(key, entry);
    entry.filled.then(() => {
      this.#parts.shelf.use(held, drop);
      this.#parts.shelf.trim();
    }, drop);
    return entry;
  }
}

/** Rows of a segment of the log: the last, unfinished one is in memory when the log was opened. */
const segmentRows = 128;

/** After a start, the likeliest answers to be recorded twice are the last ones. */
async function seenAtTheEnd(log: RecordLog<StoredRow>): Promise<Seen> {
  const last: LedgerRow[] = [];
  const count = log.length % segmentRows;
  if (count > 0) for await (const row of log.newestFirst()) if (last.push(fromStored(row)) === count) break;
  const seen = new Seen();
  for (const row of last) seen.note(row);
  return seen;
}

/** Calendars are loaded when the first board of a week or a month is asked for, not at the start. */
async function spanNow({ period, zone }: BoardFilter, nowMs: number): Promise<Span> {
  if (period === 'all') return always;
  const { spanOf } = await import('./span.js');
  return spanOf(period, zone, nowMs);
}
