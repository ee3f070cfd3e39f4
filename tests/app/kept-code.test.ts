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

it('the built program takes the code that its build has kept', () => {
  const file = fileURLToPath(new URL('../../dist/bundle/src/packages.cjs', import.meta.url));
  const look = `import { isTaken } from ${JSON.stringify(pathToFileURL(loader).href)};
    process.stdout.write(String(isTaken(${JSON.stringify(file)})))`;
  // As `npm start` runs it: V8 takes no code that was made with other flags than its own.
  expect(
    execFileSync(process.execPath, ['--input-type=module', '-e', look], { encoding: 'utf8', env: {} }),
  ).toBe('true');
});
