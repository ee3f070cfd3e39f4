import { HeldLogs } from '../store/held-logs.js';
import { RecordLog } from '../store/log.js';
import { KeyedQueue } from '../store/queue.js';
import { Batch, type Store } from '../store/store.js';
import { serversLog, shardCountsId, shardCountsRecord } from './records.js';
import { type Shards, shardOf } from './shards.js';

/** Lists for another number of shards are kept so long, for every process to take from them what is now its own. */
const keepUnusedMs = 30 * 24 * 60 * 60_000;

/**
 * The servers of this process's shards of which something may be stored. Each list has one writer; when the number
 * of shards changes, every process takes the servers that are its own now from the lists of other numbers, which
 * it only reads.
 */
export class ServerLists {
  readonly #store: Store;
  readonly #shards: Shards;
  readonly #lists: HeldLogs<string>;
  readonly #queue = new KeyedQueue();

  constructor(store: Store, shards: Shards) {
    this.#store = store;
    this.#shards = shards;
    this.#lists = new HeldLogs(store, serversLog, Math.max(1, shards.ids.length));
  }

  /** All that are listed. */
  async all(): Promise<Set<string>> {
    const servers = new Set<string>();
    for (const id of this.#shards.ids)
      for await (const server of (await this.#list(id)).rows()) servers.add(server);
    return servers;
  }

  /** Lists the servers that are not listed yet. */
  async add(servers: readonly string[]): Promise<void> {
    for (const [id, own] of this.#byShard(servers))
      await this.#queue.run(String(id), async () => {
        const missing = new Set(own);
        for await (const listed of (await this.#list(id)).rows()) missing.delete(listed);
        if (missing.size === 0) return;
        const list = await this.#list(id);
        const batch = new Batch();
        list.append(batch, [...missing]);
        await this.#store.commit(batch);
      });
  }

  async drop(server: string): Promise<void> {
    for (const [id] of this.#byShard([server]))
      await this.#queue.run(String(id), async () => {
        const list = await this.#list(id);
        await list.drop((listed) => listed === server);
      });
  }

  /** Takes over what other numbers of shards have left, and keeps the books on these numbers. */
  async adopt(nowMs: number): Promise<void> {
    const counts = (await this.#store.get(shardCountsRecord, shardCountsId)) ?? [];
    const others = counts
      .filter(({ count }) => count !== this.#shards.count)
      .map(({ count, unusedSince = nowMs }) => ({ count, unusedSince }));
    const isOver = ({ unusedSince }: { unusedSince: number }): boolean => unusedSince + keepUnusedMs <= nowMs;
    const left = others.filter((other) => !isOver(other));
    for (const { count } of left) await this.#take(count);
    if (!this.#shards.ids.includes(0)) return;
    const batch = new Batch();
    for (const { count } of others.filter(isOver))
      for (let id = 0; id < count; id++) (await this.#foreign(count, id)).remove(batch);
    const kept = [{ count: this.#shards.count }, ...left];
    if (JSON.stringify(kept) !== JSON.stringify(counts))
      batch.put(shardCountsRecord, shardCountsId, () => kept);
    await this.#store.commit(batch);
  }

  async #take(count: number): Promise<void> {
    for (let id = 0; id < count; id++) {
      const servers: string[] = [];
      for await (const server of (await this.#foreign(count, id)).rows()) servers.push(server);
      await this.add(servers.filter((server) => this.#isOwn(server)));
    }
  }

  #list(id: number): Promise<RecordLog<string>> {
    return this.#lists.get(`${this.#shards.count}/${id}`);
  }

  #foreign(count: number, id: number): Promise<RecordLog<string>> {
    return RecordLog.open(this.#store, serversLog, `${count}/${id}`);
  }

  #isOwn(server: string): boolean {
    return this.#shards.ids.includes(shardOf(server, this.#shards.count));
  }

  #byShard(servers: readonly string[]): Map<number, string[]> {
    const byShard = new Map<number, string[]>();
    for (const server of servers) {
      const id = shardOf(server, this.#shards.count);
      const own = byShard.get(id);
      if (own) own.push(server);
      else byShard.set(id, [server]);
    }
    return byShard;
  }
}
