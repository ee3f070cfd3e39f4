import type { LogSlot } from '../store/log-slot.js';
import type { HeldLogs } from '../store/logs.js';
import type { Clock } from '../time/clock.js';
import { type Audit, audit } from './audit.js';
import type { Board } from './board.js';
import { HeldBoard } from './held-board.js';
import type { BoardEntry, LedgerIndex } from './ledger-index.js';
import { always, type Period, type Span } from './periods.js';
import type { StoredRow } from './rows.js';
import { Shelf } from './shelf.js';
import { spanOf } from './span.js';

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

/** A board with its place in a ledger. */
interface Shelved {
  readonly index: LedgerIndex;
  readonly key: string;
  readonly held: HeldBoard;
}

/** The boards of all servers: made of a ledger's rows when first asked for, and kept up with new ones. */
export class Boards {
  readonly #logs: HeldLogs<StoredRow, LedgerIndex>;
  readonly #clock: Clock;
  readonly #shelf: Shelf;

  /** @param mostMembers how many lines all boards in memory may have together */
  constructor(logs: HeldLogs<StoredRow, LedgerIndex>, clock: Clock, mostMembers = membersInMemory) {
    this.#logs = logs;
    this.#clock = clock;
    this.#shelf = new Shelf(mostMembers);
  }

  /** Runs `look` on a board that holds the rows of one moment; its outcome rests on nothing that is not durable. */
  async look<T>(guildId: string, filter: BoardFilter, look: (board: Board, span: Span) => T): Promise<T> {
    const span = spanNow(filter, this.#clock.now());
    const key = `${filter.period} ${span.startMs} ${filter.topic ?? ''}`;
    const lookIn = ({ boards }: LedgerIndex): { outcome: T } | undefined => {
      const entry = boards.get(key);
      if (!entry?.isFilled) return undefined;
      entry.use();
      return { outcome: look(entry.held.board, span) };
    };
    const resting = this.#logs.atRest(guildId);
    const there = resting && lookIn(resting);
    if (there) return there.outcome;
    for (let build = 0; build <= mostBuilds; build++) {
      const found = await this.#logs.use(guildId, ({ index }) => lookIn(index));
      if (found) return found.outcome;
      if (build < mostBuilds) await this.#filled(guildId, key, span, filter.topic);
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
      const made = this.#build(guildId, { index, key, held: new HeldBoard(span, topic) }, end);
      index.boards.set(key, made);
      return made;
    });
    await entry.filled;
  }

  #build(guildId: string, { index, key, held }: Shelved, end: End): BoardEntry {
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

  /** Holds a server's rows against themselves and against its boards in memory. */
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
}

type End = LogSlot<StoredRow, LedgerIndex>['end'];

function spanNow({ period, zone }: BoardFilter, nowMs: number): Span {
  return period === 'all' ? always : spanOf(period, zone, nowMs);
}
