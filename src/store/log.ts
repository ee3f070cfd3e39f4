import { z } from 'zod';
import { Batch, type RecordType, recordType, type Store, StoreError } from './store.js';

/** A kind of append-only list. */
export interface LogType<T> {
  readonly head: RecordType<Head>;
  readonly segment: RecordType<T[]>;
}

type Head = z.infer<typeof headSchema>;
const headSchema = z.object({ rows: z.int().nonnegative() });

/** Rows of a segment: few enough to be rewritten at each append, many enough to read a million rows quickly. */
const segmentRows = 128;
/** Segments that are read at once. */
const segmentsAtOnce = 32;

/** @param migrations as in {@link recordType}, each turning *one row* of version n into one of version n + 1 */
export function logType<T>(
  name: string,
  row: z.ZodType<T>,
  version = 1,
  migrations: RecordType<T>['migrations'] = {},
): LogType<T> {
  const ofSegment = Object.entries(migrations).map(([from, migrate]) => [
    from,
    (data: unknown) => z.array(z.unknown()).parse(data).map(migrate),
  ]);
  return {
    head: recordType(name, headSchema),
    segment: recordType(name, z.array(row), version, Object.fromEntries(ofSegment)),
  };
}

interface Tail<T> {
  readonly index: number;
  readonly rows: T[];
}

/**
 * An append-only list in records of its own: `<name>:<id>:<n>` for each segment of 128 rows, and
 * `<name>:<id>:head`. One log has one holder at a time, which opens it once and keeps it. When the store
 * rolled back, the log in memory may have run ahead of the disk: it is {@link stale} then, refuses appends,
 * and has to be opened again.
 */
export class RecordLog<T> {
  readonly #store: Store;
  readonly #type: LogType<T>;
  readonly #id: string;
  readonly #rollbacks: { readonly count: number };
  readonly #openedAt: number;
  #tail: Tail<T> = { index: 0, rows: [] };
  #dropped = Promise.resolve();

  private constructor(store: Store, type: LogType<T>, id: string) {
    this.#store = store;
    this.#type = type;
    this.#id = id;
    this.#rollbacks = rollbacksOf(store);
    this.#openedAt = this.#rollbacks.count;
  }

  /** Reads the head and the last segment only. */
  static async open<T>(store: Store, type: LogType<T>, id: string): Promise<RecordLog<T>> {
    const log = new RecordLog(store, type, id);
    const head = await store.get(type.head, `${id}:head`);
    const index = head === undefined ? await log.#lastSegment() : Math.floor(head.rows / segmentRows);
    log.#tail = { index, rows: (await log.#segment(index)) ?? [] };
    return log;
  }

  /** Rows appended so far; those that were damaged or {@link drop dropped} since count too, save in the last segment. */
  get length(): number {
    return this.#tail.index * segmentRows + this.#tail.rows.length;
  }

  /** True when the store rolled changes back since this log was opened. */
  get stale(): boolean {
    return this.#rollbacks.count !== this.#openedAt;
  }

