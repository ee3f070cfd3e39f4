/**
 * Playwright follows its calls by `AsyncLocalStorage`, and from the first use of one on, Node 20 runs a hook for every
 * promise of the process: files that come later in the same worker took up to five times as long. So what Playwright
 * makes of them is kept, to be switched off when a file is done; a call switches it on again.
 */
import asyncHooks from 'node:async_hooks';

const made: asyncHooks.AsyncLocalStorage<unknown>[] = [];

const { AsyncLocalStorage } = asyncHooks;
asyncHooks.AsyncLocalStorage = class<T> extends AsyncLocalStorage<T> {
  constructor() {
    super();
    made.push(this);
  }
};
const { chromium } = await import('playwright-core');
asyncHooks.AsyncLocalStorage = AsyncLocalStorage;

/** Until the next call to Playwright. */
export function followNoCalls(): void {
  for (const storage of made) storage.disable();
}

export { chromium };
