import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { commandLine } from '../../scripts/command-line.js';
import { demoQuestions } from '../helpers/banks.js';
import { tempDir } from '../helpers/store.js';
import { runTool } from './run-tool.js';

const nowhere = 'sqlite:///nowhere/there-is-none.sqlite';

test('a script that is asked for help says in one line how it is called, and does nothing', async () => {
  const out = 'Call it so: npm run questions:ids [-- REWORDED_ID …]\n';
  expect(await runTool('questions-ids', ['--help'], nowhere)).toEqual({ code: 0, out, err: '' });
});

test('one that is called in another way says so too, and ends with 2', async () => {
  const err = 'Call it so: node dist/scripts/known-pages.js FOLDER ROOT_URL FILE [html]\n';
  expect(await runTool('known-pages', [], nowhere)).toEqual({ code: 2, out: '', err });
});

test.each([
  ['an option that it does not have', ['--fix']],
  ['too little', []],
  ['too much', ['one', 'two', 'three']],
])('%s is no such call', (_, args) => {
  const said: unknown[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(text) > 0);
  vi.spyOn(process, 'exit').mockImplementation((code) => {
    throw new Error(`ended with ${code}`);
  });
  const { argv } = process;
  process.argv = ['node', 'script', ...args];
  try {
    expect(() => commandLine({ usage: 'script ONE [TWO]', takes: [1, 2] })).toThrow('ended with 2');
  } finally {
    process.argv = argv;
  }
  expect(said).toEqual(['Call it so: script ONE [TWO]\n']);
});

test('a tool names a variable that is misspelt, before it works on another database than was meant', async () => {
  const env = { DATBASE_URL: 'sqlite://meant.sqlite' };
  const { code, err } = await runTool('audit', [], nowhere, undefined, { env });
  expect(code).toBe(2);
  expect(err.split('\n')[0]).toBe('DATBASE_URL is not a variable of this bot; did you mean DATABASE_URL?');
});

test('a script for questions reads .env as the bot does, and tells what is wrong with it', async () => {
  const cwd = await tempDir();
  await writeFile(join(cwd, '.env'), `a note\nQUESTIONS_DIR=${demoQuestions}\n`);
  const { code, out, err } = await runTool('question', ['facts-true'], nowhere, undefined, { cwd });
  expect(err).toContain('Line 1 of .env is not read.');
  expect(err).toContain('No question has the id facts-true');
  expect([code, out]).toEqual([1, '']);
});

test('no script reads its arguments in another way', async () => {
  const folder = fileURLToPath(new URL('../../scripts/', import.meta.url));
  const readers: string[] = [];
  for (const name of await readdir(folder, { recursive: true }))
    if (name.endsWith('.ts') && /\bargv\b|\bparseArgs\b/.test(await readFile(folder + name, 'utf8')))
      readers.push(name);
  expect(readers).toEqual(['command-line.ts']);
});
