import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { tempDir } from '../helpers/store.js';

const loader = fileURLToPath(new URL('../../scripts/kept-code.mjs', import.meta.url));

it('a file runs with the code that was kept of it, and all the same with none or with foreign code', async () => {
  const { keepCode, runKept } = (await import(pathToFileURL(loader).href)) as {
    keepCode(file: string): void;
    runKept(file: string): Record<string, unknown>;
  };
  const file = join(await tempDir(), 'packages.cjs');
  writeFileSync(file, "exports.sum = [1, 2, 3].reduce((a, b) => a + b); exports.os = require('node:os');");
  const sums = (): unknown => runKept(file)['sum'];
  expect(sums(), 'none').toBe(6);
  keepCode(file);
  expect(sums(), 'its own').toBe(6);
  writeFileSync(`${file}.code`, readFileSync(`${file}.code`).subarray(0, 40));
  expect(sums(), 'cut off').toBe(6);
  writeFileSync(`${file}.code`, 'of another version');
  expect(sums(), 'foreign').toBe(6);
});

it('damaged code and code of another file of the same length never get to V8, which crashes or runs the old file', async () => {
  const file = join(await tempDir(), 'packages.cjs');
  const call = (what: string): string =>
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import { isTaken, keepCode, runKept } from ${JSON.stringify(pathToFileURL(loader).href)};
        const file = ${JSON.stringify(file)};
        process.stdout.write(String(${what}))`,
      ],
      { encoding: 'utf8', env: {} },
    );
  const source = (word: string): string =>
    `exports.word = [${'"a",'.repeat(500)}].map((one) => one + '${word}').at(0);`;
  writeFileSync(file, source('old'));
  call('keepCode(file)');
  expect(call('isTaken(file)')).toBe('true');
  writeFileSync(file, source('new'));
  expect(call('runKept(file).word'), 'of another file').toBe('anew');
  call('keepCode(file)');
  // As a power cut leaves it: as long as it was, and empty from somewhere on.
  const code = readFileSync(`${file}.code`);
  for (const share of [0, 0.2, 0.5, 0.8]) {
    const damaged = Buffer.from(code).fill(0, Math.floor(share * code.length));
    writeFileSync(`${file}.code`, damaged);
    expect(call('[isTaken(file), runKept(file).word]'), `zeros from ${share} on`).toBe('false,anew');
  }
});

it('the built program takes the code that its build has kept', () => {
  const file = fileURLToPath(new URL('../../dist/bundle/src/packages.cjs', import.meta.url));
  const look = `import { isTaken } from ${JSON.stringify(pathToFileURL(loader).href)};
    process.stdout.write(String(isTaken(${JSON.stringify(file)})))`;
  // As `npm start` runs it: V8 takes no code that was made with other flags than its own.
  expect(
    execFileSync(process.execPath, ['--input-type=module', '-e', look], { encoding: 'utf8', env: {} }),
  ).toBe('true');
});
