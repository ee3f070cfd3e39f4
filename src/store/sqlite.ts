import { mkdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { KeyvSqlite, type KeyvSqliteOptions } from '@keyv/sqlite';
import { StoreError } from './store.js';
import type { StoreUrl } from './url.js';

interface Entry {
  readonly key: string;
  readonly value: unknown;
}

/** SQLite takes 32,766 variables in a statement. */
const maxRowsAsVariables = 16_000;

/** The adapter writes many entries one by one; this one writes them all or none, in one statement. */
export class AtomicSqlite extends KeyvSqlite {
  #afterDisconnect: () => Promise<void> = async () => {};

  constructor(options: KeyvSqliteOptions) {
    super(options);
    // Heard before anything can fail; the failure itself comes with the next query.
    this.on('error', () => {});
  }

  onDisconnect(then: () => Promise<void>): void {
    this.#afterDisconnect = then;
  }

  override async disconnect(): Promise<void> {
    await super.disconnect();
    await this.#afterDisconnect();
  }

  async setMany(entries: readonly Entry[]): Promise<void> {
    if (entries.length === 0) return;
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

/** Long enough for a predecessor that is just stopping. */
const busyTimeoutMs = 3_000;

/** The path of `sqlite://<path>` is relative to the working directory; missing directories are made. */
export async function openSqlite({ text }: StoreUrl): Promise<AtomicSqlite> {
  const path = resolve(text.slice('sqlite://'.length));
  if (path === resolve('.'))
    throw new StoreError(`${text} names no file. Use e.g. sqlite://data/drills.sqlite.`);
  try {
    await mkdir(dirname(path), { recursive: true });
    // By its real directory, so that two links to one place share one lock.
    const lock = await takeLock(join(await realpath(dirname(path)), `${basename(path)}.lock`));
    const adapter = new AtomicSqlite({
      uri: `sqlite://${path}`,
      table: 'records',
      busyTimeout: busyTimeoutMs,
    });
    adapter.onDisconnect(() => lock.close());
    try {
      await configure(adapter);
      return adapter;
    } catch (error) {
      await lock.close();
      throw error;
    }
  } catch (cause) {
    throw new StoreError(`The database ${path} could not be opened: ${explain(cause)}`, { cause });
  }
}

/**
 * One writer: a second bot on the file would answer from memory that the first one has outrun. The lock is the
 * system's own, so it goes with the process however that ends. It lies on a file beside the database, which
 * itself stays open to backups and to `sqlite3` while the bot runs.
 */
async function takeLock(path: string): Promise<KeyvSqlite> {
  const lock = new KeyvSqlite({ uri: `sqlite://${path}`, busyTimeout: busyTimeoutMs });
  lock.on('error', () => {});
  await lock.query('BEGIN EXCLUSIVE');
  return lock;
}

async function configure(adapter: AtomicSqlite): Promise<void> {
  await adapter.query('PRAGMA journal_mode = WAL');
  // In WAL, NORMAL hands every commit to the operating system but syncs only at checkpoints: the death of the
  // process loses nothing, a power cut can lose the last moments (and never breaks the file).
  await adapter.query('PRAGMA synchronous = NORMAL');
  await adapter.query('PRAGMA journal_size_limit = 67108864');
  // A file that cannot be written shows here instead of at the first answer.
  await adapter.query('PRAGMA user_version = 1');
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
  EACCES:
    'its directory may not be made. Give the user that runs the bot the right to, or name another path.',
  ENOTDIR: 'a part of its path is a file, not a directory.',
  EEXIST: 'a part of its path is a file, not a directory.',
};

function explain(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return remedies[code] ?? String(cause instanceof Error ? cause.message : cause);
}
