import { bytesOf } from './bytes.js';
import type { Memory } from './held.js';
import {
  type LogType,
  readSegments,
  readSegmentsBackwards,
  readTail,
  segmentRows,
  type Tail,
} from './log-segments.js';
import { KeyedQueue } from './queue.js';
import { type Store, StoreError } from './store.js';
import type { Kind, Staging, Transaction } from './transaction.js';

/** What is kept of a log's rows beside them, e.g. an index. It is made of all rows, oldest first. */
export interface Fold<R, X> {
  /** @param end the unfinished end of the log, which is not {@link add added} where only new rows are */
  empty(end: readonly R[]): X;
  /** Takes a row in, in place. Must not throw. */
  add(index: X, row: R): void;
  /** Takes a row out that was {@link HeldLogs.drop dropped}, in place. Must not throw. */
  drop(index: X, row: R): void;
  /** Roughly what an index takes in memory, where it is more than plain data, maps and sets. */
  bytes?(index: X): number;
  /** True where only rows from now on are taken in: then opening a log reads no more than its end. */
  readonly fromNowOn?: boolean;
}

/** A log in memory: its last segment, and what was made of its rows. */
interface OpenLog<R, X> {
  readonly tail: Tail<R>;
  readonly index: X;
}

/** What a change sees of one log. */
export class LogSlot<R, X> {
  readonly #type: LogType<R>;
  readonly #fold: Fold<R, X>;
  readonly #staging: Staging<OpenLog<R, X>>;
  #next: Tail<R> | undefined;

  constructor(type: LogType<R>, fold: Fold<R, X>, staging: Staging<OpenLog<R, X>>) {
    this.#type = type;
    this.#fold = fold;
    this.#staging = staging;
  }

  /** What the {@link Fold} made of the rows; what this change appends is not in it yet. Never change it. */
  get index(): X {
    return this.#staging.value.index;
  }

  /** Rows appended so far; those that were dropped from finished segments count too. */
  get length(): number {
    const { index, rows } = this.#tail;
    return index * segmentRows + rows.length;
  }

