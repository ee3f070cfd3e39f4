import { explain, wrongPassword } from './explain.js';
import { StoreError } from './store.js';

/**
 * Why a database could not be opened, and what to do.
 * @param shown its address without the password
 */
export const postgresFault = (shown: string, cause: unknown): StoreError =>
  new StoreError(`The database ${shown} could not be opened: ${explainPostgres(cause)}`, { cause });

/** The row, the table or its type is there already. */
const madeMeanwhile: readonly unknown[] = ['23505', '42P07', '42710'];

/** Of two that make the same table at once, `IF NOT EXISTS` or not, PostgreSQL lets one fail; the table is there. */
export const isMadeMeanwhile = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && madeMeanwhile.includes(error.code);

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
