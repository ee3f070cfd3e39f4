import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openStore } from '../../src/store/open.js';
import { Batch, recordType, StoreError } from '../../src/store/store.js';
import { listeningLog, tempDir, tempStore } from '../helpers/store.js';

const { log } = listeningLog();
const isRoot = process.getuid?.() === 0;

async function refusal(url: string): Promise<string> {
  const error: unknown = await openStore(url, log).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(StoreError);
  return String(error);
}

describe('a URL that names no store', () => {
  test.each([
    '',
    'drills.sqlite',
    'mysql://me:se-cret@host/db',
    'postgresql://me:se-cret@:port:/',
    'SQLITE://x',
    'sqlite://',
  ])('is refused with what to do: "%s"', async (url) => {
    const message = await refusal(url);
    expect(message).toMatch(/DATABASE_URL|Use e\.g\./);
    expect(message).not.toContain('se-cret');
  });
});

describe('a server that cannot be used', () => {
  test.each([
    ['postgresql://me:se-cret@127.0.0.1:1/db', 'postgresql://me:***@127.0.0.1:1/db'],
    ['redis://:se-cret@127.0.0.1:1', 'redis://:***@127.0.0.1:1'],
    ['rediss://me:se-cret@127.0.0.1:1/2', 'rediss://me:***@127.0.0.1:1/2'],
  ])('is named without the password: %s', async (url, shown) => {
    const message = await refusal(url);
    expect(message).toContain(shown);
    expect(message).toContain('nothing answers there');
    expect(message).not.toContain('se-cret');
  });
});

describe('an SQLite file', () => {
  test('is made with its directories', async () => {
    const store = await openStore(`sqlite://${join(await tempDir(), 'a', 'b', 'drills.sqlite')}`, log);
    await store.close();
  });

  test('that is something else is refused and left as it is', async () => {
    const path = join(await tempDir(), 'notes.txt');
    await writeFile(path, 'Dear diary, '.repeat(100));
    expect(await refusal(`sqlite://${path}`)).toContain('not an SQLite database');
  });

  test('that is a directory is refused', async () => {
    const path = join(await tempDir(), 'drills.sqlite');
    await mkdir(path);
    expect(await refusal(`sqlite://${path}`)).toContain('cannot be opened');
  });

  test('below a file is refused', async () => {
    const path = join(await tempDir(), 'file');
    await writeFile(path, '');
    expect(await refusal(`sqlite://${path}/drills.sqlite`)).toMatch(/not a directory|cannot/);
  });

  test.skipIf(isRoot)('that cannot be written is refused', async () => {
    const { store, path, url } = await tempStore();
    await store.close();
    await chmod(path, 0o444);
    expect(await refusal(url)).toContain('cannot be written');
  });

  test('has one writer; the next may come when the first has closed it', async () => {
    const { store, url } = await tempStore();
    const note = recordType('note', z.string());
    await store.commit(new Batch().put(note, 'a', () => 'mine'));
    expect(await refusal(url)).toContain('Another bot is running on this file');
    await store.close();
    const next = await openStore(url, log);
    expect(await next.get(note, 'a')).toBe('mine');
    await next.close();
  });
});