  /** The unfinished end of the log, and the number of finished segments before it. */
  get end(): { readonly segments: number; readonly rows: readonly R[] } {
    return { segments: this.#tail.index, rows: [...this.#tail.rows] };
  }

  /** @throws StoreError for a row that its own schema refuses: it could not be read back */
  append(rows: readonly R[]): void {
    for (const row of rows) {
      if (!this.#type.row.safeParse(row).success)
        throw new StoreError(`A row of ${this.#type.segment.name} cannot be stored`, { fault: 'write' });
    }
    let tail = { index: this.#tail.index, rows: [...this.#tail.rows] };
    for (const row of rows) {
      if (tail.rows.length === segmentRows) {
        this.#write(tail);
        tail = { index: tail.index + 1, rows: [] };
      }
      tail.rows.push(row);
    }
    this.#write(tail);
    this.#next = tail;
    this.#staging.apply(({ index }) => {
      for (const row of rows) this.#fold.add(index, row);
      return { tail, index };
    });
  }

  /** Removes the whole log, which is empty from then on. */
  remove(): void {
    const { batch, id, apply } = this.#staging;
    const { head, segment } = this.#type;
    for (let index = 0; index <= this.#tail.index; index++) batch.remove(segment, `${id}:${index}`);
    batch.remove(head, `${id}:head`);
    this.#next = { index: 0, rows: [] };
    apply(() => ({ tail: { index: 0, rows: [] }, index: this.#fold.empty([]) }));
  }

  /** Takes rows out of the unfinished end. */
  dropFromEnd(isUnwanted: (row: R) => boolean): void {
    const dropped = this.#tail.rows.filter(isUnwanted);
    if (dropped.length === 0) return;
    const tail = { index: this.#tail.index, rows: this.#tail.rows.filter((row) => !isUnwanted(row)) };
    this.#next = tail;
    this.#write(tail);
    this.#staging.apply(({ index }) => {
      for (const row of dropped) this.#fold.drop(index, row);
      return { tail, index };
    });
  }

  /** Replaces a finished segment by what is kept of it. */
  rewrite(segment: number, kept: readonly R[], dropped: readonly R[]): void {
    this.#staging.batch.put(this.#type.segment, `${this.#staging.id}:${segment}`, () => kept as R[]);
    this.#staging.apply((log) => {
      for (const row of dropped) this.#fold.drop(log.index, row);
      return log;
    });
  }

  get #tail(): Tail<R> {
    return this.#next ?? this.#staging.value.tail;
  }

  #write({ index, rows }: Tail<R>): void {
    const { batch, id } = this.#staging;
    batch.put(this.#type.segment, `${id}:${index}`, () => rows);
    batch.put(this.#type.head, `${id}:head`, () => ({ rows: index * segmentRows + rows.length }));
  }
}

const noIndex: Fold<unknown, undefined> = { empty: () => undefined, add() {}, drop() {}, fromNowOn: true };

/**
 * Append-only lists of one type: `<name>:<id>:<n>` for each segment of 128 rows, and `<name>:<id>:head`. In memory
 * are the ends of those that are used, with what a {@link Fold} makes of their rows.
 */
export class HeldLogs<R, X = undefined> {
  readonly kind: Kind<OpenLog<R, X>, LogSlot<R, X>>;
  readonly #memory: Memory;
  readonly #type: LogType<R>;
  readonly #dropping = new KeyedQueue();

  constructor(memory: Memory, type: LogType<R>, fold = noIndex as Fold<R, X>) {
    this.#memory = memory;
    this.#type = type;
    this.kind = {
      name: `log ${type.segment.name}`,
      load: (store, ids) => Promise.all(ids.map((id) => openLog(store, type, fold, id))),
      bytes: ({ tail, index }) => bytesOf(tail) + (fold.bytes ?? bytesOf)(index),
      slot: (staging) => new LogSlot(type, fold, staging),
    };
    memory.hold(this.kind);
  }

  /** Runs a change of one log, after the changes of it that were begun before. See {@link Memory.use}. */
  use<T>(id: string, change: (slot: LogSlot<R, X>, transaction: Transaction) => T): Promise<T> {
    return this.#memory.use(
      (transaction) => change(transaction.at(this, id), transaction),
      `${this.kind.name}:${id}`,
    );
  }

  /** Those of many logs in which there may be rows. Past the memory: most are not there. */
  async begun(ids: readonly string[]): Promise<string[]> {
    const { store } = this.#memory;
    const { head, segment } = this.#type;
    const [heads, firsts] = await Promise.all([
      store.getMany(
        head,
        ids.map((id) => `${id}:head`),
      ),
      store.getMany(
        segment,
        ids.map((id) => `${id}:0`),
      ),
    ]);
    return ids.filter((id) => heads.has(`${id}:head`) || firsts.has(`${id}:0`));
  }

  /** Oldest first, up to the end as it is at the call. Rows of damaged segments are left out. */
  async *rows(id: string): AsyncGenerator<R> {
    for await (const rows of this.segments(id)) yield* rows;
  }

  /** As {@link rows}, a segment at a time; a third quicker over a million rows. */
  async *segments(id: string): AsyncGenerator<readonly R[]> {
    const { segments, rows } = await this.use(id, ({ end }) => end);
    yield* this.upTo(id, segments);
    yield rows;
  }

  /** Newest first, from the end as it is at the call. */
  async *newestFirst(id: string): AsyncGenerator<R> {
    const { segments, rows } = await this.use(id, ({ end }) => end);
    yield* [...rows].reverse();
    for await (const older of this.before(id, segments)) yield* older;
  }

  /** The rows of the first `segments` segments, which must be finished, a segment at a time, newest row first. */
  async *before(id: string, segments: number): AsyncGenerator<readonly R[]> {
    for await (const rows of readSegmentsBackwards(this.#memory.store, this.#type, id, segments))
      if (rows) yield rows.reverse();
  }

  /** The same, oldest row first. */
  async *upTo(id: string, segments: number): AsyncGenerator<readonly R[]> {
    for await (const rows of readSegments(this.#memory.store, this.#type, id, [0, segments]))
      if (rows) yield rows;
  }

  /**
   * Takes rows out for good, wherever they stand. Reads the whole log and commits a segment at a time; when it
   * rejects, some may be gone and others not, so do it again. Rows can be appended meanwhile. Segments keep their
   * numbers, so that those behind one that shrank stay where they are.
   */
  drop(id: string, isUnwanted: (row: R) => boolean): Promise<void> {
    // One after another: each writes what it has read.
    return this.#dropping.run(id, async () => {
      let done = 0;
      let until: number | undefined = 0;
      // Ends when no segment was finished while the ones before were read.
      do {
        await this.#dropFrom(id, [done, until], isUnwanted);
        done = until;
        until = await this.use(id, (log) => {
          if (log.end.segments > done) return log.end.segments;
          log.dropFromEnd(isUnwanted);
          return undefined;
        });
      } while (until !== undefined);
    });
  }

  async #dropFrom(
    id: string,
    [from, until]: readonly [number, number],
    isUnwanted: (row: R) => boolean,
  ): Promise<void> {
    let segment = from;
    for await (const rows of readSegments(this.#memory.store, this.#type, id, [from, until])) {
      const number = segment++;
      const dropped = rows?.filter(isUnwanted) ?? [];
      if (!rows || dropped.length === 0) continue;
      const kept = rows.filter((row) => !isUnwanted(row));
      await this.use(id, (log) => {
        // The log may have been removed since this was read, and must not come back.
        if (number < log.end.segments) log.rewrite(number, kept, dropped);
      });
    }
  }
}

async function openLog<R, X>(
  store: Store,
  type: LogType<R>,
  fold: Fold<R, X>,
  id: string,
): Promise<OpenLog<R, X>> {
  const tail = await readTail(store, type, id);
  const index = fold.empty(tail.rows);
  if (!fold.fromNowOn) {
    for await (const rows of readSegments(store, type, id, [0, tail.index]))
      for (const row of rows ?? []) fold.add(index, row);
    for (const row of tail.rows) fold.add(index, row);
  }
  return { tail, index };
}
