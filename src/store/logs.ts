import { bytesOf } from './bytes.js';
import type { Memory } from './held.js';
import { type LogType, readSegments, readSegmentsBackwards, readTail } from './log-segments.js';
import { type Fold, LogSlot, type OpenLog } from './log-slot.js';
import { KeyedQueue } from './queue.js';
import type { Store } from './store.js';
import type { Kind, Transaction } from './transaction.js';

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
      bytes: ({ tail, index }) => tail.bytes + (fold.bytes ?? bytesOf)(index),
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

  /**
   * What the {@link Fold} made of a log that is in memory and as on the disk, for a look of this moment that is cheaper
   * than a transaction; undefined of any other, for which there is {@link use}. Never change it.
   */
  atRest(id: string): X | undefined {
    return (this.#memory.atRest(this.kind, id) as OpenLog<R, X> | undefined)?.index;
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
