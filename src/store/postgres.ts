import { KeyvPostgres } from '@keyv/postgres';
import pg from 'pg';
import { postgresFault } from './postgres-faults.js';
import { botName } from './rows.js';
import type { StoreUrl } from './url.js';

/** Connections that suffice for one process: writes go one at a time, reads beside them. */
const usualConnections = 4;
const connectTimeoutMs = 5_000;
/**
 * A server that takes connections and says nothing (a frozen disk, a cut network) must not be waited for without
 * end. The server gives up first, so that what the bot counts as failed is not carried out later.
 */
const statementTimeoutMs = 6_000;
const queryTimeoutMs = 8_000;

/**
 * The adapter shares one pool among all its instances and leaves the pool's errors unheard: a restart of the
 * server would end the process. This one has a pool of its own and drops broken connections quietly; whoever
 * needs the server next gets the error.
 */
class OwnPoolPostgres extends KeyvPostgres {
  declare private pool: pg.Pool;
  declare readonly opts: KeyvPostgres['opts'] & { readonly connections: number };

  override async connect() {
    this.pool = new pg.Pool({
      connectionString: this.opts.uri,
      max: this.opts.connections,
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
      statement_timeout: statementTimeoutMs,
      lock_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: statementTimeoutMs,
      query_timeout: queryTimeoutMs,
      application_name: botName,
    });
    this.pool.on('error', () => {});
    return async (sql: string, values?: unknown[]) => (await this.pool.query(sql, values)).rows;
  }

  override async disconnect(): Promise<void> {
    await this.pool.end();
  }
}

/** @param connections how many the pool may open */
export async function openPostgres(url: StoreUrl, connections = usualConnections): Promise<KeyvPostgres> {
  const options = { uri: url.text, table: 'records', keySize: 512, connections };
  const adapter = new OwnPoolPostgres(options);
  // When the table cannot be made the adapter only says so here, and goes on.
  let fault: unknown;
  adapter.on('error', (error: unknown) => (fault ??= error));
  try {
    await adapter.get('open');
    if (fault !== undefined) throw fault;
    return adapter;
  } catch (cause) {
    await adapter.disconnect();
    throw postgresFault(url.shown, fault ?? cause);
  }
}
