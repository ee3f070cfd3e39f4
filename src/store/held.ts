import { LRUCache } from 'lru-cache';
import { bytesOf } from './bytes.js';
import { Readings } from './readings.js';
import { type Store, StoreError } from './store.js';
import { type Entry, type Finder, keyOf, type Missing, type Source, Transaction } from './transaction.js';

/** What is decided and perhaps not durable yet. */
interface Decided<R> {
  readonly result: { readonly value: R } | { readonly error: unknown };
  /** Settles with the writes that the decision rests on. */
  readonly durable: Promise<unknown> | undefined;
  /** Whether it changed something itself. */
  readonly wrote: boolean;
}

/** What all things together may take while nobody uses them. */
const usualBytes = 64 * 2 ** 20;
/** What an entry takes beside its key and its value: itself, and its place in the order of use. */
const entryBytes = 250;
/** How often a change is run again because something had to be read; each time it has got further. */
const mostRuns = 1_000;
/** How often what only looked is decided again, because a write that it had seen failed. */
const mostRereads = 8;

/**
 * The one owner of stored things in memory.
 *
 * A change is a function of a {@link Transaction}: it looks at things, stages new states of them, and decides. It
 * runs in one piece when all that it looks at is in memory; until then it is run again each time something more
 * has been read, so it must do nothing but look, stage and decide. When it returns, its states are in memory and
 * on their way to the disk; when it throws, nothing was changed. Either way its outcome is given only when
 * everything that it has *seen* is durable, what others staged before it included.
 *
 * After a failed write everything that rests on it is forgotten, and read anew by whoever asks next. What changed
 * something is rejected with a {@link StoreError}, what only looked is decided once more. So memory never shows
 * for longer than the write takes what the disk refused.
 */
export class Memory implements Finder {
  readonly store: Store;
  /** What changes under way look at, and what waits for the disk: never evicted. */
  readonly #busy = new Map<string, Entry>();
  /** Everything else; what was used longest ago goes when it takes too much together. */
  readonly #idle: LRUCache<string, Entry>;
  readonly #sources = new Set<string>();
  readonly #readings: Readings;
  /** Things that were changed, by the write that they wait for. */
  readonly #writing = new Map<Promise<void>, Set<Entry>>();
  /** By key, the last change that waits for its turn to decide. */
  readonly #turns = new Map<string, Promise<unknown>>();

