import { expect, test } from 'vitest';
import { expectAccessible } from './axe.js';
import { findBrowser, theBrowser } from './browser.js';

const executable = findBrowser();

test.skipIf(!executable)('what is inaccessible is found, and named', async () => {
  const page = await (await theBrowser(executable ?? '')).newPage();
  await page.setContent(
    '<html lang="en"><title>T</title><main><h1>T</h1><button></button><p style="color: #555; background: #444">dim</p></main>',
  );
  const found = await expectAccessible(page).catch(({ actual }: { actual: string }) => actual.split('\n'));
  expect(found).toEqual([
    'button-name: <button></button>',
    'color-contrast: <p style="color: #555; background: #444">dim</p>',
  ]);
  await page.close();
});
