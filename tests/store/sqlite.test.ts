import { KeyvSqlite } from '@keyv/sqlite';
import { tempStore } from '../helpers/store.js';
import { contract, type Subject } from './contract.js';
import { logContract } from './log-contract.js';

contract('SQLite', { open });
logContract('SQLite', { open });

async function open(): Promise<Subject> {
  const temp = await tempStore();
  /** From a connection beside the store's own, as an operator's `sqlite3` would. */
  const aside = async <T>(use: (file: KeyvSqlite) => Promise<T>): Promise<T> => {
    const file = new KeyvSqlite({ uri: `sqlite://${temp.path}`, table: 'records', busyTimeout: 1_000 });
    try {
      return await use(file);
    } finally {
      await file.close();
    }
  };
  const broken = (key: string): string =>
    `CREATE TRIGGER broken BEFORE INSERT ON records WHEN NEW.key = '${key}' BEGIN SELECT RAISE(ABORT, 'no'); END`;
  return Object.assign(temp, {
    breakWrites: (key: string) => aside((file) => file.query(broken(key))),
    mend: () => aside((file) => file.query('DROP TRIGGER broken')),
    plant: (key: string, text: string) => aside((file) => file.set(key, text)),
    peek: (key: string) => aside((file) => file.get<string>(key)),
  });
}
