import { bytesOf } from './bytes.js';
import type { Memory } from './held.js';
import { type RecordType, type Store, StoreError } from './store.js';
import type { Kind, Staging, Transaction } from './transaction.js';

/** What a change sees of one record. */
export class RecordSlot<T> {
  readonly #type: RecordType<T>;
  readonly #staging: Staging<T | undefined>;
  #next: { readonly value: T | undefined } | undefined;

  constructor(type: RecordType<T>, staging: Staging<T | undefined>) {
    this.#type = type;
    this.#staging = staging;
  }

  /** The record with what this change has made of it; undefined where there is none. Never change it in place. */
  get value(): T | undefined {
    return this.#next ? this.#next.value : this.#staging.value;
  }

  /** @throws StoreError for a value that its own schema refuses: it could not be read back */
  set(value: T): void {
    const checked = this.#type.schema.safeParse(value);
    if (!checked.success)
      throw new StoreError(
        `A ${this.#type.name} cannot be stored: ${checked.error.issues[0]?.path.join('.')}`,
        { fault: 'write', cause: checked.error },
      );
    this.#stage(value);
  }

  remove(): void {
    this.#stage(undefined);
  }

  #stage(value: T | undefined): void {
    const { batch, id } = this.#staging;
    this.#next = { value };
    this.#staging.apply(() => value);
    if (value === undefined) batch.remove(this.#type, id);
    else batch.put(this.#type, id, () => value);
  }
}

/** The records of one type, in memory while they are used. */
export class HeldRecords<T> {
  readonly kind: Kind<T | undefined, RecordSlot<T>>;
  readonly #memory: Memory;
  readonly #type: RecordType<T>;

  constructor(memory: Memory, type: RecordType<T>) {
    this.#memory = memory;
    this.#type = type;
    this.kind = {
      name: type.name,
      async load(store: Store, ids) {
        const [only] = ids;
        if (ids.length === 1 && only !== undefined) return [await store.get(type, only)];
        const found = await store.getMany(type, ids);
        return ids.map((id) => found.get(id));
      },
      bytes: bytesOf,
      slot: (staging) => new RecordSlot(type, staging),
    };
    memory.hold(this.kind);
  }

  /** Runs a change of one record, after the changes of it that were begun before. See {@link Memory.use}. */
  use<R>(id: string, change: (slot: RecordSlot<T>, transaction: Transaction) => R): Promise<R> {
    const turn = `${this.kind.name}:${id}`;
    return this.#memory.use((transaction) => change(transaction.at(this, id), transaction), turn);
  }

  /** The record as it is on the disk, what is on its way there included. */
  get(id: string): Promise<T | undefined> {
    return this.use(id, ({ value }) => value);
  }

  /** The record where it is in memory and as on the disk, for a quick look; else {@link get} it. */
  atRest(id: string): T | undefined {
    return this.#memory.atRest(this.kind, id) as T | undefined;
  }

  /** Those that exist, by id. */
  getMany(ids: readonly string[]): Promise<Map<string, T>> {
    return this.#memory.use((transaction) => {
      const found = new Map<string, T>();
      for (const [index, { value }] of transaction.all(this, ids).entries())
        if (value !== undefined) found.set(ids[index] as string, value);
      return found;
    });
  }

  /**
   * As {@link getMany}, for a look over many of which most are absent: those cost a place in one read and nothing else,
   * neither a turn through a transaction nor room in memory.
   */
  async present(ids: readonly string[]): Promise<Map<string, T>> {
    const { store } = this.#memory;
    const isHeld = (id: string): boolean => this.#memory.find(this.kind, id) !== undefined;
    const absent = new Set(ids.filter((id) => !isHeld(id)));
    for (const id of (await store.getMany(this.#type, [...absent])).keys()) absent.delete(id);
    // In the order of changes, for it may have changed since.
    return this.getMany(ids.filter((id) => !absent.has(id) || isHeld(id)));
  }
}
