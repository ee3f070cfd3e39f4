import { readFile } from 'node:fs/promises';
import { createClient } from '@keyv/redis';
import { KeyvSqlite } from '@keyv/sqlite';
import type { KeyvStoreAdapter } from 'keyv';
import type { Logger } from 'pino';
import { KeyvStore } from '../../src/store/keyv-store.js';
import { openPostgres } from '../../src/store/postgres.js';
import { openRedis } from '../../src/store/redis.js';
import { openSqlite } from '../../src/store/sqlite.js';
import type { Store } from '../../src/store/store.js';
import { parseStoreUrl } from '../../src/store/url.js';
import { tempDatabaseUrl } from '../helpers/bot.js';
import { type Database, startPostgres, startRedis } from '../helpers/databases.js';
import { recordsIn } from '../retention/records.js';

export interface RawRecord {
  readonly key: string;
  readonly value: string;
}

/** A database that can be filled and read behind the store's back, and whose process can die at any write. */
export interface RawBackend {
  readonly name: string;
  fill(records: readonly RawRecord[]): Promise<void>;
  all(): Promise<RawRecord[]>;
  /** @param writes so many writes (and tidyings) reach the disk, then nothing does any more */
  open(log: Logger, writes?: number): Promise<Store>;
  close(): Promise<void>;
  /** Every byte that the database keeps on the disk, when nobody has it open; where that is one file. */
  bytes?(): Promise<Buffer>;
}

/** As a killed process leaves it: from some write on, nothing happens any more. */
function dying(adapter: KeyvStoreAdapter, writes: number): KeyvStoreAdapter {
  let left = writes;
  const alive = (): void => {
    if (left-- <= 0) throw new Error('the process is dead');
  };
  return new Proxy(adapter, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      const isWrite = ['set', 'setMany', 'delete', 'deleteMany'].includes(String(name));
      return (...given: unknown[]) => {
        if (isWrite) alive();
        return Reflect.apply(value, target, given);
      };
    },
  });
}

const opened = (adapter: KeyvStoreAdapter, log: Logger, writes: number | undefined): Store =>
  new KeyvStore(writes === undefined ? adapter : dying(adapter, writes), log);

export async function sqliteBackend(): Promise<RawBackend> {
  const url = await tempDatabaseUrl();
  return {
    name: 'SQLite',
    async fill(records) {
      const writer = new KeyvSqlite({ uri: url, table: 'records' });
      await writer.query('PRAGMA secure_delete = ON');
      await writer.query('DELETE FROM records');
      await writer.query(
        'INSERT INTO records (key, value) SELECT value ->> 0, value ->> 1 FROM json_each(?)',
        JSON.stringify(records.map(({ key, value }) => [key, value])),
      );
      await writer.disconnect();
    },
    all: () => recordsIn(url),
    open: async (log, writes) => opened(await openSqlite(parseStoreUrl(url)), log, writes),
    close: async () => {},
    bytes: () => readFile(url.slice('sqlite://'.length)),
  };
}

export async function postgresBackend(): Promise<RawBackend | undefined> {
  const database = await startPostgres();
  if (!database) return undefined;
  const aside = await openPostgres(parseStoreUrl(database.url));
  return {
    name: 'PostgreSQL',
    async fill(records) {
      await aside.query('TRUNCATE records');
      await aside.query(
        'INSERT INTO records (key, value) SELECT row ->> 0, row ->> 1 FROM json_array_elements($1::json) row',
        [JSON.stringify(records.map(({ key, value }) => [key, value]))],
      );
    },
    all: async () => (await aside.query('SELECT key, value FROM records')) as RawRecord[],
    open: async (log, writes) => opened(await openPostgres(parseStoreUrl(database.url)), log, writes),
    close: () => aside.disconnect().then(() => database.stop()),
  };
}

const redisPrefix = 'drills::';

export async function redisBackend(): Promise<RawBackend | undefined> {
  const database: Database | undefined = await startRedis();
  if (!database) return undefined;
  const aside = await createClient({ url: database.url })
    .on('error', () => {})
    .connect();
  return {
    name: 'Redis',
    async fill(records) {
      await aside.flushDb();
      await aside.mSet(records.map(({ key, value }): [string, string] => [`${redisPrefix}${key}`, value]));
    },
    async all() {
      const keys = await aside.keys('*');
      const values = keys.length === 0 ? [] : await aside.mGet(keys);
      return keys.map((key, n) => ({ key: key.replace(redisPrefix, ''), value: values[n] ?? '' }));
    },
    open: async (log, writes) => opened(await openRedis(parseStoreUrl(database.url), log), log, writes),
    async close() {
      aside.destroy();
      await database.stop();
    },
  };
}
