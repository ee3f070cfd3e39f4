import { KeyvPostgres } from '@keyv/postgres';
import pg from 'pg';
import { explain, wrongPassword } from './explain.js';
import { botName } from './rows.js';
import { StoreError } from './store.js';
import type { StoreUrl } from './url.js';

/** Connections that suffice for one process: writes go one at a time, reads beside them. */
const usualConnections = 4;
const keySize = 512;
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

/** The table as the adapter makes it. */
export const makeTable = `CREATE TABLE IF NOT EXISTS records(key VARCHAR(${keySize}) PRIMARY KEY, value TEXT)`;

/** Why a database could not be opened, and what to do. */
export const postgresError = ({ shown }: StoreUrl, cause: unknown): StoreError =>
  new StoreError(`The database ${shown} could not be opened: ${explainPostgres(cause)}`, { cause });

/** @param connections how many the pool may open */
export async function openPostgres(url: StoreUrl, connections = usualConnections): Promise<KeyvPostgres> {
  const options = { uri: url.text, table: 'records', keySize, connections };
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
    throw postgresError(url, fault ?? cause);
  }
}

function explainPostgres(cause: unknown): string {
  const words = explain(cause, remedies);
  if (/does not support SSL/.test(words))
    return 'the server does not take TLS. Take sslmode out of DATABASE_URL, or turn ssl on at the server.';
  if (/no pg_hba\.conf entry.*(no encryption|SSL off)/.test(String(cause)))
    return 'the server wants TLS. Add ?sslmode=verify-full to DATABASE_URL (or ask who runs it who may connect).';
  return words;
}

const ownAuthority =
  'To go on, add ?sslmode=verify-full&sslrootcert=/path/of/ca.pem with the authority that signed it to DATABASE_URL; sslmode=no-verify encrypts and believes any server.';

const remedies: Readonly<Record<string, string>> = {
  '28P01': wrongPassword,
  '28000':
    'the server does not let this user in. Correct the user in DATABASE_URL, or allow it in pg_hba.conf.',
  '3D000': 'there is no such database. Make it (createdb), or correct its name in DATABASE_URL.',
  DEPTH_ZERO_SELF_SIGNED_CERT: `the server's certificate is signed by itself. ${ownAuthority}`,
  SELF_SIGNED_CERT_IN_CHAIN: `the server's certificate comes from an authority that is not known here. ${ownAuthority}`,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: `the server's certificate comes from an authority that is not known here. ${ownAuthority}`,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: `the server's certificate comes from an authority that is not known here. ${ownAuthority}`,
  CERT_HAS_EXPIRED: "the server's certificate has expired. Have it renewed.",
  ERR_TLS_CERT_ALTNAME_INVALID:
    "the server's certificate is for another name. Write the host in DATABASE_URL as the certificate names it.",
  ENOENT: 'a file that DATABASE_URL names (sslrootcert, sslcert or sslkey) is not there. Correct its path.',
  '53300': 'the server has no connection left. Lower DATABASE_POOL, or raise max_connections at the server.',
  '42P01': 'it holds nothing of this bot. Name the database that DATABASE_URL names for the bot.',
  '42501': 'this user may not make or use the table "records". Grant it CREATE on schema public.',
};
