import { rename, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { KeyvSqlite } from '@keyv/sqlite';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { openSqlite } from '../../src/store/sqlite.js';
import { Batch, recordType } from '../../src/store/store.js';
import { parseStoreUrl } from '../../src/store/url.js';
import { tempDir, tempStore } from '../helpers/store.js';
import { contract, type Subject } from './contract.js';
import { memoryContract } from './memory-contract.js';

contract('SQLite', { open });
memoryContract('SQLite', { open });

test('a record removed from SQLite stays removed even when its husk cannot be tidied away', async () => {
  const temp = await tempStore();
  const note = recordType('note', z.string());
  await temp.store.commit(new Batch().put(note, 'a', () => 'old').put(note, 'b', () => 'old'));
  await aside(temp.path, (file) =>
    file.query(`CREATE TRIGGER kept BEFORE DELETE ON records BEGIN SELECT RAISE(ABORT, 'no'); END`),
  );
  await temp.store.commit(new Batch().remove(note, 'a').put(note, 'b', () => 'new'));
  expect(await temp.store.getMany(note, ['a', 'b'])).toEqual(new Map([['b', 'new']]));
  expect(await (await temp.reopen()).get(note, 'a')).toBeUndefined();
  expect(temp.lines.map(({ level }) => level)).toEqual([40]);
});

test('SQLite hands every commit to the system, syncs at checkpoints, and leaves the file open to readers', async () => {
  const path = join(await tempDir(), 'drills.sqlite');
  const adapter = await openSqlite(parseStoreUrl(`sqlite://${path}`));
  expect(await adapter.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
  expect(await adapter.query('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
  await adapter.setMany([{ key: 'note:a', value: '1' }]);
  expect(await aside(path, (file) => file.get('note:a'))).toBe('1');
  await adapter.disconnect();
});

test('what people answered is readable by the bot’s own user only', async () => {
  const dir = join(await tempDir(), 'deep', 'data');
  const adapter = await openSqlite(parseStoreUrl(`sqlite://${join(dir, 'drills.sqlite')}`));
  await adapter.setMany([{ key: 'note:a', value: '1' }]);
  const mode = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8);
  expect(await mode(dir)).toBe('700');
  expect(await mode(join(dir, 'drills.sqlite'))).toBe('600');
  expect(await mode(join(dir, 'drills.sqlite-wal'))).toBe('600');
  await adapter.disconnect();
});

/** Moves the folder of a file into another that goes when the test has ended. */
async function moveFolder(path: string): Promise<void> {
  await rename(dirname(path), join(await tempDir(), 'moved'));
}

test.each([
  ['removed', (path: string) => rm(path)],
  ['emptied', (path: string) => truncate(path, 0)],
  [
    'replaced',
    async (path: string) => {
      await rm(path);
      await writeFile(path, 'another file');
    },
  ],
  ['left without its log', (path: string) => rm(`${path}-wal`)],
  ['moved with its folder', (path: string) => moveFolder(path)],
  [
    'moved with its folder, in whose place a file lies,',
    async (path: string) => {
      await moveFolder(path);
      await writeFile(dirname(path), 'a file');
    },
  ],
  [
    'replaced by a link to itself',
    async (path: string) => {
      await rm(path);
      await symlink(path, path);
    },
  ],
])('a database file that is %s under the bot is noticed at the next write', async (_, spoil) => {
  const temp = await tempStore();
  const note = recordType('note', z.string());
  await temp.store.commit(new Batch().put(note, 'a', () => 'kept'));
  await spoil(temp.path);
  await expect(temp.store.commit(new Batch().put(note, 'a', () => 'lost'))).rejects.toThrow(
    'was removed, emptied, replaced or written over while the bot runs',
  );
});

/** Uses a connection beside the store's own, as an operator's `sqlite3` would. */
async function aside<T>(path: string, use: (file: KeyvSqlite) => Promise<T>): Promise<T> {
  const file = new KeyvSqlite({ uri: `sqlite://${path}`, table: 'records', busyTimeout: 1_000 });
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

async function open(): Promise<Subject> {
  const temp = await tempStore();
  const broken = (key: string): string =>
    `CREATE TRIGGER broken BEFORE INSERT ON records WHEN NEW.key = '${key}' BEGIN SELECT RAISE(ABORT, 'no'); END`;
  return Object.assign(temp, {
    breakWrites: (key: string) => aside(temp.path, (file) => file.query(broken(key))),
    mend: () => aside(temp.path, (file) => file.query('DROP TRIGGER broken')),
    plant: (key: string, text: string) => aside(temp.path, (file) => file.set(key, text)),
    peek: (key: string) => aside(temp.path, (file) => file.get<string>(key)),
  });
}
