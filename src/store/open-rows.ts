import type { Rows, RowsUse } from './rows.js';
import { parseStoreUrl } from './url.js';

/**
 * Opens the rows of the database that `url` names, as {@link openStore} takes it.
 * @throws StoreError that says what to do; a password in the URL is never part of it
 */
export async function openRows(url: string, use: RowsUse): Promise<Rows> {
  const parsed = parseStoreUrl(url);
  switch (parsed.backend) {
    case 'sqlite':
      return (await import('./rows-sqlite.js')).sqliteRows(parsed, use);
    case 'postgresql':
      return (await import('./rows-postgres.js')).postgresRows(parsed, use);
    case 'redis':
      return (await import('./rows-redis.js')).redisRows(parsed, use);
  }
}
