import { KeyvPostgres } from '@keyv/postgres';
import pg from 'pg';
import { explain, wrongPassword } from './explain.js';
import { StoreError } from './store.js';
import type { StoreUrl } from './url.js';

const connections = 4;
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

  override async connect() {
    this.pool = new pg.Pool({
      connectionString: this.opts.uri,
      max: connections,
      connectionTimeoutMillis: connectTimeoutMs,
      keepAlive: true,
      statement_timeout: statementTimeoutMs,
      lock_timeout: statementTimeoutMs,
      idle_in_transaction_session_timeout: statementTimeoutMs,
      query_timeout: queryTimeoutMs,
      application_name: 'interview-drills',
    });
    this.pool.on('error', () => {});
    return async (sql: string, values?: unknown[]) => (await this.pool.query(sql, values)).rows;
  }

  override async disconnect(): Promise<void> {
    await this.pool.end();
  }
}

export async function openPostgres({ text, shown }: StoreUrl): Promise<KeyvPostgres> {
  const adapter = new OwnPoolPostgres({ uri: text, table: 'records', keySize: 512 });
  // When the table cannot be made the adapter only says so here, and goes on.
  let fault: unknown;
  adapter.on('error', (error: unknown) => (fault ??= error));
  try {
    await adapter.get('open');
    if (fault !== undefined) throw fault;
    return adapter;
  } catch (cause) {
    await adapter.disconnect();
    throw new StoreError(`The database ${shown} could not be opened: ${explain(fault ?? cause, remedies)}`, {
      cause,
    });
  }
}

const remedies: Readonly<Record<string, string>> = {
  '28P01': wrongPassword,
  '28000':
    'the server does not let this user in. Correct the user in DATABASE_URL, or allow it in pg_hba.conf.',
  '3D000': 'there is no such database. Make it (createdb), or correct its name in DATABASE_URL.',
  '42501': 'this user may not make or use the table "records". Grant it CREATE on schema public.',
};
