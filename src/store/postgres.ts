import { KeyvPostgres } from '@keyv/postgres';
import pg from 'pg';
import { isMadeMeanwhile, postgresFault } from './postgres-faults.js';
import { connectTimeoutMs, queryTimeoutMs, statementTimeoutMs } from './postgres-session.js';
import { botName } from './rows.js';
import type { StoreUrl } from './url.js';

/** Connections that suffice for one process: writes go one at a time, reads beside them. */
const usualConnections = 4;

/** @param connections how many it may open */
export function postgresPool(url: string, connections = usualConnections): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    statement_timeout: statementTimeoutMs,
    lock_timeout: statementTimeoutMs,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    query_timeout: queryTimeoutMs,
    application_name: botName,
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

/** @param access a pool of its own with so many connections, or what the store is to go through */
export async function openPostgres(
  url: StoreUrl,
  access: PostgresAccess | number = usualConnections,
): Promise<KeyvPostgres> {
  const adapter = new OwnPostgres(url.text, typeof access === 'number' ? ownPool(url.text, access) : access);
  // When the table cannot be made the adapter only says so here, and goes on.
  let fault: unknown;
  adapter.on('error', (error: unknown) => {
    if (!isMadeMeanwhile(error)) fault ??= error;
  });
  try {
    await adapter.get('open');
    if (fault !== undefined) throw fault;
    return adapter;
  } catch (cause) {
    await adapter.disconnect();
    throw postgresFault(url.shown, fault ?? cause);
  }
}

function ownPool(url: string, connections: number): PostgresAccess {
  const pool = postgresPool(url, connections);
  return { pool, close: () => pool.end() };
}
