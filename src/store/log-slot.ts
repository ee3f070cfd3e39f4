import type { LogType } from './log-segments.js';
import { segmentRows, Tail } from './log-tail.js';
import { Json, StoreError } from './store.js';
import type { Staging } from './transaction.js';

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
export interface OpenLog<R, X> {
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
    return this.#tail.length;
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
    let tail = this.#tail;
    for (let done = 0; done < rows.length; ) {
      if (tail.rows.length === segmentRows) tail = tail.next();
      const before = tail.rows.length;
      tail = tail.with(rows, done);
      done += tail.rows.length - before;
      this.#write(tail, before === 0);
    }
    this.#next = tail;
    this.#staging.apply(({ index }) => {
      for (const row of rows) this.#fold.add(index, row);
      return { tail, index };
    });
  }

  /** Removes the whole log, which is empty from then on. */
  remove(): void {
    const { batch, id } = this.#staging;
    const { head, segment } = this.#type;
    for (let index = 0; index <= this.#tail.index; index++) batch.remove(segment, `${id}:${index}`);
    batch.remove(head, `${id}:head`);
    this.#next = new Tail<R>(0);
    this.#staging.apply(() => ({ tail: new Tail<R>(0), index: this.#fold.empty([]) }));
  }

  /** Takes rows out of the unfinished end. */
  dropFromEnd(isUnwanted: (row: R) => boolean): void {
    const dropped = this.#tail.rows.filter(isUnwanted);
    if (dropped.length === 0) return;
    const kept = this.#tail.rows.filter((row) => !isUnwanted(row));
    const tail = new Tail(this.#tail.index, kept);
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

  /** @param begins whether the segment is new: of others the head knows */
  #write(tail: Tail<R>, begins = false): void {
    const { batch, id } = this.#staging;
    const { head, segment } = this.#type;
    batch.put(segment, `${id}:${tail.index}`, () => new Json(tail.json));
    if (begins) batch.put(head, `${id}:head`, () => ({ rows: tail.length }));
  }
}
