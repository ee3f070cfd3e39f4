import { access } from 'node:fs/promises';
import sqlite3 from 'sqlite3';

/** How long SQLite waits for another process's lock. */
const usualPatienceMs = 10_000;

/** A connection to an SQLite file; no table is made. */
export class SqliteFile {
  readonly #database: sqlite3.Database;

  private constructor(database: sqlite3.Database) {
    this.#database = database;
  }

  /** Rejects with the driver's error, whose `code` says what is wrong; `ENOENT` where there is no such file. */
  static async open(path: string, mode: 'read' | 'write'): Promise<SqliteFile> {
    await access(path);
    return SqliteFile.#connect(path, mode === 'read' ? sqlite3.OPEN_READONLY : sqlite3.OPEN_READWRITE);
  }

  /** The file is made where there is none. @param patienceMs how long SQLite waits for another process's lock */
  static make(path: string, patienceMs: number): Promise<SqliteFile> {
    return SqliteFile.#connect(path, sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE, patienceMs);
  }

  static async #connect(path: string, flags: number, patienceMs = usualPatienceMs): Promise<SqliteFile> {
    const database = await new Promise<sqlite3.Database>((resolve, reject) => {
      const opened = new sqlite3.Database(path, flags, (error) => (error ? reject(error) : resolve(opened)));
    });
    database.configure('busyTimeout', patienceMs);
    return new SqliteFile(database);
  }

  /** All rows that a statement gives. */
  all<T>(sql: string, ...values: unknown[]): Promise<T[]> {
    return new Promise((resolve, reject) => {
      this.#database.all<T>(sql, values, (error, rows) => (error ? reject(error) : resolve(rows)));
    });
  }

  close(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#database.close((error) => (error ? reject(error) : resolve()));
    });
  }
}
