import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runTool } from './run-tool.js';

const nowhere = 'sqlite:///nowhere/there-is-none.sqlite';

test('a script that is asked for help says in one line how it is called, and does nothing', async () => {
  const out = 'Call it so: npm run questions:ids [-- REWORDED_ID …]\n';
  expect(await runTool('questions-ids', ['--help'], nowhere)).toEqual({ code: 0, out, err: '' });
});

test.each([
  ['questions-ids', ['--fix'], 'npm run questions:ids [-- REWORDED_ID …]'],
  ['known-pages', [], 'node dist/scripts/known-pages.js FOLDER ROOT_URL FILE [html]'],
])('%s %j says how it is called, and ends with 2', async (name, args, usage) => {
  const err = `Call it so: ${usage}\n`;
  expect(await runTool(name, args, nowhere)).toEqual({ code: 2, out: '', err });
});

test('no script reads its arguments in another way', async () => {
  const folder = fileURLToPath(new URL('../../scripts/', import.meta.url));
  const readers: string[] = [];
  for (const name of await readdir(folder, { recursive: true }))
    if (name.endsWith('.ts') && /\bargv\b|\bparseArgs\b/.test(await readFile(folder + name, 'utf8')))
      readers.push(name);
  expect(readers).toEqual(['command-line.ts']);
});
