import { PostgresHolds } from '../store/postgres-holds.js';
import { parseStoreUrl } from '../store/url.js';
import type { App, AppParts } from './app.js';
import { createApp } from './compose.js';
import { Fleet } from './fleet.js';

/** What runs in a process, until it is stopped. */
export type Bot = Pick<App, 'start' | 'stop' | 'reloadBank'>;

/**
 * The bot as the configuration wants it: on PostgreSQL the shards that the database lets this process run, among
 * others; on other databases all at once.
 */
export async function createBot(parts: AppParts): Promise<Bot> {
  const url = parseStoreUrl(parts.config.databaseUrl);
  if (url.backend !== 'postgresql') return createApp(parts);
  const { config, log } = parts;
  const holds = await PostgresHolds.open(url, log, config.databasePool);
  return Fleet.create({ app: parts, holds, create: createApp });
}
