import { createHash } from 'node:crypto';
import { Keyv, type KeyvStoreAdapter } from 'keyv';
import type { Logger } from 'pino';
import { z } from 'zod';
import { GroupCommit } from './group-commit.js';
import { asFound, decode, encode, removed, type Stored, unwrap, wrap } from './record.js';
import { Batch, type RecordType, recordType, type Store, StoreError, type Write } from './store.js';

/** Keys of one read: each is a turn of the database and of the event loop, which other work waits for. */
const chunkSize = 512;

/** The value of a damaged record as it was found, for whoever wants to mend it. */
const damagedRecord = recordType('damaged', z.string());

/** A {@link Store} on any Keyv adapter whose `setMany` is all or nothing. */
export class KeyvStore implements Store {
  readonly #keyv: Keyv;
  readonly #log: Logger;
  readonly #wrote: (durationMs: number) => void;
  readonly #group: GroupCommit;
  readonly #listeners = new Set<() => void>();
  readonly #setAside = new Map<string, Promise<void>>();
  #closed: Promise<void> | undefined;

  /** @param wrote learns how long each write took, in milliseconds */
  constructor(adapter: KeyvStoreAdapter, log: Logger, wrote: (durationMs: number) => void = () => {}) {
    this.#log = log;
    this.#wrote = wrote;
    this.#keyv = new Keyv(adapter, {
      // In SQL the table is the namespace and keys stay as they are; Redis puts `drills::` before them.
      namespace: 'drills',
      useKeyPrefix: false,
      throwOnErrors: true,
      emitErrors: false,
      serialize: wrap,
      deserialize: unwrap,
    });
    this.#group = new GroupCommit(
      (writes) => this.#write(writes),
      (cause) => this.#rollBack(cause),
    );
  }

  /** Waits for the changes of this record that were committed before the call: what is given is on the disk. */
  async get<T>(type: RecordType<T>, id: string): Promise<T | undefined> {
    const key = `${type.name}:${id}`;
    this.#refuseWhenClosed();
    await this.#group.settled(key);
    const stored = await this.#reading(() => this.#keyv.get<unknown>(key));
    return this.#opened(type, key, stored);
  }

  /** Waits as {@link get} does. */
  async getMany<T>(type: RecordType<T>, ids: readonly string[]): Promise<Map<string, T>> {
    this.#refuseWhenClosed();
    const found = new Map<string, T>();
    for (let from = 0; from < ids.length; from += chunkSize) {
      await this.#getChunk(type, ids.slice(from, from + chunkSize), found);
    }
    return found;
  }

  commit(batch: Batch): Promise<void> {
    if (this.#closed !== undefined) return Promise.reject(closedError());
    return this.#group.commit(batch);
  }

  onRollback(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): Promise<void> {
    this.#closed ??= this.#group.idle().then(() => this.#keyv.disconnect());
    return this.#closed;
  }

  async #getChunk<T>(type: RecordType<T>, ids: readonly string[], found: Map<string, T>): Promise<void> {
    const keys = ids.map((id) => `${type.name}:${id}`);
    await Promise.all(keys.map((key) => this.#group.settled(key)).filter((rest) => rest !== undefined));
    const rows = await this.#reading(() => this.#keyv.getMany<unknown>(keys));
    for (const [index, id] of ids.entries()) {
      if (rows[index] === undefined) continue;
      const value = await this.#opened(type, `${type.name}:${id}`, rows[index]);
      if (value !== undefined) found.set(id, value);
    }
  }

  async #reading<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read();
    } catch (cause) {
      throw new StoreError(`The store could not be read: ${messageOf(cause)}`, { fault: 'read', cause });
    }
  }

  /** Evaluates and serializes before the first await, so that all of the group shows one moment. */
  async #write(writes: ReadonlyMap<string, Write>): Promise<() => Promise<void>> {
    const gone: string[] = [];
    const entries: { key: string; value: Stored }[] = [];
    for (const [key, { type, read }] of writes) {
      if (read === undefined) gone.push(key);
      entries.push({ key, value: read === undefined ? removed : encode(type, read()) });
    }
    const startedMs = performance.now();
    await this.#keyv.setMany(entries);
    this.#wrote(performance.now() - startedMs);
    return () => this.#tidy(gone);
  }

  /** The records are removed by now; what is left is their husks, which only cost room. */
  async #tidy(gone: readonly string[]): Promise<void> {
    try {
      for (let from = 0; from < gone.length; from += chunkSize) {
        await this.#keyv.deleteMany(gone.slice(from, from + chunkSize));
      }
    } catch (err) {
      this.#log.warn({ err, keys: gone.length }, 'Removed records could not be tidied away');
    }
  }

  #rollBack(cause: unknown): StoreError {
    for (const listener of [...this.#listeners]) {
      try {
        listener();
      } catch (err) {
        this.#log.error({ err }, 'A listener failed while changes were rolled back');
      }
    }
    return new StoreError(`The store could not write: ${messageOf(cause)}`, { fault: 'write', cause });
  }

  async #opened<T>(type: RecordType<T>, key: string, stored: unknown): Promise<T | undefined> {
    const record = decode(type, stored);
    switch (record.state) {
      case 'present':
        return record.value;
      case 'absent':
        return undefined;
      case 'newer':
        throw new StoreError(
          `${key} was written by a newer version of the bot (record version ${record.version}, known up to ${type.version}). Run that version, or put back a backup.`,
          { fault: 'read' },
        );
      case 'damaged':
        await this.#keep(key, stored, record.reason);
        return undefined;
    }
  }

  /**
   * Copies the damaged value to `damaged:<key>:<hash of it>` before anybody can write over it. The hash makes
   * the copy the same one however often the record is read.
   */
  async #keep(key: string, stored: unknown, reason: string): Promise<void> {
    const text = asFound(stored);
    const id = `${key}:${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
    const underWay = this.#setAside.get(id);
    if (underWay !== undefined) return underWay;
    this.#log.error(
      { key, reason, copy: `damaged:${id}` },
      'A damaged record was set aside and counts as absent',
    );
    const copying = this.#group.commit(new Batch().put(damagedRecord, id, () => text));
    this.#setAside.set(id, copying);
    copying.catch(() => this.#setAside.delete(id));
    return copying;
  }

  #refuseWhenClosed(): void {
    if (this.#closed !== undefined) throw closedError();
  }
}

const closedError = (): StoreError => new StoreError('The store is closed.');

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
