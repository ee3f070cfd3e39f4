import { KeyvPostgres } from '@keyv/postgres';
import { afterAll, describe, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { startPostgres } from '../helpers/databases.js';
import { listeningLog } from '../helpers/store.js';
import { contract, type Subject } from './contract.js';

const database = await startPostgres();

if (database === undefined) {
  describe('a store in PostgreSQL', () => test.todo('needs the programs of PostgreSQL'));
} else {
  const { url } = database;
  const aside = new KeyvPostgres({ uri: url, table: 'records', keySize: 512 });
  aside.on('error', () => {});
  afterAll(async () => {
    await aside.disconnect();
    await database.stop();
  });
  const raise = `CREATE OR REPLACE FUNCTION raise() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''no''; END'`;
  const broken = (key: string): string =>
    `CREATE TRIGGER broken BEFORE INSERT ON records FOR EACH ROW WHEN (NEW.key = '${key}') EXECUTE FUNCTION raise()`;

  const open = async (): Promise<Subject> => {
    await aside.query('TRUNCATE records');
    const { log, lines } = listeningLog();
    const subject: Subject = {
      store: await openStore(url, log),
      lines,
      async reopen() {
        await subject.store.close();
        subject.store = await openStore(url, log);
        return subject.store;
      },
      async breakWrites(key) {
        await aside.query(raise);
        await aside.query(broken(key));
      },
      mend: async () => void (await aside.query('DROP TRIGGER broken ON records')),
      plant: (key, text) => aside.set(key, text),
      peek: (key) => aside.get(key),
    };
    onTestFinished(() => subject.store.close());
    return subject;
  };
  contract('PostgreSQL', { open });
}
