import KeyvRedis, { createClient } from '@keyv/redis';
import type { KeyvEntry } from 'keyv';
import type { Logger } from 'pino';
import { explain, wrongPassword } from './explain.js';
import { botName } from './rows.js';
import { StoreError } from './store.js';
import type { StoreUrl } from './url.js';

export type RedisConnection = ReturnType<typeof createClient>;
type Client = RedisConnection;

const connectTimeoutMs = 5_000;
/** A connection that says nothing for this long, pings unanswered, counts as lost. */
const silenceMs = 10_000;
const pingMs = 4_000;
const longestBackoffMs = 2_000;

/** @param name what the connection is called in Redis' list of clients */
export async function connectRedis(url: StoreUrl, name: string): Promise<Client> {
  let connected = false;
  const client = createClient({
    url: url.text,
    name,
    // A write that waited out an outage would come long after its commit was rejected.
    disableOfflineQueue: true,
    pingInterval: pingMs,
    socket: {
      connectTimeout: connectTimeoutMs,
      socketTimeout: silenceMs,
      reconnectStrategy: (retries) => connected && Math.min(2 ** retries * 50, longestBackoffMs),
    },
  }) as Client;
  // Every command that suffers from it rejects as well; unheard, the event would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    connected = true;
    return client;
  } catch (cause) {
    if (client.isOpen) client.destroy();
    throw redisError(url, cause);
  }
}

/** Why a Redis could not be opened, and what to do. */
export const redisError = ({ shown }: StoreUrl, cause: unknown): StoreError =>
  new StoreError(`The database ${shown} could not be opened: ${explainRedis(cause)}`, { cause });

export async function openRedis(url: StoreUrl, log: Logger): Promise<KeyvRedis<unknown>> {
  const client = await connectRedis(url, botName);
  try {
    await warnOfForgetting(client, log);
  } catch (cause) {
    client.destroy();
    throw redisError(url, cause);
  }
  return new FailoverRedis(client, log);
}

/**
 * After a failover the server behind the connection may go on as a replica, which takes no writes: the address leads
 * to another one by now, and only a new connection gets there.
 */
export class FailoverRedis extends KeyvRedis<unknown> {
  readonly #connection: Client;
  readonly #log: Logger;
  #reconnecting = false;

  constructor(connection: Client, log: Logger) {
    super(connection, { throwOnErrors: true, throwOnConnectError: true });
    this.#connection = connection;
    this.#log = log;
  }

  override async setMany(entries: KeyvEntry[]): Promise<void> {
    try {
      await this.write(entries);
    } catch (error) {
      if (/^READONLY\b/.test(String((error as Error).message))) this.#reconnect();
      throw error;
    }
  }

  /** All or nothing. */
  protected async write(entries: KeyvEntry[]): Promise<void> {
    await super.setMany(entries);
  }

  #reconnect(): void {
    if (this.#reconnecting) return;
    this.#reconnecting = true;
    this.#log.warn('Redis is a replica now and takes no writes; connecting anew.');
    this.#connection.destroy();
    // Tries until there is somebody, as after every loss of the connection; closing the store ends it.
    this.#connection.connect().then(
      () => {
        this.#reconnecting = false;
      },
      (error: unknown) => {
        this.#reconnecting = false;
        this.#log.error({ err: error }, 'Redis could not be reached again; the next write tries once more');
      },
    );
  }
}

/** Out of the box Redis keeps what it was told in memory and saves it minutes later; others make room in it. */
export async function warnOfForgetting(client: Client, log: Logger): Promise<void> {
  if (!/^aof_enabled:1/m.test(await client.info('persistence')))
    log.warn(
      'Redis runs without appendonly: should it stop, the last answers are lost. Set "appendonly yes".',
    );
  const [, policy] = /^maxmemory_policy:(\S+)/m.exec(await client.info('memory')) ?? [];
  if (policy !== undefined && policy !== 'noeviction')
    log.warn(
      { policy },
      'Redis throws records away when its memory is full. Set "maxmemory-policy noeviction": then it refuses writes instead, and nothing is lost.',
    );
}

function explainRedis(cause: unknown): string {
  const words = explain(cause);
  return /NOAUTH|WRONGPASS/.test(words) ? wrongPassword : words;
}
