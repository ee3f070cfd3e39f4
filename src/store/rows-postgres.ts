import pg from 'pg';
import { postgresFault } from './postgres-faults.js';
import { botName, type Rows, type RowsUse, toolName } from './rows.js';
import { type Dialect, sqlRows } from './rows-sql.js';
import { StoreError } from './store.js';
import type { StoreUrl } from './url.js';

/** As Keyv's adapter makes it for the bot. */
const makeTable = 'CREATE TABLE IF NOT EXISTS records(key VARCHAR(512) PRIMARY KEY, value TEXT)';
const connectTimeoutMs = 5_000;

const dialect: Dialect = {
  place: (n) => `$${n}`,
  isListed: 'key = ANY($1)',
  listed: (keys) => keys,
  given: 'SELECT * FROM unnest($1::text[], $2::text[])',
  giving: (rows) => [rows.map(({ key }) => key), rows.map(({ value }) => value)],
};

/** The rows of a PostgreSQL database, over one connection. To look, its table must be there. */
export async function postgresRows(url: StoreUrl, use: RowsUse): Promise<Rows> {
  const client = new pg.Client({
    connectionString: url.text,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    application_name: toolName,
  });
  // The statement under way rejects as well; unheard, the event would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    if (use === 'look') await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    else {
      await refuseWhileUsed(client, url);
      await client.query(makeTable);
    }
    await client.query('SELECT FROM records LIMIT 1');
  } catch (cause) {
    await client.end();
    throw cause instanceof StoreError ? cause : postgresFault(url.shown, cause);
  }
  return sqlRows(
    async (sql, values) => (await client.query(sql, [...values])).rows,
    dialect,
    () => client.end(),
  );
}

async function refuseWhileUsed(client: pg.Client, { shown }: StoreUrl): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT application_name AS name FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND starts_with(application_name, $1)`,
    [botName],
  );
  if (rows.length > 0)
    throw new StoreError(
      `The database ${shown} is in use: ${rows.length} connections of ${rows[0]?.name}. Stop the bot first.`,
    );
}
