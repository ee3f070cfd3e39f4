import { randomUUID } from 'node:crypto';
import { Heard, type Moment, moment } from './heard.js';
import type { RedisConnection } from './redis.js';
import { keepScript, releaseScript, removeScript, takeScript, writeScript } from './redis-scripts.js';

/** A right that is not kept for so long is gone: the process is frozen, or there is no way to it. */
const leaseMs = 6_000;
const keepEveryMs = 1_500;
/** Not kept for so long, it counts as lost here, a moment before Redis sees it so. */
const answerMs = 5_000;

export const rightKey = (shard: number): string => `drills-hold:shard:${shard}`;
export const countKey = 'drills-hold:count';

/** The right to write for a shard, kept alive at Redis. */
export class RedisLease {
  readonly lost: Promise<Error>;
  readonly #client: RedisConnection;
  readonly #key: string;
  readonly #count: number;
  readonly #token: string;
  readonly #lose: (reason: Error) => void;
  /** When what was confirmed last had been asked for. */
  readonly #heard: Heard;
  #isOpen = true;
  readonly #keeping: NodeJS.Timeout;

  private constructor(
    client: RedisConnection,
    [shard, count]: readonly [number, number],
    token: string,
    asked: Moment,
  ) {
    this.#client = client;
    this.#key = rightKey(shard);
    this.#count = count;
    this.#token = token;
    this.#heard = new Heard(asked);
    let lose = (_reason: Error): void => {};
    this.lost = new Promise((resolve) => {
      lose = resolve;
    });
    this.#lose = lose;
    this.#keeping = setInterval(() => void this.#keep(), keepEveryMs);
  }

  /** @returns a lease; or undefined where it is another's, or the number of shards that others run where it differs */
  static async take(
    client: RedisConnection,
    shard: number,
    count: number,
  ): Promise<RedisLease | { readonly running: number } | undefined> {
    const token = randomUUID();
    const asked = moment();
    const answer = Number(
      await client.eval(takeScript, {
        keys: [rightKey(shard), countKey],
        arguments: [token, String(leaseMs), String(count)],
      }),
    );
    if (answer < 0) return { running: -answer };
    return answer === 1 ? new RedisLease(client, [shard, count], token, asked) : undefined;
  }

  isSure(): boolean {
    return this.#isOpen && !this.#heard.mayBeSilentFor(leaseMs);
  }

  /** All or nothing, and nothing when the right is gone. */
  async write(entries: readonly { readonly key: string; readonly value: string }[]): Promise<void> {
    const values = entries.map(({ value }) => value);
    await this.#guarded(
      writeScript,
      entries.map(({ key }) => key),
      values,
    );
  }

  async remove(keys: readonly string[]): Promise<void> {
    await this.#guarded(removeScript, keys, []);
  }

  /** Never rejects: what is not given back expires. */
  async release(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    clearInterval(this.#keeping);
    const all = Array.from({ length: this.#count }, (_, shard) => rightKey(shard));
    await this.#client
      .eval(releaseScript, { keys: [this.#key, countKey, ...all], arguments: [this.#token] })
      .catch(() => undefined);
  }

  async #guarded(script: string, keys: readonly string[], values: readonly string[]): Promise<void> {
    if (!this.#isOpen) throw new Error('the right to write for this shard is lost');
    const done = await this.#client.eval(script, {
      keys: [this.#key, ...keys],
      arguments: [this.#token, ...values],
    });
    if (Number(done) === 1) return;
    const reason = new Error('another process has the right to write for this shard, or nobody has');
    this.#end(reason);
    throw reason;
  }

  async #keep(): Promise<void> {
    if (this.#heard.silentMs > answerMs) {
      this.#end(new Error(`the database has not confirmed it for ${answerMs / 1_000} s`));
      return;
    }
    const asked = moment();
    try {
      const kept = await this.#client.eval(keepScript, {
        keys: [this.#key, countKey],
        arguments: [this.#token, String(leaseMs)],
      });
      if (Number(kept) === 1) this.#heard.note(asked);
      else this.#end(new Error('the right was not kept in time'));
    } catch {
      // Redis is away for a moment: the right lasts a little, and the next try tells.
    }
  }

  #end(reason: Error): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    clearInterval(this.#keeping);
    this.#lose(reason);
  }
}
