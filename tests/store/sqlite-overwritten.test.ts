import { copyFile, readdir, readFile, truncate, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KeyvSqlite } from '@keyv/sqlite';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { backUp } from '../../scripts/upkeep/backup.js';
import { Batch, recordType, type Store } from '../../src/store/store.js';
import { type TempStore, tempStore } from '../helpers/store.js';

const note = recordType('note', z.string());
const words = 'written over while the bot runs';

const put = (store: Store, id: string, text: string): Promise<void> =>
  store.commit(new Batch().put(note, id, () => text));

async function putMany(store: Store, name: string): Promise<void> {
  for (let at = 0; at < 20; at++) await put(store, `${name}${at}`, name.repeat(500));
}

/** What an operator's `sqlite3` does while the bot runs. */
async function aside(path: string, ...statements: readonly string[]): Promise<void> {
  const file = new KeyvSqlite({ uri: `sqlite://${path}`, table: 'records', busyTimeout: 1_000 });
  for (const statement of statements) await file.query(statement);
  await file.disconnect();
}

const toFile = (path: string): Promise<void> => aside(path, 'PRAGMA wal_checkpoint(TRUNCATE)');

/** A bot's file with notes of which some are in the file, some only in its log. */
async function played(): Promise<TempStore> {
  const temp = await tempStore();
  await putMany(temp.store, 'own');
  await toFile(temp.path);
  await putMany(temp.store, 'more');
  return temp;
}

/** Another database with notes of its own, closed: one file. */
async function another(): Promise<string> {
  const { store, path } = await tempStore();
  await putMany(store, 'other');
  await store.close();
  return path;
}

/** As `cp -p` would, over the same file. */
async function copyOver(from: string, to: string, timesOf?: { mtime: Date }): Promise<void> {
  await copyFile(from, to);
  if (timesOf) await utimes(to, timesOf.mtime, timesOf.mtime);
}

const overwritten: [string, (temp: TempStore) => Promise<void>][] = [
  ['another database', async ({ path }) => copyOver(await another(), path)],
  [
    'another database, with an old time',
    async ({ path }) => copyOver(await another(), path, { mtime: new Date(0) }),
  ],
  ['what is none', ({ path }) => writeFile(path, 'Dear Ada, this is no database.\n'.repeat(4_000))],
  ['half of itself', ({ path }) => truncate(path, 8_192)],
  ['nothing', ({ path }) => truncate(path, 0)],
  [
    'a backup of this very run',
    async ({ path, url }) => {
      await backUp(url, `${path}.backup`, 1);
      await copyOver(`${path}.backup`, path);
    },
  ],
  [
    'a copy of itself of before',
    async ({ path, store }) => {
      await copyFile(path, `${path}.copy`);
      await putMany(store, 'later');
      await toFile(path);
      await put(store, 'last', 'x');
      await copyOver(`${path}.copy`, path);
    },
  ],
];

test.each(overwritten)('nothing is acknowledged into a file that %s was copied over', async (_, spoil) => {
  const temp = await played();
  await spoil(temp);
  await expect(put(temp.store, 'a', 'lost')).rejects.toThrow(words);
  await expect(put(temp.store, 'a', 'lost'), 'however often it is tried').rejects.toThrow(words);
  await temp.store.close();
  expect(temp.lines.at(-1)).toMatchObject({ level: 50, msg: expect.stringContaining('-wal.left') });
});

test.each([
  ['after it was noticed', true],
  ['before it was noticed', false],
])(
  'a stop %s leaves what was copied over the file as it is, without the log of before',
  async (_, isNoticed) => {
    const temp = await played();
    const other = await another();
    await copyOver(other, temp.path);
    if (isNoticed) await expect(put(temp.store, 'a', 'lost')).rejects.toThrow(words);
    await temp.store.close();
    expect(await readFile(temp.path)).toEqual(await readFile(other));
    const beside = (await readdir(dirname(temp.path))).filter((name) => !name.endsWith('.lock'));
    expect(beside.sort()).toEqual(['drills.sqlite', 'drills.sqlite-wal.left']);
  },
);

test('what others may do with the file meanwhile is no such thing', async () => {
  const temp = await played();
  for (const statement of [
    'PRAGMA wal_checkpoint(TRUNCATE)',
    'PRAGMA wal_checkpoint(PASSIVE)',
    'VACUUM',
    "DELETE FROM records WHERE key LIKE 'note:more%'",
    'VACUUM',
    "INSERT INTO records(key, value) VALUES ('x', '1')",
  ]) {
    await aside(temp.path, statement);
    await put(temp.store, 'a', statement);
    await toFile(temp.path);
    await put(temp.store, 'a', statement);
  }
  expect(await (await temp.reopen()).get(note, 'a')).toContain('INSERT');
});

test('checkpoints of its own, in the middle of many writes, are none either', async () => {
  const temp = await tempStore();
  const writes = Array.from({ length: 300 }, (_, at) => () => put(temp.store, `n${at}`, 'x'.repeat(30_000)));
  for (const write of writes) await write();
  await Promise.all(
    Array.from({ length: 50 }, (_, at) => temp.store.commit(new Batch().remove(note, `n${at}`))),
  );
  expect(await (await temp.reopen()).get(note, 'n299')).toHaveLength(30_000);
});
