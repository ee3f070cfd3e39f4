import type pg from 'pg';
import type { Logger } from 'pino';
import { refuseHalfMoved } from './half-moved.js';
import { type Hold, type Holds, type HoldsView, ShardCountError } from './holds.js';
import { identifiesTable, restingMs, takeTurn } from './identifies.js';
import { KeyvStore } from './keyv-store.js';
import { openPostgres, type PostgresAccess, postgresPool } from './postgres.js';
import { isMadeMeanwhile, postgresFault } from './postgres-faults.js';
import { PostgresSession } from './postgres-session.js';
import type { Store } from './store.js';
import type { StoreUrl } from './url.js';

/** First keys of our advisory locks, which are the database's own; the second one is a number of the kind. */
const lock = { gate: 0x44726c00, shard: 0x44726c01, count: 0x44726c02, claim: 0x44726c03 } as const;

const renewEveryMs = 3_000;

/** Everybody's advisory locks of ours on this database. */
const granted = `SELECT classid::int AS kind, objid::int AS number FROM pg_locks
  WHERE locktype = 'advisory' AND objsubid = 2 AND granted AND classid = ANY($1::oid[])
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

/**
 * Shards held by session-level advisory locks of PostgreSQL, each on a connection of its own.
 *
 * The connection that holds a shard's lock makes the shard's writes, too. So there is no instant in which a write is
 * taken from somebody who has not the lock: who has lost the connection has no way to the records, whatever it
 * believes. Reads may go through any connection, since what they lead to is written through that one.
 */
export class PostgresHolds implements Holds {
  readonly #url: StoreUrl;
  readonly #log: Logger;
  readonly #connections: number | undefined;
  #pool: pg.Pool;
  #renewedMs = Number.NEGATIVE_INFINITY;
  #isClosed = false;
  #claiming: Promise<PostgresSession> | undefined;
  #claimed: ReadonlySet<number> = new Set();

  private constructor(url: StoreUrl, log: Logger, pool: pg.Pool, connections: number | undefined) {
    this.#url = url;
    this.#log = log;
    this.#pool = pool;
    this.#connections = connections;
  }

  /**
   * @param connections how many may be open for reading
   * @throws StoreError that says what to do
   */
  static async open(url: StoreUrl, log: Logger, connections?: number): Promise<PostgresHolds> {
    const pool = postgresPool(url.text, connections);
    try {
      await pool.query(identifiesTable).catch((error: unknown) => {
        if (!isMadeMeanwhile(error)) throw error;
      });
      const probe = await PostgresSession.open(url.text, 'interview-drills');
      if (!probe.endsWhenSilent)
        log.warn('PostgreSQL before 14 does not notice a frozen process: it keeps its shards until it ends.');
      await probe.close();
      return new PostgresHolds(url, log, pool, connections);
    } catch (cause) {
      await pool.end();
      throw postgresFault(url.shown, cause);
    }
  }

  async view(): Promise<HoldsView> {
    const pool = this.#pool;
    const [{ rows }, resting] = await Promise.all([
      pool.query<{ kind: number; number: number }>(granted, [[lock.shard, lock.count, lock.claim]]),
      restingMs(pool),
    ]).catch((error: unknown) => {
      this.#renewPool();
      throw error;
    });
    const numbersOf = (wanted: number): Set<number> =>
      new Set(rows.filter(({ kind }) => kind === wanted).map(({ number }) => number));
    return {
      held: numbersOf(lock.shard),
      claimed: numbersOf(lock.claim),
      counts: [...numbersOf(lock.count)],
      restingMs: resting,
    };
  }

  async take(shard: number, count: number): Promise<Hold | undefined> {
    const session = await PostgresSession.open(this.#url.text, `interview-drills shard ${shard} of ${count}`);
    try {
      if (await this.#lock(session, shard, count)) return this.#hold(session, shard);
    } catch (error) {
      await session.close();
      throw error;
    }
    await session.close();
    return undefined;
  }

  async claim(shards: ReadonlySet<number>): Promise<void> {
    if (shards.size === 0 && !this.#claiming) return;
    this.#claiming ??= this.#openClaims();
    const session = await this.#claiming;
    for (const shard of shards)
      if (!this.#claimed.has(shard))
        await session.query('SELECT pg_advisory_lock_shared($1, $2)', [lock.claim, shard]);
    for (const shard of this.#claimed)
      if (!shards.has(shard))
        await session.query('SELECT pg_advisory_unlock_shared($1, $2)', [lock.claim, shard]);
    this.#claimed = new Set(shards);
  }

  identify(shard: number, bucket: number): Promise<number> {
    return takeTurn(this.#pool, shard, bucket);
  }

  async close(): Promise<void> {
    const claiming = this.#claiming;
    this.#claiming = undefined;
    await (await claiming?.catch(() => undefined))?.close();
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#pool.end();
  }

  /** Behind a gate, so that no two with different numbers of shards can look at once. */
  async #lock(session: PostgresSession, shard: number, count: number): Promise<boolean> {
    await session.query('SELECT pg_advisory_lock($1, 0)', [lock.gate]);
    const counts = await session.query<{ number: number }>(granted, [[lock.count]]);
    const other = counts.find(({ number }) => number !== count);
    if (other) throw new ShardCountError(count, other.number);
    const [taken] = await session.query<{ is: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS is', [
      lock.shard,
      shard,
    ]);
    if (taken?.is) await session.query('SELECT pg_advisory_lock_shared($1, $2)', [lock.count, count]);
    await session.query('SELECT pg_advisory_unlock($1, 0)', [lock.gate]);
    return taken?.is === true;
  }

  /**
   * After a network was cut, connections of before it stay silent: each would be found out by a read that waits for
   * seconds. Those reads get their errors, and the next ones a connection that was made since.
   */
  #renewPool(): void {
    if (this.#isClosed || performance.now() - this.#renewedMs < renewEveryMs) return;
    this.#renewedMs = performance.now();
    const old = this.#pool;
    this.#pool = postgresPool(this.#url.text, this.#connections);
    void old.end();
  }

  #hold(session: PostgresSession, shard: number): Hold {
    void session.lost.then(() => this.#renewPool());
    return {
      shard,
      lost: session.lost,
      isSure: () => session.isSure(),
      open: (log, wrote) => this.#openStore(session, log, wrote),
      release: () => session.close(),
    };
  }

  async #openStore(
    session: PostgresSession,
    log: Logger,
    wrote?: (durationMs: number) => void,
  ): Promise<Store> {
    const currentPool = (): pg.Pool => this.#pool;
    const access: PostgresAccess = {
      get pool() {
        return currentPool();
      },
      write: (sql, values) => session.query(sql, values),
      // The pool is everybody's, and the session the hold's.
      close: async () => {},
    };
    const store = new KeyvStore(await openPostgres(this.#url, access), log, wrote);
    await refuseHalfMoved(store);
    return store;
  }

  async #openClaims(): Promise<PostgresSession> {
    const forget = (): void => {
      this.#claiming = undefined;
      this.#claimed = new Set();
    };
    try {
      const session = await PostgresSession.open(this.#url.text, 'interview-drills claims');
      void session.lost.then((reason) => {
        forget();
        this.#log.debug({ err: reason }, 'The connection for claims is lost, and made anew');
      });
      return session;
    } catch (error) {
      forget();
      throw error;
    }
  }
}
