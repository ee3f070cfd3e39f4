import { recommendedShards } from '../discord/gateway-info.js';
import type { HoldsView } from '../store/holds.js';
import type { AppParts } from './app.js';
import { allShards, shardsOf } from './shard-settings.js';

/** How many shards there are, and which of them are this process's by its settings. */
export class ShardNumbers {
  readonly #parts: Pick<AppParts, 'config' | 'log'>;
  #count = 0;
  #own: ReadonlySet<number> = new Set();

  constructor(parts: Pick<AppParts, 'config' | 'log'>) {
    this.#parts = parts;
  }

  get count(): number {
    return this.#count;
  }

  get own(): ReadonlySet<number> {
    return this.#own;
  }

  get isStandby(): boolean {
    return this.#parts.config.shards.standby === true;
  }

  /** Asks Discord, also when the number is set: a token that it does not accept shows before anybody waits for long. */
  async learn(view: HoldsView): Promise<void> {
    const { config, log } = this.#parts;
    const { count, share } = config.shards;
    const recommended = await recommendedShards(config.token ?? '', config.apiUrl);
    const usual = Math.max(recommended, share?.of ?? 1);
    this.#set(count ?? view.counts[0] ?? usual);
    if (count === undefined && this.#count !== usual)
      log.info(
        { shards: this.#count, recommended },
        'The number of shards is that of the processes that run',
      );
  }

  /** Who runs nothing and was not told how many shards there are goes by those who run some. */
  follow({ counts: [running] }: HoldsView): void {
    if (this.#parts.config.shards.count !== undefined) return;
    if (running === undefined || running === this.#count) return;
    this.#parts.log.info(
      { before: this.#count, shards: running },
      'Other processes run another number of shards: this one goes by it',
    );
    this.#set(running);
  }

  #set(count: number): void {
    const { ids, share } = this.#parts.config.shards;
    this.#count = count;
    const mine = share ? shardsOf(share, count) : (ids ?? allShards(count));
    this.#own = new Set(this.isStandby ? [] : mine);
  }
}
