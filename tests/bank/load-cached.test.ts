import { appendFile, chmod, cp, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadBank } from '../../src/bank/load.js';
import { loadBankCached } from '../../src/bank/load-cached.js';
import { demoQuestions } from '../helpers/banks.js';
import { tempDir } from '../helpers/store.js';
import { single } from './bank-files.js';

async function folder(): Promise<{ dir: string; file: string }> {
  const base = await tempDir();
  const dir = join(base, 'questions');
  await cp(demoQuestions, dir, { recursive: true });
  return { dir, file: join(base, 'bank.json') };
}

it('gives the same bank from its memory as from the files', async () => {
  const { dir, file } = await folder();
  const fresh = await loadBankCached(dir, file);
  const { mtimeMs } = await stat(file);
  const known = await loadBankCached(dir, file);
  expect((await stat(file)).mtimeMs).toBe(mtimeMs);
  const read = await loadBank(dir);
  for (const bank of [fresh, known]) {
    expect(bank.all).toEqual(read.all);
    expect(bank.topics).toEqual(read.topics);
  }
});

const newTopic = `topic: new
title: New
description: New things.
questions:
${single}`;

it.each([
  ['a question changed', (dir: string) => appendFile(join(dir, 'demo/facts.yaml'), '# changed\n')],
  ['a file is new', (dir: string) => writeFile(join(dir, 'demo/new.yaml'), newTopic)],
])('reads the files again when %s', async (_, change) => {
  const { dir, file } = await folder();
  await loadBankCached(dir, file);
  const before = await readFile(file, 'utf8');
  await change(dir);
  await loadBankCached(dir, file);
  expect(await readFile(file, 'utf8')).not.toBe(before);
});

it('still tells every fault, and remembers none', async () => {
  const { dir, file } = await folder();
  await loadBankCached(dir, file);
  await appendFile(join(dir, 'demo/facts.yaml'), 'nonsense: true\n');
  await expect(loadBankCached(dir, file)).rejects.toThrow('nonsense');
  await expect(loadBankCached(dir, file)).rejects.toThrow('nonsense');
});

it('does not stumble over a memory that was cut off', async () => {
  const { dir, file } = await folder();
  await loadBankCached(dir, file);
  await writeFile(file, (await readFile(file, 'utf8')).slice(0, 100));
  expect((await loadBankCached(dir, file)).all).toHaveLength(8);
});

it('works where it cannot write', async () => {
  const { dir, file } = await folder();
  await chmod(join(file, '..'), 0o500);
  expect((await loadBankCached(dir, file)).all).toHaveLength(8);
  await chmod(join(file, '..'), 0o700);
});
