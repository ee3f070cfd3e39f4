import {
  Client,
  type ClientOptions,
  Events,
  GatewayIntentBits,
  type RESTOptions,
  SimpleShardingStrategy,
  type WebSocketOptions,
} from 'discord.js';
import { leanCaches, leaveUnread } from './caches.js';

type WsManager = ConstructorParameters<typeof SimpleShardingStrategy>[0];

/**
 * Resolves when a shard may identify.
 * @param bucket Discord takes one identify of a bucket in five seconds
 * @param signal ends the waiting, with a rejection
 */
export type WaitForIdentify = (shard: number, bucket: number, signal: AbortSignal) => Promise<void>;

export interface ClientSettings {
  /** Absent: Discord's own. */
  readonly apiUrl: string | undefined;
  /** What requests are made with; absent: discord.js's own way, and its limit. */
  readonly makeRequest?: RESTOptions['makeRequest'] | undefined;
  /** Absent: shards of this client wait for each other alone. */
  readonly waitForIdentify?: WaitForIdentify | undefined;
  /** Without `ids`, as many shards as Discord recommends. */
  readonly shards: { readonly ids: readonly number[] | undefined; readonly count: number | undefined };
}

/**
 * discord.js destroys a client whose login fails, and a destroyed one never gets ready again; shards that cannot reach
 * the gateway keep trying all the same. This one outlives its failures, so that a login can be tried again.
 */
export class SteadyClient extends Client {
  #isLoggingIn = false;
  #hasLeft = false;

  constructor(options: ClientOptions) {
    super({ ...options, ws: { ...options.ws, buildStrategy: (manager) => this.#strategyOf(manager) } });
  }

  override async login(token?: string): Promise<string> {
    this.#isLoggingIn = true;
    try {
      return await super.login(token);
    } finally {
      this.#isLoggingIn = false;
    }
  }

  /** What a login that fails calls. To end the client, {@link leave} it. */
  override async destroy(): Promise<void> {
    if (!this.#isLoggingIn) await super.destroy();
  }

  /** Ends it for good, also in the middle of a login. */
  leave(): Promise<void> {
    this.#isLoggingIn = false;
    this.#hasLeft = true;
    return this.destroy();
  }

  /**
   * A shard that waits to connect again when it is destroyed connects all the same, half a second later, and stays: a
   * second session of a shard that runs elsewhere by then. The first that it asks for is its session, which a client
   * that has left never tells.
   */
  #strategyOf(manager: WsManager): SimpleShardingStrategy {
    const { options } = manager;
    const { retrieveSessionInfo } = options;
    options.retrieveSessionInfo = (shard) =>
      this.#hasLeft ? new Promise(() => {}) : retrieveSessionInfo.call(options, shard);
    return new SimpleShardingStrategy(manager);
  }
}

/**
 * The Discord client with the least it needs: one intent, and no caches of what the bot never reads. All that
 * an answer depends on comes with the interaction itself.
 */
export function createClient(config: ClientSettings): SteadyClient {
  const {
    shards: { ids, count },
    waitForIdentify,
    makeRequest,
  } = config;
  const client = new SteadyClient({
    intents: [GatewayIntentBits.Guilds],
    rest: {
      ...(config.apiUrl && { api: config.apiUrl }),
      // The limit on all requests is held where they are made.
      ...(makeRequest && { makeRequest, globalRequestsPerSecond: Number.POSITIVE_INFINITY }),
    },
    shards: ids ? [...ids] : 'auto',
    ...(count && { shardCount: count }),
    ...(waitForIdentify && { ws: { buildIdentifyThrottler: throttleBy(waitForIdentify) } }),
    makeCache: leanCaches(),
  });
  client.on(Events.Raw, leaveUnread);
  return client;
}

const throttleBy =
  (wait: WaitForIdentify): NonNullable<WebSocketOptions['buildIdentifyThrottler']> =>
  async (manager) => {
    const { session_start_limit: limit } = await manager.fetchGatewayInformation();
    return { waitForIdentify: (shard, signal) => wait(shard, shard % limit.max_concurrency, signal) };
  };
