import { appendFile, chmod, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadBank } from '../../src/bank/load.js';
import { loadBankCached } from '../../src/bank/load-cached.js';
import { demoQuestions } from '../helpers/banks.js';
import { tempDir } from '../helpers/store.js';
import { single } from './bank-files.js';

/** Questions, and an empty folder to remember them in. */
async function folder(): Promise<{ dir: string; memory: string }> {
  const base = await tempDir();
  const [dir, memory] = [join(base, 'questions'), join(base, 'memory')];
  await cp(demoQuestions, dir, { recursive: true });
  await mkdir(memory);
  return { dir, memory };
}

async function onlyFile(memory: string): Promise<string> {
  const [name, ...others] = await readdir(memory);
  expect(others).toEqual([]);
  return join(memory, name ?? '');
}

it('gives the same bank from its memory as from the files', async () => {
  const { dir, memory } = await folder();
  const fresh = await loadBankCached(dir, memory);
  const file = await onlyFile(memory);
  const { mtimeMs } = await stat(file);
  const known = await loadBankCached(dir, memory);
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
  const { dir, memory } = await folder();
  await loadBankCached(dir, memory);
  await change(dir);
  expect((await loadBankCached(dir, memory)).all).toEqual((await loadBank(dir)).all);
  expect(await readdir(memory)).toHaveLength(2);
});

it('never takes for its own what code that was built since has remembered', async () => {
  const { dir, memory } = await folder();
  const [code, nextCode] = [await tempDir(), await tempDir()];
  const load = (folder: string) => loadBankCached(dir, memory, folder);
  await writeFile(join(code, 'load.js'), 'export const before = 1;');
  await load(code);
  await writeFile(join(code, 'load.js'), 'export const since = 1;');
  await cp(code, nextCode, { recursive: true });
  await load(nextCode);
  const others = (await readdir(memory)).map((name) => join(memory, name));
  expect(others).toHaveLength(2);
  await load(code);
  expect((await readdir(memory)).map((name) => join(memory, name))).toEqual(others);
  await appendFile(join(dir, 'demo/facts.yaml'), '# changed\n');
  await load(nextCode);
  await load(code);
  expect(await readdir(memory), 'each its own').toHaveLength(4);
});

it('remembers four banks, those that were read last', async () => {
  const { dir, memory } = await folder();
  const facts = join(dir, 'demo/facts.yaml');
  const text = await readFile(facts, 'utf8');
  const readAs = async (n: number) => {
    await writeFile(facts, `${text}# ${n}\n`);
    await loadBankCached(dir, memory);
    return readdir(memory);
  };
  const first = await readAs(1);
  for (const n of [2, 3, 4]) expect(await readAs(n)).toHaveLength(n);
  const four = await readAs(4);
  expect(await readAs(1)).toEqual(four);
  expect(await readAs(5)).toHaveLength(4);
  expect(await readdir(memory)).not.toContain(first[0]);
});

it('still tells every fault, and remembers none', async () => {
  const { dir, memory } = await folder();
  await loadBankCached(dir, memory);
  await appendFile(join(dir, 'demo/facts.yaml'), 'nonsense: true\n');
  await expect(loadBankCached(dir, memory)).rejects.toThrow('nonsense');
  await expect(loadBankCached(dir, memory)).rejects.toThrow('nonsense');
});

it('does not stumble over a memory that was cut off', async () => {
  const { dir, memory } = await folder();
  await loadBankCached(dir, memory);
  const file = await onlyFile(memory);
  await writeFile(file, (await readFile(file, 'utf8')).slice(0, 100));
  expect((await loadBankCached(dir, memory)).all).toHaveLength(8);
});

it('works where it cannot write', async () => {
  const { dir, memory } = await folder();
  await chmod(memory, 0o500);
  expect((await loadBankCached(dir, memory)).all).toHaveLength(8);
  await chmod(memory, 0o700);
});

it('works where what it remembers cannot be read, or a folder lies in its place', async () => {
  const { dir, memory } = await folder();
  await loadBankCached(dir, memory);
  const file = await onlyFile(memory);
  await chmod(file, 0o000);
  expect((await loadBankCached(dir, memory)).all).toHaveLength(8);
  await rm(file);
  await mkdir(file);
  expect((await loadBankCached(dir, memory)).all).toHaveLength(8);
});
