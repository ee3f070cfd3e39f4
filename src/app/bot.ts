import { parseStoreUrl } from '../store/url.js';
import type { App, AppParts } from './app.js';
import { createApp } from './compose.js';
import { Fleet } from './fleet.js';

/** What runs in a process, until it is stopped. */
export type Bot = Pick<App, 'start' | 'stop' | 'reloadBank'>;

/**
 * The bot as the configuration wants it: on PostgreSQL and Redis the shards that the database lets this process run,
 * among others; on an SQLite file, which is locked as a whole, all at once.
 */
export async function createBot(parts: AppParts): Promise<Bot> {
  const { config, log } = parts;
  const url = parseStoreUrl(config.databaseUrl);
  switch (url.backend) {
    case 'sqlite':
      return createApp(parts);
    case 'postgresql': {
      const { PostgresHolds } = await import('../store/postgres-holds.js');
      const holds = await PostgresHolds.open(url, log, config.databasePool);
      return Fleet.create({ app: parts, holds, create: createApp });
    }
    case 'redis': {
      const { RedisHolds } = await import('../store/redis-holds.js');
      return Fleet.create({ app: parts, holds: await RedisHolds.open(url, log), create: createApp });
    }
  }
}
