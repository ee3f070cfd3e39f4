import KeyvRedis, { createClient } from '@keyv/redis';
import type { Logger } from 'pino';
import { explain, wrongPassword } from './explain.js';
import { botName } from './rows.js';
import { StoreError } from './store.js';
import type { StoreUrl } from './url.js';

type Client = ReturnType<typeof createClient>;

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
    await warnOfForgetting(await client.info('persistence'), log);
  } catch (cause) {
    client.destroy();
    throw redisError(url, cause);
  }
  return new KeyvRedis(client, { throwOnErrors: true, throwOnConnectError: true });
}

/** Out of the box Redis keeps what it was told in memory and saves it minutes later. */
async function warnOfForgetting(persistence: string, log: Logger): Promise<void> {
  if (/^aof_enabled:1/m.test(persistence)) return;
  log.warn('Redis runs without appendonly: should it stop, the last answers are lost. Set "appendonly yes".');
}

function explainRedis(cause: unknown): string {
  const words = explain(cause);
  return /NOAUTH|WRONGPASS/.test(words) ? wrongPassword : words;
}
