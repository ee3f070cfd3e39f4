import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { tempDir } from '../helpers/store.js';

const loader = new URL('../../scripts/kept-code.mjs', import.meta.url).href;

/**
 * What a call of the loader gives, in a process of its own: one that has compiled a text before looks at no kept code.
 * As `npm start` runs it, without flags: V8 takes no code that was made with other flags than its own.
 */
function inNode(call: string, file: string): unknown {
  const script = `import { isTaken, keepCode, runKept } from '${loader}';
    const file = ${JSON.stringify(file)};
    process.stdout.write(JSON.stringify(${call} ?? null));`;
  const flags = ['--input-type=module', '-e', script];
  return JSON.parse(execFileSync(process.execPath, flags, { encoding: 'utf8', env: {} }));
}

it('a file runs with the code that was kept of it, and all the same with none or with foreign code', async () => {
  const file = join(await tempDir(), 'packages.cjs');
  writeFileSync(file, "exports.sum = [1, 2, 3].reduce((a, b) => a + b); exports.os = require('node:os');");
  const outcome = () => inNode('[isTaken(file), runKept(file).sum]', file);
  expect(outcome(), 'none').toEqual([false, 6]);
  inNode('keepCode(file)', file);
  expect([inNode('isTaken(file)', file), inNode('runKept(file).sum', file)], 'its own').toEqual([true, 6]);
  const code = readFileSync(`${file}.code`);
  writeFileSync(`${file}.code`, code.subarray(0, 40));
  expect(outcome(), 'cut off').toEqual([false, 6]);
  writeFileSync(`${file}.code`, code.subarray(0, code.length / 2));
  expect(outcome(), 'cut in half').toEqual([false, 6]);
  writeFileSync(`${file}.code`, 'of another version');
  expect(outcome(), 'foreign').toEqual([false, 6]);
});

it('damaged code and code of another file of the same length never get to V8, which crashes or runs the old file', async () => {
  const file = join(await tempDir(), 'packages.cjs');
  const source = (word: string): string =>
    `exports.word = [${'"a",'.repeat(500)}].map((one) => one + '${word}').at(0);`;
  writeFileSync(file, source('old'));
  inNode('keepCode(file)', file);
  expect(inNode('isTaken(file)', file)).toBe(true);
  writeFileSync(file, source('new'));
  expect(inNode('runKept(file).word', file), 'of another file').toBe('anew');
  inNode('keepCode(file)', file);
  // As a power cut leaves it: as long as it was, and empty from somewhere on.
  const code = readFileSync(`${file}.code`);
  for (const share of [0, 0.2, 0.5, 0.8]) {
    const damaged = Buffer.from(code).fill(0, Math.floor(share * code.length));
    writeFileSync(`${file}.code`, damaged);
    expect(inNode('[isTaken(file), runKept(file).word]', file), `zeros from ${share} on`).toEqual([
      false,
      'anew',
    ]);
  }
});

it('the built program takes the code that its build has kept', () => {
  const file = fileURLToPath(new URL('../../dist/bundle/src/packages.cjs', import.meta.url));
  expect(inNode('isTaken(file)', file)).toBe(true);
});
