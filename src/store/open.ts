import type { Logger } from 'pino';
import { refuseHalfMoved } from './half-moved.js';
import { KeyvStore } from './keyv-store.js';
import type { Store } from './store.js';
import { parseStoreUrl } from './url.js';

let sqlite: Promise<typeof import('./sqlite.js')> | undefined;

/**
 * Opens the store that `url` names: `sqlite://<path>` (relative to the working directory; made where it is
 * missing), `postgresql://…` or `redis://…`. Rejects with a `StoreError` that says what to do; a password
 * in the URL is never part of it.
 * @param wrote learns how long each write took, in milliseconds
 * @param connections how many may be open at a PostgreSQL; absent: few, which suffice for one process
 */
export async function openStore(
  url: string,
  log: Logger,
  wrote?: (durationMs: number) => void,
  connections?: number,
): Promise<Store> {
  const store = await opened(url, log, wrote, connections);
  try {
    await refuseHalfMoved(store);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function opened(
  url: string,
  log: Logger,
  wrote: ((durationMs: number) => void) | undefined,
  connections: number | undefined,
): Promise<Store> {
  const parsed = parseStoreUrl(url);
  // Imported when needed: each brings a driver that the other two have no use for.
  switch (parsed.backend) {
    case 'sqlite': {
      sqlite ??= import('./sqlite.js');
      const { openSqlite } = await sqlite;
      return new KeyvStore(await openSqlite(parsed, (words) => log.error(words)), log, wrote);
    }
    case 'postgresql': {
      const { openPostgres } = await import('./postgres.js');
      return new KeyvStore(await openPostgres(parsed, connections), log, wrote);
    }
    case 'redis': {
      const { openRedis } = await import('./redis.js');
      return new KeyvStore(await openRedis(parsed, log), log, wrote);
    }
  }
}
