import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { violationText } from 'local-discord';
import { pino } from 'pino';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/start.js';
import { shiftableClock } from '../../../src/time/clock.js';
import { startTheBot, type TestBot } from '../../helpers/bot.js';
import { complaintsOf } from './browser.js';

export const desktop = { width: 1180, height: 800 };
export const phone = { width: 360, height: 740 };

/** How much quicker than people the classmates of tests are. */
const pace = 0.05;

export interface PageStage {
  readonly sandbox: Sandbox;
  readonly bot: TestBot;
  readonly clock: ReturnType<typeof shiftableClock>;
  /** Opens the page as somebody. The test fails when it complains of anything in its console. */
  open(as?: string, options?: BrowserContextOptions, at?: string): Promise<Page>;
}

/** The sandbox with the whole bot in it, as `npm start` runs them, and browsers to use it with. */
export async function pageStage(browser: Browser, env: Record<string, string> = {}): Promise<PageStage> {
  const clock = shiftableClock();
  let bot: TestBot | undefined;
  const sandbox = await startTheSandbox({
    clock,
    pace,
    knows: async (customId) => bot?.app.isRight(customId),
    helps: async (customId) => bot?.app.helpFor(customId),
    settled: async () => bot?.app.idle(),
  });
  const running = await startTheBot(sandbox.discord, { clock, env });
  bot = running;
  return { sandbox, bot: running, clock, open: opener(browser, sandbox) };
}

/** The sandbox alone; closed after the test. */
export async function startTheSandbox(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  const sandbox = await startSandbox({ port: 0, log: pino({ enabled: false }), ...options });
  onTestFinished(async () => {
    await sandbox.close();
    expect(sandbox.discord.violations.map(violationText)).toEqual([]);
    expect(sandbox.discord.internalErrors).toEqual([]);
  });
  return sandbox;
}

export function opener(browser: Browser, { discord }: Sandbox): PageStage['open'] {
  return async (as, options = { viewport: desktop, colorScheme: 'dark' }, at = '') => {
    const context = await browser.newContext({ timezoneId: 'UTC', reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    // Much more than it takes: a machine may have other things to do.
    page.setDefaultTimeout(60_000);
    const complaints = complaintsOf(page);
    onTestFinished(async () => {
      await context.close();
      expect(complaints).toEqual([]);
    });
    await page.goto(`http://localhost:${discord.port}/${as ? `?as=${as}` : ''}${at}`);
    await composer(page).waitFor();
    return page;
  };
}

export const composer = (page: Page) => page.getByRole('combobox', { name: /^Message/ });

/** Types a line into the composer and sends it. */
export async function say(page: Page, line: string): Promise<void> {
  await composer(page).fill(line);
  await composer(page).press('Enter');
}

/** The newest message with these words in it. */
export const card = (page: Page, words: string | RegExp) =>
  page.getByRole('article').filter({ hasText: words }).last();

export async function tempFile(name: string): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'drills-page-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return join(dir, name);
}
