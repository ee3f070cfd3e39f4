import { Batch, type Store } from './store.js';

/** Where things of one sort come from. */
export interface Source {
  /** Unique among all sorts; with an id it names one thing. */
  readonly name: string;
  /** What the disk says, in the order of the ids. It may read several records; no record belongs to two sorts. */
  load(store: Store, ids: readonly string[]): Promise<readonly unknown[]>;
  /** Roughly what one of them takes in memory. Called after each change, so it must not take longer for larger ones. */
  bytes(value: unknown): number;
}

/** How things of one sort are kept in memory: `V` is what lies there, `S` what a change sees of it. */
export interface Kind<V, S> extends Source {
  load(store: Store, ids: readonly string[]): Promise<readonly V[]>;
  bytes(value: V): number;
  /** The view that one change has of it. */
  slot(staging: Staging<V>): S;
}

/** One thing in memory. */
export interface Entry<V = unknown> {
  readonly source: Source;
  readonly id: string;
  value: V;
  /** Changes under way that look at it. */
  pins: number;
  /** Settles with the write that holds its last change; undefined when it is as on the disk. */
  pending: Promise<void> | undefined;
}

/** A thing that a change asked for and that has to be read first. */
export interface Missing {
  readonly source: Source;
  readonly id: string;
}

/** Where a transaction finds what is in memory. */
export interface Finder {
  find(source: Source, id: string): Entry | undefined;
}

/** Ends a run of a change that looks at things which are not in memory. Never to be caught by the change. */
class MissingError extends Error {
  override readonly name = 'MissingError';
}

/** One for all: a stack trace of its own for each took longer than a change. */
const missing = new MissingError('Something has to be read first');

/** What a slot may do with its thing while the change runs; afterwards each of these throws. */
export class Staging<V> {
  readonly id: string;
  readonly #transaction: Transaction;
  readonly #entry: Entry<V>;

  constructor(transaction: Transaction, entry: Entry<V>) {
    this.id = entry.id;
    this.#transaction = transaction;
    this.#entry = entry;
  }

  /** As it is in memory; what this change stages is not in it yet. */
  get value(): V {
    this.#transaction.requireOpen();
    return this.#entry.value;
  }

  /** Writes for the same commit, as {@link Batch} takes them: they are evaluated when they are written. */
  get batch(): Batch {
    this.#transaction.requireOpen();
    return this.#transaction.batch;
  }

  /** Changes the thing in memory, when the whole change has returned. Must not throw. */
  apply(change: (value: V) => V): void {
    this.#transaction.stage(this.#entry, change);
  }
}

interface Seen {
  readonly entry: Entry;
  readonly slot: unknown;
}

const nothing: ReadonlyMap<string, Missing> = new Map();

/** One run of a change: what it looked at, and what it wants to become of it. */
export class Transaction {
  readonly changed = new Set<Entry>();
  readonly batch = new Batch();
  readonly #finder: Finder;
  readonly #seen = new Map<string, Seen>();
  readonly #applied: (() => void)[] = [];
  #missing: Map<string, Missing> | undefined;
  #isOpen = true;

  constructor(finder: Finder) {
    this.#finder = finder;
  }

  /** What has to be read before it can decide. */
  get missing(): ReadonlyMap<string, Missing> {
    return this.#missing ?? nothing;
  }

  /** What it has looked at so far. */
  *seen(): Generator<Entry> {
    for (const { entry } of this.#seen.values()) yield entry;
  }

  /** The thing of that id; the same slot however often it is asked for. */
  at<V, S>(holder: { readonly kind: Kind<V, S> }, id: string): S {
    const slot = this.#slot(holder.kind, id);
    if (slot === undefined) throw missing;
    return slot;
  }

  /** Many at once: what has to be read is read together. */
  all<V, S>(holder: { readonly kind: Kind<V, S> }, ids: readonly string[]): S[] {
    const slots = ids.map((id) => this.#slot(holder.kind, id));
    if (this.#missing) throw missing;
    return slots as S[];
  }

  /** No slot can be used from here on. */
  close(): void {
    this.#isOpen = false;
  }

  /** Puts what was staged into memory. */
  apply(): void {
    for (const change of this.#applied) change();
  }

  /** For slots. */
  stage<V>(entry: Entry<V>, change: (value: V) => V): void {
    this.requireOpen();
    this.changed.add(entry as Entry);
    this.#applied.push(() => {
      entry.value = change(entry.value);
    });
  }

  #slot<V, S>(kind: Kind<V, S>, id: string): S | undefined {
    this.requireOpen();
    const key = keyOf(kind, id);
    const known = this.#seen.get(key);
    if (known) return known.slot as S;
    const entry = this.#finder.find(kind, id) as Entry<V> | undefined;
    if (!entry) {
      this.#missing ??= new Map();
      this.#missing.set(key, { source: kind, id });
      return undefined;
    }
    const slot = kind.slot(new Staging(this, entry));
    this.#seen.set(key, { entry: entry as Entry, slot });
    return slot;
  }

  requireOpen(): void {
    if (!this.#isOpen) throw new Error('A change is over: what it looked at cannot be used any more');
  }
}

export const keyOf = (source: Source, id: string): string => `${source.name}:${id}`;
