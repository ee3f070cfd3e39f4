import type pg from 'pg';
import { afterAll, describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { openPostgres } from '../../src/store/postgres.js';
import { parseStoreUrl } from '../../src/store/url.js';
import { startPostgres } from '../helpers/databases.js';
import { listeningLog } from '../helpers/store.js';
import { contract, type Subject } from './contract.js';
import { memoryContract } from './memory-contract.js';
import { outageContract } from './outage-contract.js';

const database = await startPostgres();

if (database === undefined) {
  describe('a store in PostgreSQL', () => test.todo('needs the programs of PostgreSQL'));
} else {
  const { url } = database;
  const aside = await openPostgres(parseStoreUrl(url));
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
  memoryContract('PostgreSQL', { open });
  outageContract('PostgreSQL', database, { open });

  test.each([
    [url.replace('/postgres', '/nowhere'), 'there is no such database'],
    [url.replace('drills@', 'stranger:se-cret@'), 'user'],
  ])('a refusal by PostgreSQL is explained: %s', async (refused, reason) => {
    const error: unknown = await openStore(refused, listeningLog().log).catch((fault: unknown) => fault);
    expect(String(error)).toMatch(/DATABASE_URL/);
    expect(String(error)).toContain(reason);
    expect(String(error)).not.toContain('se-cret');
  });
}

test.each([
  ['23505', true],
  ['42P07', true],
  ['42710', true],
  ['42501', false],
])('a table that cannot be made for %s: the database opens all the same? %s', async (code, opens) => {
  // Which of those that are passed over comes when another process makes it at the same moment is chance.
  const access = {
    pool: { query: async () => ({ rows: [] }) } as unknown as pg.Pool,
    write: () => Promise.reject(Object.assign(new Error('CREATE TABLE failed'), { code })),
    close: async () => {},
  };
  const opening = openPostgres(parseStoreUrl('postgresql://drills@127.0.0.1/records'), access);
  if (opens) await expect(opening).resolves.toBeDefined();
  else await expect(opening).rejects.toThrow('Grant it CREATE');
});
