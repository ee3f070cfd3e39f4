import { createClient } from '@keyv/redis';
import { afterAll, describe, onTestFinished, test } from 'vitest';
import type { Holds } from '../../src/store/holds.js';
import { PostgresHolds } from '../../src/store/postgres-holds.js';
import { RedisHolds } from '../../src/store/redis-holds.js';
import { rightKey } from '../../src/store/redis-lease.js';
import { parseStoreUrl } from '../../src/store/url.js';
import { startRedis } from '../helpers/databases.js';
import { listeningLog } from '../helpers/store.js';
import { inPostgres, ownPostgres } from './databases.js';
import { holdsContract } from './holds-contract.js';

const { log } = listeningLog();

async function closedAfter(opening: Promise<Holds>): Promise<Holds> {
  const holds = await opening;
  onTestFinished(() => holds.close());
  return holds;
}

const postgres = await ownPostgres();
if (!postgres) describe('shards on PostgreSQL', () => test.todo('needs the programs of PostgreSQL'));
else
  holdsContract('PostgreSQL', async () => {
    const url = await postgres.fresh();
    const end = (name: string) =>
      inPostgres(
        url,
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'interview-drills ${name}'`,
      );
    return {
      open: () => closedAfter(PostgresHolds.open(parseStoreUrl(url), log)),
      loseRight: (shard) => end(`shard ${shard} %`),
      loseClaims: () => end('claims'),
      ageIdentifies: (ms) => inPostgres(url, `UPDATE identifies SET at = at - interval '${ms} ms'`),
      refuseWrites: (refused) =>
        inPostgres(
          url,
          refused
            ? "ALTER TABLE records ADD CONSTRAINT picky CHECK (value NOT LIKE '%unwanted%')"
            : 'ALTER TABLE records DROP CONSTRAINT picky',
        ),
    };
  });

const redis = await startRedis();
if (!redis) describe('shards on Redis', () => test.todo('needs redis-server'));
else {
  const aside = await createClient({ url: redis.url })
    .on('error', () => {})
    .connect();
  afterAll(async () => {
    aside.destroy();
    await redis.stop();
  });
  holdsContract('Redis', async () => {
    await aside.flushDb();
    return {
      open: () => closedAfter(RedisHolds.open(parseStoreUrl(redis.url), log)),
      loseRight: (shard) => aside.del(rightKey(shard)),
      loseClaims: async () => aside.del(await aside.keys('drills-hold:claim:*')),
      async ageIdentifies(ms) {
        for (const key of await aside.keys('drills-identify:bucket:*')) {
          const leftMs = (await aside.pTTL(key)) - ms;
          if (leftMs > 0) await aside.pExpire(key, leftMs);
          else await aside.del(key);
        }
        for (const key of await aside.keys('drills-identify:shard:*'))
          await aside.hIncrBy(key, 'at', -Math.ceil(ms));
      },
      refuseWrites: (refused) => aside.configSet('maxmemory', refused ? '1' : '0'),
    };
  });
}
