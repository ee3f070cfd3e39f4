import { createClient } from '@keyv/redis';
import { afterAll, describe, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { startRedis } from '../helpers/databases.js';
import { listeningLog } from '../helpers/store.js';
import { contract, type Subject } from './contract.js';

const database = await startRedis();

if (database === undefined) {
  describe('a store in Redis', () => test.todo('needs redis-server'));
} else {
  const { url } = database;
  const aside = await createClient({ url }).connect();
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
}
