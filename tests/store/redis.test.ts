import { createClient } from '@keyv/redis';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { ping } from '../../src/store/ping.js';
import { startRedis } from '../helpers/databases.js';
import { startProxy } from '../helpers/proxy.js';
import { listeningLog } from '../helpers/store.js';
import { contract, type Subject } from './contract.js';
import { memoryContract } from './memory-contract.js';
import { outageContract } from './outage-contract.js';

const portOf = (url: string): number => Number(new URL(url).port);
const database = await startRedis();

if (database === undefined) {
  describe('a store in Redis', () => test.todo('needs redis-server'));
} else {
  const { url } = database;
  const aside = await createClient({ url })
    .on('error', () => {})
    .connect();
  afterAll(async () => {
    aside.destroy();
    await database.stop();
  });

  const open = async (): Promise<Subject> => {
    await aside.flushDb();
    const { log, lines } = listeningLog();
    const subject: Subject = {
      store: await openStore(url, log),
      lines,
      async reopen() {
        await subject.store.close();
        subject.store = await openStore(url, log);
        return subject.store;
      },
      // Out of memory, every write is refused.
      breakWrites: async () => void (await aside.configSet('maxmemory', '1')),
      mend: async () => void (await aside.configSet('maxmemory', '0')),
      plant: async (key, text) => void (await aside.set(`drills::${key}`, text)),
      peek: async (key) => (await aside.get(`drills::${key}`)) ?? undefined,
    };
    onTestFinished(() => subject.store.close());
    return subject;
  };
  contract('Redis', { open });
  memoryContract('Redis', { open });
  outageContract('Redis', database, { open });

  test.each(['wrong', ''])('a wrong password for Redis is explained: "%s"', async (password) => {
    const refused = url.replace('se-cret', password);
    await expect(openStore(refused, listeningLog().log)).rejects.toThrow('user or password are wrong');
  });

  test('a Redis that forgets when it stops is warned of', async () => {
    await aside.configSet('appendonly', 'no');
    const { lines } = await open();
    expect(lines).toMatchObject([{ level: 40, msg: expect.stringContaining('appendonly yes') }]);
    await aside.configSet('appendonly', 'yes');
    expect((await open()).lines).toEqual([]);
  });

  test('a Redis that makes room by throwing records away is warned of', async () => {
    await aside.configSet('maxmemory-policy', 'allkeys-lru');
    const { lines } = await open();
    expect(lines).toMatchObject([{ level: 40, msg: expect.stringContaining('noeviction') }]);
    await aside.configSet('maxmemory-policy', 'noeviction');
    expect((await open()).lines).toEqual([]);
  });

  test('after a failover what is written goes to the new one, and until then the store does not count as well', async () => {
    const next = await startRedis();
    if (!next) return;
    onTestFinished(() => next.stop());
    const proxy = await startProxy(portOf(url));
    const { log, lines } = listeningLog();
    const store = await openStore(url.replace(String(portOf(url)), String(proxy.port)), log);
    onTestFinished(() => store.close());
    await ping(store, 1);
    // To nobody: it waits for a master that never comes, as a replica does whose master is about to change.
    await aside.sendCommand(['REPLICAOF', '127.0.0.1', '1']);
    onTestFinished(async () => void (await aside.sendCommand(['REPLICAOF', 'NO', 'ONE'])));
    proxy.leadTo(portOf(next.url));
    await expect(ping(store, 2)).rejects.toThrow(/READONLY/);
    await expect.poll(() => ping(store, 3).then(() => 'well', String), { timeout: 60_000 }).toBe('well');
    expect(lines.filter(({ level }) => level > 40)).toEqual([]);
    const there = await createClient({ url: next.url }).connect();
    onTestFinished(() => there.destroy());
    expect(await there.get('drills::ping:here')).toContain('"d":3');
  });
}