  /** Stages the rows; commit `batch` in the same turn of the event loop. Throws on a {@link stale} log. */
  append(batch: Batch, rows: readonly T[]): void {
    this.#refuseWhenStale();
    for (const row of rows) {
      if (this.#tail.rows.length === segmentRows) this.#tail = { index: this.#tail.index + 1, rows: [] };
      this.#tail.rows.push(row);
      this.#stage(batch, this.#tail);
    }
  }

  /** Oldest first, up to the end as it is at the call. Rows of damaged segments are left out. */
  rows(): AsyncGenerator<T> {
    return flat(this.segments());
  }

  /** As {@link rows}, a segment at a time; a third quicker over a million rows. */
  segments(): AsyncGenerator<T[]> {
    return this.#forwards(this.#snapshot());
  }

  /** Newest first, from the end as it is at the call. */
  newestFirst(): AsyncGenerator<T> {
    return flat(this.#backwards(this.#snapshot()));
  }

  /** Stages the removal of the whole log, which is empty from then on. */
  remove(batch: Batch): void {
    for (let index = 0; index <= this.#tail.index; index++)
      batch.remove(this.#type.segment, this.#key(index));
    batch.remove(this.#type.head, `${this.#id}:head`);
    this.#tail = { index: 0, rows: [] };
  }

  /**
   * Takes rows out for good, wherever they stand. Reads the whole log and commits by itself, some segments at a
   * time; when it rejects, some may be gone and others not, so do it again. Rows can be appended meanwhile.
   */
  drop(isUnwanted: (row: T) => boolean): Promise<void> {
    // One after another: each writes what it has read.
    const dropping = this.#dropped.then(() => this.#drop(isUnwanted));
    this.#dropped = dropping.catch(() => {});
    return dropping;
  }

  /** Segments keep their numbers, so that those behind one that shrank stay where they are. */
  async #drop(isUnwanted: (row: T) => boolean): Promise<void> {
    for (let from = 0; from < this.#tail.index; from += segmentsAtOnce) {
      const until = Math.min(from + segmentsAtOnce, this.#tail.index);
      const found = await this.#store.getMany(this.#type.segment, this.#keys(from, until));
      this.#refuseWhenStale();
      const batch = new Batch();
      for (const [key, rows] of found) {
        const kept = rows.filter((row) => !isUnwanted(row));
        if (kept.length < rows.length) batch.put(this.#type.segment, key, () => kept);
      }
      await this.#store.commit(batch);
    }
    this.#refuseWhenStale();
    const kept = this.#tail.rows.filter((row) => !isUnwanted(row));
    if (kept.length === this.#tail.rows.length) return;
    this.#tail = { index: this.#tail.index, rows: kept };
    const batch = new Batch();
    this.#stage(batch, this.#tail);
    await this.#store.commit(batch);
  }

  #refuseWhenStale(): void {
    if (this.stale) throw new StoreError(`The log ${this.#id} was rolled back and has to be opened again.`);
  }

  #stage(batch: Batch, tail: Tail<T>): void {
    batch.put(this.#type.segment, this.#key(tail.index), () => tail.rows);
    batch.put(this.#type.head, `${this.#id}:head`, () => ({ rows: this.length }));
  }

  async *#forwards(last: Tail<T>): AsyncGenerator<T[]> {
    for (let from = 0; from < last.index; from += segmentsAtOnce) {
      yield* await this.#read(from, Math.min(from + segmentsAtOnce, last.index));
    }
    yield last.rows;
  }

  async *#backwards(last: Tail<T>): AsyncGenerator<T[]> {
    yield last.rows.reverse();
    for (let until = last.index; until > 0; until -= segmentsAtOnce) {
      const found = await this.#read(Math.max(0, until - segmentsAtOnce), until);
      for (const rows of found.reverse()) yield rows.reverse();
    }
  }

  #snapshot(): Tail<T> {
    return { index: this.#tail.index, rows: [...this.#tail.rows] };
  }

  async #segment(index: number): Promise<T[] | undefined> {
    return this.#store.get(this.#type.segment, this.#key(index));
  }

  async #read(from: number, until: number): Promise<T[][]> {
    const found = await this.#store.getMany(this.#type.segment, this.#keys(from, until));
    return [...found.values()];
  }

  #keys(from: number, until: number): string[] {
    return Array.from({ length: until - from }, (_, offset) => this.#key(from + offset));
  }

  /** For a log whose head was damaged: doubles until there is no segment, then halves the gap. */
  async #lastSegment(): Promise<number> {
    let above = 1;
    while ((await this.#segment(above)) !== undefined) above *= 2;
    let last = Math.floor(above / 2);
    while (above - last > 1) {
      const middle = Math.floor((above + last) / 2);
      if ((await this.#segment(middle)) === undefined) above = middle;
      else last = middle;
    }
    return last;
  }

  #key(index: number): string {
    return `${this.#id}:${index}`;
  }
}

async function* flat<T>(segments: AsyncGenerator<T[]>): AsyncGenerator<T> {
  for await (const rows of segments) yield* rows;
}

/** One listener for each store: a log that nobody holds any more can then be collected. */
const rollbacks = new WeakMap<Store, { count: number }>();

function rollbacksOf(store: Store): { readonly count: number } {
  const known = rollbacks.get(store);
  if (known !== undefined) return known;
  const counter = { count: 0 };
  store.onRollback(() => counter.count++);
  rollbacks.set(store, counter);
  return counter;
}
