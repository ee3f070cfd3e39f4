import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { named } from './file-order.js';

it('files whose turn is given are there, each named once', () => {
  const isThere = (file: string): boolean =>
    existsSync(fileURLToPath(new URL(`../${file}`, import.meta.url)));
  expect(named.filter((file) => !isThere(file))).toEqual([]);
  expect(new Set(named).size).toBe(named.length);
});
