import type { z } from 'zod';

/**
 * A kind of record: what one value under a key looks like. Values are plain JSON (no Date, Map or
 * undefined in arrays) and are checked by `schema` whenever they are read from the disk.
 */
export interface RecordType<T> {
  /** First part of the key, e.g. `game`; the key is `<name>:<id>`. */
  readonly name: string;
  /** Version that is written; older ones are brought up by `migrations` when they are read. */
  readonly version: number;
  readonly schema: z.ZodType<T>;
  /** `migrations[n]` turns data of version n into data of version n + 1. */
  readonly migrations: Readonly<Record<number, (data: unknown) => unknown>>;
}

export function recordType<T>(
  name: string,
  schema: z.ZodType<T>,
  version = 1,
  migrations: RecordType<T>['migrations'] = {},
): RecordType<T> {
  return { name, version, schema, migrations };
}

/** A value that is JSON already: of a long one that grows, only what is new has to be turned into text. */
export class Json {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** A change to a record that is waiting for the disk. */
export interface Write {
  readonly type: RecordType<unknown>;
  readonly id: string;
  /** Undefined removes the record. */
  readonly read: (() => unknown) | undefined;
}

/** Changes that become durable together or not at all. */
export class Batch {
  /** By key; a later change of the same record replaces an earlier one. */
  readonly writes = new Map<string, Write>();

  /**
   * @param read gives the value when the batch is written, a moment after `commit`: of many changes to one
   *   record in that moment only the last state is written. What is remembered between writes is put by the
   *   transactions of `Memory` alone, which change and commit it in one step.
   */
  put<T>(type: RecordType<T>, id: string, read: () => T | Json): this {
    this.writes.set(`${type.name}:${id}`, { type: type as RecordType<unknown>, id, read });
    return this;
  }

  /** Durable together with the writes of the batch; removing what is not there does nothing. */
  remove<T>(type: RecordType<T>, id: string): this {
    this.writes.set(`${type.name}:${id}`, { type: type as RecordType<unknown>, id, read: undefined });
    return this;
  }
}

/** Durable records. Every failure rejects; nothing is swallowed. */
export interface Store {
  /** The record as it stands on the disk, or undefined where there is none (or it was damaged and set aside). */
  get<T>(type: RecordType<T>, id: string): Promise<T | undefined>;
  /** As many as there are, by id; those that do not exist are left out. */
  getMany<T>(type: RecordType<T>, ids: readonly string[]): Promise<Map<string, T>>;
  /**
   * Resolves when the batch is on the disk. Commits of the same moment share one write (group commit), in the
   * order of their calls. When a write fails, it and every commit that waits behind it are rejected with a
   * {@link StoreError}, and the `onRollback` listeners run before anybody sees the rejection.
   */
  commit(batch: Batch): Promise<void>;
  /**
   * Holders of state in memory that ran ahead of the disk drop it here and read it again when next asked.
   * Gives back a function that ends the listening.
   */
  onRollback(listener: () => void): () => void;
  /** Writes what waits, then closes. */
  close(): Promise<void>;
}

/** Whether a fault left the disk unread, or what was to be changed as it was before. */
export type StoreFault = 'read' | 'write' | 'open';

/** The store could not be opened, read or written; `cause` is the backend's own error. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly fault: StoreFault;

  constructor(message: string, { fault = 'open', ...options }: ErrorOptions & { fault?: StoreFault } = {}) {
    super(message, options);
    this.fault = fault;
  }
}
