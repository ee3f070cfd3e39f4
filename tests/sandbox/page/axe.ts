import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const { resolve } = createRequire(import.meta.url);
let source: Promise<string> | undefined;

/**
 * What it found in order is not described: that costs several times the check itself. There are no frames, so it
 * needs no page of its own to put the findings of several together, as Axe's package for Playwright opens.
 */
const violations = `axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join('\\n')))`;

/** Everything that axe finds fault with: names, roles, contrast, order of headings and so on. */
export async function expectAccessible(page: Page): Promise<void> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) {
    source ??= readFile(resolve('axe-core/axe.min.js'), 'utf8');
    // Its value cannot be sent, and nobody wants it.
    await page.evaluate(`${await source};undefined`);
  }
  expect((await page.evaluate<string[]>(violations)).join('\n')).toBe('');
}
