import { randomInt } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
} from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { StoreError } from './store.js';

/** https://www.sqlite.org/fileformat2.html#the_database_header */
const headerBytes = 100;
const offsets = { pageSize: 16, changes: 24, pages: 28, mark: 60 } as const;

/** While SQLite moves its log into the file, the header may be there before the last pages are. */
const patienceMs = 1_000;
const retryMs = 25;

/**
 * Sees that a database's file, its log, and what stands in the file are still what was opened. SQLite does not: it goes
 * on writing into a file that was removed, where nobody will find it, and mixes its own pages with those of another
 * database that was copied over the file.
 *
 * Each run marks its file by a number of its own in the header (`user_version`). Only a checkpoint writes the file, so
 * the header is read again when the time or size of the file have changed: the mark must be there, the count of changes
 * must not have gone back, and no page may be missing.
 */
export class SqliteGuard {
  readonly #file: string;
  readonly #mark: number;
  readonly #identity: string | undefined;
  readonly #log: { readonly path: string; readonly identity: string } | undefined;
  /**
   * Open as long as any connection is: closing a file takes away all locks that a process has on it, SQLite's too
   * (https://www.sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
   */
  readonly #header: number;
  /** Whether the file itself, and not only its log, has had the mark. */
  #isMarked = false;
  #changes = 0;
  #seen = '';

  private constructor(file: string, mark: number) {
    this.#file = file;
    this.#mark = mark;
    // Where a link leads to the file, the log lies beside the file.
    const path = `${realpathSync(file)}-wal`;
    const found = statIfThere(path);
    this.#log = found && { path, identity: identityOf(found) };
    this.#header = openSync(file, 'r');
    this.#identity = identityOf(fstatSync(this.#header));
  }

  /**
   * To be asked for when the database is open and in WAL mode, and to be closed after it.
   * @param query asks the connection that writes
   */
  static async of(file: string, query: (sql: string) => Promise<unknown>): Promise<SqliteGuard> {
    const mark = randomInt(2, 2 ** 31);
    // A file that cannot be written shows here instead of at the first answer.
    await query(`PRAGMA user_version = ${mark}`);
    await query('PRAGMA wal_checkpoint(PASSIVE)');
    return new SqliteGuard(file, mark);
  }

  close(): void {
    closeSync(this.#header);
  }

  /**
   * Asked on the main thread: a path in use is in the system's memory and takes microseconds, a thread of the pool takes
   * ten times that.
   * @throws StoreError when what is written now would not be found in the database's file
   */
  async require(): Promise<void> {
    for (let waitedMs = 0; !this.#isThere() || !this.#isOurs(); waitedMs += retryMs) {
      if (waitedMs >= patienceMs || !this.#isThere() || !this.#isOurs({ evenCut: true })) throw this.#gone();
      await delay(retryMs);
    }
  }

  /**
   * To be asked before the database is closed, which moves the log into the file: into another database it must not.
   * Then the log is set aside and the connections have to stay open, as long as the process runs.
   */
  mayClose(): boolean {
    return !this.#isThere() || this.#isOurs();
  }

  /** @returns what to tell whoever runs the bot */
  setLogAside(): string {
    if (!this.#log) return this.#gone().message;
    const aside = `${this.#log.path}.left`;
    renameSync(this.#log.path, aside);
    rmSync(this.#log.path.replace(/-wal$/, '-shm'), { force: true });
    return `The database file ${this.#file} was written over while the bot ran. It is left as it is; what was stored last, and was not in the file yet, is in ${aside}.`;
  }

  /** SQLite keeps its log while a connection is open, and empties it at most. */
  #isThere(): boolean {
    const found = statIfThere(this.#file);
    if (!found || identityOf(found) !== this.#identity) return false;
    if (this.#log === undefined) return true;
    const log = statIfThere(this.#log.path);
    return log !== undefined && identityOf(log) === this.#log.identity;
  }

  #isOurs({ evenCut = false } = {}): boolean {
    const { ctimeMs, mtimeMs, size } = fstatSync(this.#header);
    const state = `${ctimeMs} ${mtimeMs} ${size}`;
    if (state === this.#seen) return true;
    const header = Buffer.alloc(headerBytes);
    if (readSync(this.#header, header, 0, headerBytes, 0) < headerBytes) return false;
    const hasMark = header.readUInt32BE(offsets.mark) === this.#mark;
    this.#isMarked ||= hasMark;
    if (!this.#isMarked) return true;
    const changes = header.readUInt32BE(offsets.changes);
    if (!hasMark || changes < this.#changes) return false;
    // The largest size of a page does not fit in its field: https://www.sqlite.org/fileformat2.html#page_size
    const pageSize = header.readUInt16BE(offsets.pageSize);
    if (header.readUInt32BE(offsets.pages) * (pageSize === 1 ? 65_536 : pageSize) > size) return evenCut;
    this.#changes = changes;
    this.#seen = state;
    return true;
  }

  #gone(): StoreError {
    return new StoreError(
      `The database file ${this.#file} (or its -wal) was removed, emptied, replaced or written over while the bot runs. Stop the bot and put the file (or a backup) back.`,
    );
  }
}

const identityOf = ({ dev, ino }: Stats): string => `${dev}:${ino}`;

function statIfThere(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // A file lies where the folder was, or a link leads to itself.
    if (['ENOTDIR', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}
