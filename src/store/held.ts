import type { RecordType, Store } from './store.js';

/**
 * Records of one type that are changed in memory: at any time one object an id. Change it in the turn in which
 * `get` gave it, together with a `commit`. Those used longest ago are let go; after a rollback all are.
 */
export class HeldRecords<T> {
  /** In the order of use, longest ago first. */
  readonly #held = new Map<string, Promise<T | undefined>>();

  constructor(
    private readonly store: Store,
    private readonly type: RecordType<T>,
    private readonly most: number,
  ) {
    store.onRollback(() => this.#held.clear());
  }

  /** The record, or what `make` gives where there is none. */
  async get(id: string, make: () => T): Promise<T>;
  async get(id: string): Promise<T | undefined>;
  async get(id: string, make?: () => T): Promise<T | undefined> {
    const held = this.#held.get(id) ?? this.#read(id, make);
    this.#held.delete(id);
    this.#held.set(id, held);
    this.#trim();
    return held;
  }

  /** Holds a new record, which the caller commits. */
  add(id: string, value: T): void {
    this.#held.delete(id);
    this.#held.set(id, Promise.resolve(value));
    this.#trim();
  }

  /** Lets go of records that are removed from the disk. */
  drop(ids: Iterable<string>): void {
    for (const id of ids) this.#held.delete(id);
  }

  async #read(id: string, make: (() => T) | undefined): Promise<T | undefined> {
    try {
      const value = (await this.store.get(this.type, id)) ?? make?.();
      if (value === undefined) this.#held.delete(id);
      return value;
    } catch (error) {
      this.#held.delete(id);
      throw error;
    }
  }

  #trim(): void {
    for (const id of this.#held.keys()) {
      if (this.#held.size <= this.most) return;
      this.#held.delete(id);
    }
  }
}
