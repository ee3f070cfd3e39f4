import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { slowest } from './slowest-first.js';

it('the slowest files that are begun first are there, each named once', () => {
  const isThere = (file: string): boolean =>
    existsSync(fileURLToPath(new URL(`../${file}`, import.meta.url)));
  expect(slowest.filter((file) => !isThere(file))).toEqual([]);
  expect(new Set(slowest).size).toBe(slowest.length);
});
