import { KeyvPostgres } from '@keyv/postgres';
import pg from 'pg';
import { explain, wrongPassword } from './explain.js';
import { connectTimeoutMs, queryTimeoutMs, statementTimeoutMs } from './postgres-session.js';
import { StoreError } from './store.js';
import type { StoreUrl } from './url.js';

const connections = 4;

export function postgresPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    statement_timeout: statementTimeoutMs,
    lock_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    query_timeout: queryTimeoutMs,
    application_name: 'interview-drills',
  });
  // Broken connections are dropped quietly; whoever needs the server next gets the error.
  pool.on('error', () => {});
  return pool;
}

/** What reads and writes of a store go through. */
export interface PostgresAccess {
  readonly pool: pg.Pool;
  /** Absent: the pool writes as well. */
  write?(sql: string, values: unknown[]): Promise<unknown[]>;
  /** Run when the store is closed. */
  close(): Promise<void>;
}

const reads = /^SELECT\b/;

/**
 * The adapter shares one pool among all its instances and leaves the pool's errors unheard: a restart of the
 * server would end the process. This one goes through what it is given, writes apart from reads.
 */
class OwnPostgres extends KeyvPostgres {
  readonly #access: PostgresAccess;

  constructor(uri: string, access: PostgresAccess) {
    super({ uri, table: 'records', keySize: 512 });
    this.#access = access;
  }

  /** Called by the constructor above it: the field is there when the first statement comes. */
  override async connect() {
    return async (sql: string, values: unknown[] = []): Promise<unknown[]> => {
      const { pool, write } = this.#access;
      return write && !reads.test(sql) ? write(sql, values) : (await pool.query(sql, values)).rows;
    };
  }

  override async disconnect(): Promise<void> {
    await this.#access.close();
  }
}

/** @param access absent: a pool of its own */
export async function openPostgres({ text, shown }: StoreUrl, access = ownPool(text)): Promise<KeyvPostgres> {
  const adapter = new OwnPostgres(text, access);
  // When the table cannot be made the adapter only says so here, and goes on.
  let fault: unknown;
  adapter.on('error', (error: unknown) => (fault ??= error));
  try {
    await adapter.get('open');
    if (fault !== undefined) throw fault;
    return adapter;
  } catch (cause) {
    await adapter.disconnect();
    throw postgresFault(shown, fault ?? cause);
  }
}

function ownPool(url: string): PostgresAccess {
  const pool = postgresPool(url);
  return { pool, close: () => pool.end() };
}

/** Why a database could not be opened, and what to do. */
export const postgresFault = (shown: string, cause: unknown): StoreError =>
  new StoreError(`The database ${shown} could not be opened: ${explain(cause, remedies)}`, { cause });

const remedies: Readonly<Record<string, string>> = {
  '28P01': wrongPassword,
  '28000':
    'the server does not let this user in. Correct the user in DATABASE_URL, or allow it in pg_hba.conf.',
  '3D000': 'there is no such database. Make it (createdb), or correct its name in DATABASE_URL.',
  '42501': 'this user may not make or use the table "records". Grant it CREATE on schema public.',
};
