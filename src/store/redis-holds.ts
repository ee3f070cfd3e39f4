import type { KeyvEntry } from 'keyv';
import type { Logger } from 'pino';
import { refuseHalfMoved } from './half-moved.js';
import { type Hold, type Holds, type HoldsView, ShardCountError } from './holds.js';
import { everyMs, restAfter, shortMs } from './identifies.js';
import { KeyvStore } from './keyv-store.js';
import { connectRedis, FailoverRedis, type RedisConnection, warnOfForgetting } from './redis.js';
import { countKey, RedisLease, rightKey } from './redis-lease.js';
import { identifyScript } from './redis-scripts.js';
import { botName } from './rows.js';
import type { Store } from './store.js';
import type { StoreUrl } from './url.js';

/** A claim of a process that says nothing more is forgotten. */
const claimMs = 3_000;
const claimKey = (shard: number): string => `drills-hold:claim:${shard}`;
const identifyKey = (kind: 'bucket' | 'shard', number: number): string => `drills-identify:${kind}:${number}`;
/** Streaks beyond these rest as long as the last of them. */
const rests = Array.from({ length: 24 }, (_, streak) => String(restAfter(streak)));

/** Writes only while the lease is there: Redis looks in the same script. */
class LeasedRedis extends FailoverRedis {
  readonly #lease: RedisLease;

  constructor(connection: RedisConnection, log: Logger, lease: RedisLease) {
    super(connection, log);
    this.#lease = lease;
  }

  protected override async write(entries: readonly KeyvEntry[]): Promise<void> {
    await this.#lease.write(
      entries.map(({ key, value }) => ({
        key: this.createKeyPrefix(key, this.namespace),
        value: String(value),
      })),
    );
  }

  override async deleteMany(keys: string[]): Promise<boolean> {
    await this.#lease.remove(keys.map((key) => this.createKeyPrefix(key, this.namespace)));
    return true;
  }
}

/**
 * Shards held by leases in Redis. Each has a token; a write is a script that holds the token against the lease before it
 * writes, so that who has lost the lease cannot write, whatever it believes. After a failover the records and the leases
 * are those of the new server: what it had not been sent is lost, with or without leases.
 */
export class RedisHolds implements Holds {
  readonly #url: StoreUrl;
  readonly #client: RedisConnection;
  #claimed: ReadonlySet<number> = new Set();

  private constructor(url: StoreUrl, client: RedisConnection) {
    this.#url = url;
    this.#client = client;
  }

  /** @throws StoreError that says what to do */
  static async open(url: StoreUrl, log: Logger): Promise<RedisHolds> {
    const client = await connectRedis(url, botName);
    await warnOfForgetting(client, log);
    return new RedisHolds(url, client);
  }

  async view(): Promise<HoldsView> {
    const client = this.#client;
    const count = Number((await client.get(countKey)) ?? 0);
    const nothing = { held: new Set<number>(), claimed: new Set<number>(), counts: [], restingMs: new Map() };
    if (count === 0) return nothing;
    const shards = Array.from({ length: count }, (_, shard) => shard);
    const [rights, claims, sessions, time] = await Promise.all([
      client.mGet(shards.map(rightKey)),
      client.mGet(shards.map(claimKey)),
      Promise.all(shards.map((shard) => client.hmGet(identifyKey('shard', shard), ['at', 'streak']))),
      client.sendCommand(['TIME']),
    ]);
    const [seconds, microseconds] = (time as unknown as [string, string]).map(Number) as [number, number];
    const nowMs = seconds * 1_000 + microseconds / 1_000;
    const restingMs = new Map<number, number>();
    for (const [shard, [at, streak]] of sessions.entries()) {
      const leftMs = Number(at ?? 0) + restAfter(Number(streak ?? 0)) - nowMs;
      if (at && restAfter(Number(streak ?? 0)) > 0 && leftMs > 0) restingMs.set(shard, leftMs);
    }
    const there = (values: readonly (string | null)[]): Set<number> =>
      new Set(shards.filter((shard) => values[shard] !== null));
    return { held: there(rights), claimed: there(claims), counts: [count], restingMs };
  }

  async take(shard: number, count: number): Promise<Hold | undefined> {
    const client = await connectRedis(this.#url, `${botName}-shard-${shard}`);
    try {
      const lease = await RedisLease.take(client, shard, count);
      if (lease instanceof RedisLease) return this.#hold(client, lease, shard);
      if (lease) throw new ShardCountError(count, lease.running);
    } catch (error) {
      client.destroy();
      throw error;
    }
    client.destroy();
    return undefined;
  }

  async claim(shards: ReadonlySet<number>): Promise<void> {
    for (const shard of shards) await this.#client.set(claimKey(shard), '1', { PX: claimMs });
    for (const shard of this.#claimed) if (!shards.has(shard)) await this.#client.del(claimKey(shard));
    this.#claimed = new Set(shards);
  }

  async identify(shard: number, bucket: number): Promise<number> {
    const answer = await this.#client.eval(identifyScript, {
      keys: [identifyKey('bucket', bucket), identifyKey('shard', shard)],
      arguments: [String(everyMs), String(shortMs), ...rests],
    });
    return Number(answer);
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }

  #hold(client: RedisConnection, lease: RedisLease, shard: number): Hold {
    let isClosed = false;
    const close = (): void => {
      if (!isClosed) client.destroy();
      isClosed = true;
    };
    return {
      shard,
      lost: lease.lost,
      isSure: () => lease.isSure(),
      open: async (log, wrote): Promise<Store> => {
        // A connection of its own, which the store closes.
        const connection = await connectRedis(this.#url, `${botName}-shard-${shard}`);
        const store = new KeyvStore(new LeasedRedis(connection, log, lease), log, wrote);
        await refuseHalfMoved(store);
        return store;
      },
      release: async () => {
        await lease.release();
        close();
      },
    };
  }
}
