import { connectRedis, redisError } from './redis.js';
import { botName, type Row, type Rows, type RowsUse, rowsAtOnce, toolName } from './rows.js';
import { StoreError } from './store.js';
import type { StoreUrl } from './url.js';

/** What Keyv puts before each key. */
const prefix = 'drills::';

/** The bot's rows in a Redis, which may hold other things beside them. */
export async function redisRows(url: StoreUrl, use: RowsUse): Promise<Rows> {
  const client = await connectRedis(url, toolName);
  try {
    if (use === 'alone') await refuseWhileUsed(await client.sendCommand(['CLIENT', 'LIST']), url);
  } catch (cause) {
    client.destroy();
    throw cause instanceof StoreError ? cause : redisError(url, cause);
  }
  const get = async (keys: readonly string[]): Promise<Map<string, string>> => {
    if (keys.length === 0) return new Map();
    const values = await client.mGet(keys.map((key) => `${prefix}${key}`));
    return new Map(keys.flatMap((key, index) => (values[index] == null ? [] : [[key, values[index]]])));
  };
  /** Redis gives each key at least once, and those that are there all the time surely. */
  async function* scan(): AsyncGenerator<string[]> {
    let cursor = '0';
    do {
      const page = await client.scan(cursor, { MATCH: `${prefix}*`, COUNT: rowsAtOnce });
      cursor = String(page.cursor);
      yield page.keys.map((key) => String(key).slice(prefix.length));
    } while (cursor !== '0');
  }
  async function* keys(): AsyncGenerator<readonly string[]> {
    const seen = new Set<string>();
    for await (const page of scan()) {
      const fresh = [...new Set(page)].filter((key) => !seen.has(key));
      for (const key of fresh) seen.add(key);
      yield fresh;
    }
  }
  return {
    async *pages() {
      for await (const page of scan()) {
        const rows: Row[] = [...(await get(page))].map(([key, value]) => ({ key, value }));
        yield { rows, mark: '' };
      }
    },
    keys,
    async count() {
      let count = 0;
      for await (const page of keys()) count += page.length;
      return count;
    },
    get,
    async put(rows) {
      if (rows.length > 0) await client.mSet(rows.flatMap(({ key, value }) => [`${prefix}${key}`, value]));
    },
    async remove(key) {
      await client.del(`${prefix}${key}`);
    },
    close: async () => client.destroy(),
  };
}

async function refuseWhileUsed(list: unknown, { shown }: StoreUrl): Promise<void> {
  const users = [...String(list).matchAll(/ name=(\S+)/g)].filter(([, name]) => name?.startsWith(botName));
  // Our own connection is one of them.
  if (users.length > 1)
    throw new StoreError(
      `The database ${shown} is in use: ${users.length - 1} connections of ${botName}. Stop the bot first.`,
    );
}
