import type { Logger } from 'pino';
import { KeyvStore } from './keyv-store.js';
import { openSqlite } from './sqlite.js';
import { type Store, StoreError } from './store.js';
import { parseStoreUrl } from './url.js';

/**
 * Opens the store that `url` names: `sqlite://<path>` (relative to the working directory; made where it is
 * missing), `postgresql://…` or `redis://…`. Rejects with a {@link StoreError} that says what to do; a password
 * in the URL is never part of it.
 */
export async function openStore(url: string, log: Logger): Promise<Store> {
  const { backend, text, shown } = parseStoreUrl(url);
  switch (backend) {
    case 'sqlite':
      return new KeyvStore(await openSqlite(text), log);
    case 'postgresql':
    case 'redis':
      throw new StoreError(`${shown} cannot be opened yet.`);
  }
}