  /** @param mostBytes roughly what may stay in memory of things that nobody uses */
  constructor(store: Store, { mostBytes = usualBytes }: { readonly mostBytes?: number } = {}) {
    this.store = store;
    this.#idle = new LRUCache({
      maxSize: mostBytes,
      sizeCalculation: ({ source, value }, key) => Math.ceil(entryBytes + bytesOf(key) + source.bytes(value)),
    });
    this.#readings = new Readings(store, (entry) => this.#busy.set(keyOf(entry.source, entry.id), entry));
    store.onRollback(() => this.#rollBack());
  }

  /** Takes charge of a kind. */
  hold({ name }: Source): void {
    if (this.#sources.has(name)) throw new Error(`${name} is held already`);
    this.#sources.add(name);
  }

  /** Roughly what things that nobody uses take now. */
  get idleBytes(): number {
    return this.#idle.calculatedSize;
  }

  /**
   * Runs a change.
   * @param turn changes of the same turn decide in the order of their calls, whatever has to be read for them
   * @throws StoreError when something could not be read or written: then nothing was changed
   */
  async use<R>(change: (transaction: Transaction) => R, turn?: string): Promise<R> {
    let decided = this.#atOnce(change, turn) ?? (await this.#inTurn(change, turn));
    for (let reread = 0; ; reread++) {
      try {
        await decided.durable;
        break;
      } catch (error) {
        if (decided.wrote || reread === mostRereads) throw error;
        decided = await this.#decide(change);
      }
    }
    if ('error' in decided.result) throw decided.result.error;
    return decided.result.value;
  }

  /** What is in memory of a thing. For transactions. */
  find(source: Source, id: string): Entry | undefined {
    if (!this.#sources.has(source.name)) throw new Error(`${source.name} is not held here`);
    const key = keyOf(source, id);
    return this.#busy.get(key) ?? this.#idle.get(key);
  }

  /** What is in memory of a thing and as on the disk; undefined of any other. */
  atRest(source: Source, id: string): unknown {
    const entry = this.find(source, id);
    return entry?.pending ? undefined : entry?.value;
  }

  /** Everything in memory that is as on the disk; for holding the one against the other. */
  *settled(): Generator<Entry> {
    for (const entry of this.#idle.values()) yield entry;
    for (const entry of this.#busy.values()) if (!entry.pending) yield entry;
  }

  /** What comes of it where nobody's turn is before it and all is in memory. */
  #atOnce<R>(change: (transaction: Transaction) => R, turn: string | undefined): Decided<R> | undefined {
    const isItsTurn = turn === undefined || !this.#turns.has(turn);
    return isItsTurn ? this.#run(change).decided : undefined;
  }

  #inTurn<R>(change: (transaction: Transaction) => R, turn: string | undefined): Promise<Decided<R>> {
    const before = turn === undefined ? undefined : this.#turns.get(turn);
    const deciding = before ? before.then(() => this.#decide(change)) : this.#decide(change);
    if (turn !== undefined) this.#takeTurn(turn, deciding);
    return deciding;
  }

  /** Those behind it start when it has decided, not when it is durable: changes share their writes. */
  #takeTurn(turn: string, deciding: Promise<unknown>): void {
    const rest = deciding.then(ignore, ignore);
    this.#turns.set(turn, rest);
    void rest.then(() => {
      if (this.#turns.get(turn) === rest) this.#turns.delete(turn);
    });
  }

  async #decide<R>(change: (transaction: Transaction) => R): Promise<Decided<R>> {
    const pinned = new Set<Entry>();
    try {
      for (let run = 0; run < mostRuns; run++) {
        const { decided, missing } = this.#run(change);
        if (decided) return decided;
        await this.#readings.read(missing.values(), pinned);
      }
    } finally {
      for (const entry of pinned) this.#unpin(entry);
    }
    throw new StoreError('The store refuses so many writes that nothing can be decided.', { fault: 'write' });
  }

  /** In one turn: looks, decides, and either stages everything or nothing. */
  #run<R>(change: (transaction: Transaction) => R): {
    decided?: Decided<R>;
    missing: ReadonlyMap<string, Missing>;
  } {
    const transaction = new Transaction(this);
    const result = outcomeOf(() => change(transaction));
    transaction.close();
    const { missing } = transaction;
    if (missing.size > 0) return { missing };
    const wrote = !('error' in result) && (transaction.changed.size > 0 || transaction.batch.writes.size > 0);
    const durable = wrote ? this.#commit(transaction) : lastOf(transaction.seen());
    return { missing, decided: { result, durable, wrote } };
  }

  #commit(transaction: Transaction): Promise<void> {
    try {
      transaction.apply();
    } catch (error) {
      // A fault of a kind's own. Half of the change may be in memory, and nothing of it goes to the disk.
      this.#forget(transaction.changed);
      throw error;
    }
    const written = this.store.commit(transaction.batch);
    const waiting = this.#writing.get(written) ?? this.#await(written);
    for (const entry of transaction.changed) {
      entry.pending = written;
      waiting.add(entry);
      const key = keyOf(entry.source, entry.id);
      this.#idle.delete(key);
      this.#busy.set(key, entry);
    }
    return written;
  }

  /** Many commits share a write, and so one listener. */
  #await(written: Promise<void>): Set<Entry> {
    const waiting = new Set<Entry>();
    this.#writing.set(written, waiting);
    const done = (): void => {
      this.#writing.delete(written);
      for (const entry of waiting) {
        if (entry.pending !== written) continue;
        entry.pending = undefined;
        this.#rest(entry);
      }
    };
    // Of a failure everybody learns who waits for it. The things themselves went in the rollback before, unless
    // the store took nothing any more.
    written.then(done, () => {
      this.#writing.delete(written);
      this.#forget([...waiting].filter(({ pending }) => pending === written));
    });
    return waiting;
  }

  #unpin(entry: Entry): void {
    entry.pins--;
    this.#rest(entry);
  }

  /** A thing that nobody looks at and that is on the disk may be evicted from here on. */
  #rest(entry: Entry): void {
    if (entry.pins > 0 || entry.pending) return;
    const key = keyOf(entry.source, entry.id);
    if (this.#busy.get(key) !== entry) return;
    this.#busy.delete(key);
    this.#idle.set(key, entry);
  }

  #rollBack(): void {
    this.#readings.distrust();
    for (const waiting of this.#writing.values()) this.#forget(waiting);
    this.#writing.clear();
  }

  /** Whoever asks for them next reads them anew. What took their place already stays. */
  #forget(entries: Iterable<Entry>): void {
    for (const entry of entries) {
      const key = keyOf(entry.source, entry.id);
      if (this.#busy.get(key) === entry) this.#busy.delete(key);
      if (this.#idle.peek(key) === entry) this.#idle.delete(key);
    }
  }
}

function outcomeOf<R>(decide: () => R): Decided<R>['result'] {
  try {
    return { value: decide() };
  } catch (error) {
    return { error };
  }
}

/** When all of these are durable; undefined when they are. */
function lastOf(entries: Iterable<Entry>): Promise<unknown> | undefined {
  const pending = new Set<Promise<void>>();
  for (const entry of entries) if (entry.pending) pending.add(entry.pending);
  return pending.size > 0 ? Promise.all(pending) : undefined;
}

const ignore = (): void => {};
