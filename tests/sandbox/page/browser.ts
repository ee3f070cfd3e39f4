import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll } from 'vitest';
import { chromium, followNoCalls } from './playwright.js';

const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Where a Chromium is on this machine, for a file of tests. Without one, undefined and a line that says so; in CI,
 * where nothing may be left out, an error.
 */
export function findBrowser(): string | undefined {
  afterAll(followNoCalls);
  const { CI, PATH = '' } = process.env;
  const found = PATH.split(delimiter)
    .flatMap((dir) => names.map((name) => join(dir, name)))
    .find(isExecutable);
  if (found) return found;
  const line = 'Chromium is not installed: the tests of the sandbox’s page are left out';
  if (CI) throw new Error(line);
  process.stderr.write(`${line}\n`);
  return undefined;
}

let browser: Promise<Browser> | undefined;

/**
 * One for all tests of a worker, each with a context of its own: starting one takes longer than many a test. Playwright
 * ends it with the worker.
 */
export function theBrowser(executablePath: string): Promise<Browser> {
  browser ??= chromium.launch({ executablePath, args: flags });
  return browser;
}

/** What the page complained of in its console, and what it asked of other machines. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!/^http:\/\/(localhost|127\.0\.0\.1):/.test(request.url())) complaints.push(request.url());
  });
  return complaints;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
