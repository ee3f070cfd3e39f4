import { mkdir, open, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { KeyvSqlite } from '@keyv/sqlite';
import { explain } from './explain.js';
import { SqliteFile } from './sqlite-file.js';
import { SqliteGuard } from './sqlite-guard.js';
import { StoreError } from './store.js';
import type { StoreUrl } from './url.js';

interface Entry {
  readonly key: string;
  readonly value: unknown;
}

/** SQLite takes 32,766 variables in a statement. */
const maxRowsAsVariables = 16_000;

/**
 * How long SQLite itself waits for a lock. It does so with the connection's mutex held, and whatever the main
 * thread asks of the connection meanwhile (the end of a statement is enough) stops the event loop.
 */
const driverPatienceMs = 20;
/** How often a locked database is tried again from outside of the driver, and for how long in all. */
const retryMs = 25;
const patienceMs = 10_000;

const busy: ReadonlySet<unknown> = new Set(['SQLITE_BUSY', 'SQLITE_LOCKED']);

/**
 * The adapter with what a {@link KeyvStore} needs of it: it writes many entries all or none, in one statement, reads
 * on a connection of its own (a write holds its connection while the disk syncs), and waits for other processes'
 * locks without holding anything.
 */
class AtomicSqlite extends KeyvSqlite {
  readonly #file: string;
  readonly #tell: (words: string) => void;
  #reader: KeyvSqlite | undefined;
  #guard: SqliteGuard | undefined;
  #afterDisconnect: () => Promise<void> = async () => {};

  /**
   * @param file the database's path
   * @param tell learns what whoever runs the bot has to know
   */
  constructor(file: string, tell: (words: string) => void) {
    super(optionsFor(file));
    this.#file = file;
    this.#tell = tell;
    waitPatiently(this);
  }

  /** To be called once, when the database is in WAL mode. */
  async guard(): Promise<void> {
    this.#guard = await SqliteGuard.of(this.#file, (sql) => this.query(sql));
  }

  /** To be called once, when the database has been configured: both connections would make the table at once. */
  async openReader(): Promise<void> {
    this.#reader = new KeyvSqlite(optionsFor(this.#file));
    waitPatiently(this.#reader);
    await this.#reader.query('PRAGMA query_only = true');
  }

  onDisconnect(then: () => Promise<void>): void {
    this.#afterDisconnect = then;
  }

  override async disconnect(): Promise<void> {
    if (this.#guard?.mayClose() === false) this.#tell(this.#guard.setLogAside());
    else {
      await this.#reader?.disconnect();
      await super.disconnect();
      this.#guard?.close();
    }
    await this.#afterDisconnect();
  }

  override async deleteMany(keys: string[]): Promise<boolean> {
    await this.#guard?.require();
    return super.deleteMany(keys);
  }

  override async get<Value>(key: string): Promise<Value | undefined> {
    return (this.#reader ? this.#reader.get(key) : super.get(key)) as Promise<Value | undefined>;
  }

  override async getMany<Value>(keys: string[]): Promise<(Value | undefined)[]> {
    const sql = `SELECT key, value FROM ${this.opts.table} WHERE key IN (SELECT value FROM json_each(?))`;
    const rows: Entry[] = await (this.#reader ?? this).query(sql, JSON.stringify(keys));
    const found = new Map(rows.map(({ key, value }) => [key, value]));
    return keys.map((key) => found.get(key) as Value | undefined);
  }

  async setMany(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return;
    await this.#guard?.require();
    const upsert = 'ON CONFLICT(key) DO UPDATE SET value = excluded.value';
    const into = `INSERT INTO ${this.opts.table}(key, value)`;
    if (entries.length > maxRowsAsVariables) {
      // Half again as dear as variables, but without their limit.
      const rows = JSON.stringify(entries.map(({ key, value }) => [key, value]));
      await this.query(
        `${into} SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE true ${upsert}`,
        rows,
      );
      return;
    }
    const places = '(?,?),'.repeat(entries.length).slice(0, -1);
    const variables = entries.flatMap(({ key, value }) => [key, value]);
    await this.query(`${into} VALUES ${places} ${upsert}`, variables);
  }
}

const optionsFor = (file: string) => ({
  uri: `sqlite://${file}`,
  table: 'records',
  busyTimeout: driverPatienceMs,
});

function waitPatiently(connection: KeyvSqlite): void {
  // Heard before anything can fail; the failure itself comes with the next query.
  connection.on('error', () => {});
  const query = connection.query;
  connection.query = (sql, ...values) => patiently(() => query(sql, ...values));
}

/** Tries again while another process has the database locked. */
async function patiently<T>(query: () => Promise<T>): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += retryMs) {
    try {
      return await query();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (!busy.has(code) || waitedMs >= patienceMs) throw error;
    }
    await delay(retryMs);
  }
}

/** How long a predecessor that is just stopping may take to let go of the lock. */
const lockPatienceMs = 3_000;

/** The path of `sqlite://<path>` is relative to the working directory. */
export function sqlitePath({ text }: StoreUrl): string {
  const path = resolve(text.slice('sqlite://'.length));
  if (path === resolve('.'))
    throw new StoreError(`${text} names no file. Use e.g. sqlite://data/drills.sqlite.`);
  return path;
}

/** Why a file could not be opened or read, and what to do. */
export const sqliteError = (path: string, cause: unknown): StoreError =>
  cause instanceof StoreError
    ? cause
    : new StoreError(`The database ${path} could not be opened: ${explain(cause, remedies)}`, { cause });

/**
 * Missing directories are made.
 * @param tell learns what whoever runs the bot has to know
 */
export async function openSqlite(
  url: StoreUrl,
  tell: (words: string) => void = () => {},
): Promise<AtomicSqlite> {
  const path = sqlitePath(url);
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const lock = await takeLock(path);
    try {
      // What people answered is the group's own: nobody else on the machine reads it.
      await (await open(path, 'a', 0o600)).close();
      const adapter = new AtomicSqlite(path, tell);
      adapter.onDisconnect(() => lock.close());
      await configure(adapter);
      return adapter;
    } catch (error) {
      await lock.close();
      throw error;
    }
  } catch (cause) {
    throw sqliteError(path, cause);
  }
}

/** A lock on a database's file, kept until it is closed. */
export interface SqliteLock {
  close(): Promise<void>;
}

/**
 * One writer: a second bot on the file would answer from memory that the first one has outrun. The lock is the
 * system's own, so it goes with the process however that ends. It lies on a file beside the database, which
 * itself stays open to backups and to `sqlite3` while the bot runs.
 */
export async function takeLock(path: string): Promise<SqliteLock> {
  // By its real directory, so that two links to one place share one lock.
  const file = join(await realpath(dirname(path)), `${basename(path)}.lock`);
  const lock = await SqliteFile.make(file, lockPatienceMs);
  try {
    await lock.all('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    await lock.close();
    throw error;
  }
}

async function configure(adapter: AtomicSqlite): Promise<void> {
  await adapter.query('PRAGMA journal_mode = WAL');
  // Each commit is on the disk before it is acknowledged, so that a power cut loses none. Commits come in groups:
  // what the syncs cost is shared.
  await adapter.query('PRAGMA synchronous = FULL');
  await adapter.query('PRAGMA journal_size_limit = 67108864');
  // What is removed is overwritten in the file, not only let go of. No slower, as far as can be measured.
  await adapter.query('PRAGMA secure_delete = ON');
  await adapter.guard();
  await adapter.openReader();
}

const remedies: Readonly<Record<string, string>> = {
  SQLITE_BUSY:
    'it is in use. Another bot is running on this file; stop that one first, or give this one its own.',
  SQLITE_NOTADB: 'it is not an SQLite database. Move the file away, or name another one in DATABASE_URL.',
  SQLITE_CORRUPT: 'it is damaged. Put back a backup, or move the file away to start afresh.',
  SQLITE_READONLY:
    'it cannot be written. Give the user that runs the bot the right to write the file and its directory.',
  SQLITE_CANTOPEN: 'it cannot be opened or made. See that its directory exists and may be written.',
  SQLITE_FULL: 'the disk is full.',
  SQLITE_ERROR: 'it holds nothing of this bot. Name the file that DATABASE_URL names for the bot.',
  ENOENT: 'there is no such file. Correct its path.',
  EACCES:
    'its directory may not be made. Give the user that runs the bot the right to, or name another path.',
  EISDIR: 'it cannot be opened: it is a directory. Name a file in it.',
  ENOTDIR: 'a part of its path is a file, not a directory.',
  EEXIST: 'a part of its path is a file, not a directory.',
};
