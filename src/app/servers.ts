import { type Client, Events } from 'discord.js';
import type { Logger } from 'pino';
import type { Clock, Timer } from '../time/clock.js';
import { minuteMs } from '../time/spans.js';
import type { Feature } from './feature.js';

export interface ServersParts {
  readonly client: Client;
  readonly clock: Clock;
  readonly log: Logger;
  readonly features: readonly Feature[];
  /** Told of servers that the bot was added to or removed from. */
  readonly joined: (guildId: string) => void;
  readonly left: (guildId: string) => void;
}

const firstRetryMs = 3_000;
const longestRetryMs = minuteMs;

/** Tells features which servers there are. What one of them could not take up is tried again until it works. */
export class Servers {
  readonly #parts: ServersParts;
  readonly #retries = new Set<Timer>();
  #isReady = false;

  constructor(parts: ServersParts) {
    this.#parts = parts;
    const { client, features, joined, left } = parts;
    client.on(Events.GuildCreate, ({ id }) => {
      if (!this.#isReady) return;
      joined(id);
      void this.#takeUp([id]);
    });
    client.on(Events.GuildAvailable, ({ id }) => this.#isReady && void this.#takeUp([id]));
    client.on(Events.GuildDelete, ({ id }) => {
      for (const feature of features) feature.serverGone?.(id);
      left(id);
    });
  }

  /** Whether everything that servers had running has been taken up. */
  get healthy(): boolean {
    return this.#retries.size === 0;
  }

  /** Starts what runs by itself, and takes up what servers had running. Resolves when each was tried once. */
  async start({ directMessages }: { readonly directMessages: boolean }): Promise<void> {
    const { client, features } = this.#parts;
    this.#isReady = true;
    for (const feature of features) feature.start?.();
    await this.#takeUp([...client.guilds.cache.keys()]);
    if (!directMessages) return;
    const direct = features.map((feature) =>
      this.#persistently(feature, async () => feature.directReady?.(), firstRetryMs),
    );
    await Promise.all(direct);
  }

  stop(): void {
    this.#isReady = false;
    for (const timer of this.#retries) timer.cancel();
    this.#retries.clear();
  }

  async #takeUp(guildIds: readonly string[]): Promise<void> {
    const taking = this.#parts.features.map((feature) =>
      this.#persistently(feature, async () => feature.serversReady?.(guildIds), firstRetryMs),
    );
    await Promise.all(taking);
  }

  /** Never rejects. */
  async #persistently(feature: Feature, take: () => Promise<void>, retryMs: number): Promise<void> {
    const { clock, log } = this.#parts;
    try {
      await take();
    } catch (err) {
      log.error({ err, feature: feature.name }, 'What servers had running could not be read, trying again');
      if (!this.#isReady) return;
      const timer = clock.at(clock.now() + retryMs, () => {
        this.#retries.delete(timer);
        void this.#persistently(feature, take, Math.min(2 * retryMs, longestRetryMs));
      });
      this.#retries.add(timer);
    }
  }
}
