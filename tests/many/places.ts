import { createClient } from '@keyv/redis';
import { afterAll } from 'vitest';
import { startRedis } from '../helpers/databases.js';
import { inPostgres, ownPostgres } from './databases.js';

/** An empty database for processes that share servers. */
export interface Place {
  readonly url: string;
  /** Five seconds between identifies are Discord's, and nothing that is looked at here. */
  hasten(): Promise<unknown>;
}

/** Undefined where the programs of PostgreSQL are not there. */
export async function onPostgres(): Promise<(() => Promise<Place>) | undefined> {
  const postgres = await ownPostgres();
  return (
    postgres &&
    (async () => {
      const url = await postgres.fresh();
      return { url, hasten: () => inPostgres(url, "UPDATE identifies SET at = at - interval '6 s'") };
    })
  );
}

/** Undefined where redis-server is not there. It runs until the tests of the file are over. */
export async function onRedis(): Promise<(() => Promise<Place>) | undefined> {
  const redis = await startRedis();
  if (!redis) return undefined;
  const aside = await createClient({ url: redis.url }).connect();
  afterAll(async () => {
    aside.destroy();
    await redis.stop();
  });
  return async () => {
    await aside.flushAll();
    return { url: redis.url, hasten: async () => aside.del(await aside.keys('drills-identify:*')) };
  };
}
