/** What stands in the way of a connection to any server. */
const ofNetwork: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there. Start the server, or correct host and port in DATABASE_URL.',
  ENOTFOUND: 'there is no such host. Correct it in DATABASE_URL.',
};

/** Said of both kinds of servers that ask for a password. */
export const wrongPassword = 'user or password are wrong. Correct them in DATABASE_URL.';

/**
 * Why a database could not be opened, and what to do.
 * @param remedies by error code; the driver's own words where there is none
 */
export function explain(cause: unknown, remedies: Readonly<Record<string, string>> = {}): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const words = cause instanceof Error ? cause.message : cause;
  return remedies[code] ?? ofNetwork[code] ?? String(words);
}
