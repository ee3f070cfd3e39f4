import { type Shards, shardOf } from '../discord/shards.js';
import type { Memory } from '../store/held.js';
import { readRows } from '../store/log-segments.js';
import type { Fold } from '../store/log-slot.js';
import { HeldLogs } from '../store/logs.js';
import { HeldRecords } from '../store/records.js';
import { dayMs } from '../time/spans.js';
import { type ShardCounts, serversLog, shardCountsId, shardCountsRecord } from './records.js';

/** Lists for another number of shards are kept so long, for every process to take from them what is now its own. */
const keepUnusedMs = 30 * dayMs;

const listed: Fold<string, Set<string>> = {
  empty: () => new Set(),
  add: (servers, server) => servers.add(server),
  drop: (servers, server) => servers.delete(server),
};

/**
 * The servers of this process's shards of which something may be stored. Each list has one writer; when the number
 * of shards changes, every process takes the servers that are its own now from the lists of other numbers, which
 * it only reads.
 */
export class ServerLists {
  readonly #memory: Memory;
  readonly #shards: Shards;
  readonly #lists: HeldLogs<string, Set<string>>;
  readonly #counts: HeldRecords<ShardCounts>;

  constructor(memory: Memory, shards: Shards) {
    this.#memory = memory;
    this.#shards = shards;
    this.#lists = new HeldLogs(memory, serversLog, listed);
    this.#counts = new HeldRecords(memory, shardCountsRecord);
  }

  /** All that are listed. */
  async all(): Promise<Set<string>> {
    const lists = await this.#memory.use((change) =>
      change
        .all(
          this.#lists,
          this.#shards.ids.map((id) => this.#idOf(id)),
        )
        .map(({ index }) => [...index]),
    );
    return new Set(lists.flat());
  }

  /** Those that other processes have listed; read, and not held. */
  async ofOthers(): Promise<Set<string>> {
    const found = new Set<string>();
    for (let shard = 0; shard < this.#shards.count; shard++) {
      if (this.#shards.ids.includes(shard)) continue;
      for await (const server of readRows(this.#memory.store, serversLog, this.#idOf(shard)))
        found.add(server);
    }
    return found;
  }

  /** Lists the servers that are not listed yet. */
  async add(servers: readonly string[]): Promise<void> {
    for (const [id, own] of this.#byShard(servers))
      await this.#lists.use(this.#idOf(id), (list) => {
        const missing = own.filter((server) => !list.index.has(server));
        if (missing.length > 0) list.append(missing);
      });
  }

  async drop(server: string): Promise<void> {
    for (const [id] of this.#byShard([server]))
      await this.#lists.drop(this.#idOf(id), (one) => one === server);
  }

  /** For how many shards there are lists. */
  async counts(): Promise<number[]> {
    return ((await this.#counts.get(shardCountsId)) ?? []).map(({ count }) => count);
  }

  /** Takes over what other numbers of shards have left, and keeps the books on these numbers. */
  async adopt(nowMs: number): Promise<void> {
    const counts = (await this.#counts.get(shardCountsId)) ?? [];
    const others = counts
      .filter(({ count }) => count !== this.#shards.count)
      .map(({ count, unusedSince = nowMs }) => ({ count, unusedSince }));
    const isOver = ({ unusedSince }: { unusedSince: number }): boolean => unusedSince + keepUnusedMs <= nowMs;
    const left = others.filter((other) => !isOver(other));
    for (const { count } of left) await this.#take(count);
    if (!this.#shards.ids.includes(0)) return;
    const kept = [{ count: this.#shards.count }, ...left];
    await this.#counts.use(shardCountsId, (record, change) => {
      for (const { count } of others.filter(isOver))
        for (let id = 0; id < count; id++) change.at(this.#lists, `${count}/${id}`).remove();
      if (JSON.stringify(kept) !== JSON.stringify(counts)) record.set(kept);
    });
  }

  /** Another process may write these: they are read and not held. */
  async #take(count: number): Promise<void> {
    for (let id = 0; id < count; id++) {
      const servers: string[] = [];
      for await (const server of readRows(this.#memory.store, serversLog, `${count}/${id}`))
        servers.push(server);
      await this.add(servers.filter((server) => this.#isOwn(server)));
    }
  }

  #idOf(shard: number): string {
    return `${this.#shards.count}/${shard}`;
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
