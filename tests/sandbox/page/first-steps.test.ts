import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { leaderboardCard } from '../../../src/leaderboard/cards.js';
import { shippedQuestions } from '../../helpers/banks.js';
import { expectAccessible } from './axe.js';
import { findBrowser, theBrowser } from './browser.js';
import { card, opener, pageStage, phone, say, startTheSandbox } from './stage.js';

const executable = findBrowser();
/** Where to put pictures to look at; absent: none are made. */
const { SHOTS } = process.env;
const landscape = { width: 740, height: 360 };

const shoot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png` });
};
const spoken = (page: Page) => page.locator('#spoken').textContent();
const focused = (page: Page) => page.evaluate<string>('document.activeElement.className');

describe.skipIf(!executable)('first steps on the page', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await theBrowser(executable ?? '');
  });

  it('lead from the first look to a learned answer in two clicks', async () => {
    const { open } = await pageStage(browser, { QUESTIONS_DIR: shippedQuestions });
    const page = await open();
    await shoot(page, 'desktop-first');
    await page.getByRole('button', { name: /^A first question/ }).click();
    const question = card(page, 'basic · single choice');
    await question.getByRole('button', { name: 'A', exact: true }).click();
    await question.getByText('Source').first().waitFor();
    await shoot(page, 'desktop-answered');
    // The pressed letter is gone or closed; the focus is still with its card.
    await expect.poll(() => focused(page)).toContain('message');
    await question.getByRole('button', { name: 'Dismiss message' }).press('Enter');
    await expect.poll(() => page.getByText('Dismiss message').count()).toBe(0);
    await expectAccessible(page);
  }, 60_000);

  it('are seen by classmates, who answer; a reveal is said to those who hear the page', async () => {
    const { open } = await pageStage(browser, { QUESTIONS_DIR: shippedQuestions });
    const page = await open('Ada', { viewport: phone, colorScheme: 'light' });
    await say(page, '/question basic kind:"true or false"');
    const question = card(page, 'basic · true or false');
    await question.getByText(/3 (?:people have )?answered/).waitFor();
    await shoot(page, 'phone-light');
    await question.getByRole('button', { name: 'Reveal' }).click();
    await expect.poll(() => spoken(page)).toMatch(/Answer (?:True|False)/);
    await expect.poll(() => focused(page)).toContain('message');
    await expectAccessible(page);
    await shoot(page, 'phone-light-revealed');
  }, 60_000);

  it('have targets of 44 px for fingers, an unread mark on the closed drawer, and no sideways scrolling', async () => {
    const { open, sandbox } = await pageStage(browser);
    const page = await open('Ada', { viewport: phone, colorScheme: 'dark' });
    await say(page, '/question any');
    await card(page, 'Another').waitFor();
    const small = await page.locator('main button:visible').evaluateAll((all) =>
      all
        .map((each) => ({ box: each.getBoundingClientRect(), name: each.textContent ?? '' }))
        .filter(({ box }) => box.height < 43.5)
        .map(({ name }) => name),
    );
    expect(small).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
      phone.width,
    );
    const grace = sandbox.discord.member('Grace');
    grace.says('Hello', sandbox.discord.server('Study group').channel('general'));
    const drawer = page.getByRole('button', { name: 'Channels and people (unread messages)' });
    // By keyboard one is in the drawer when it opens, and at its button when it closes.
    await drawer.press('Enter');
    await expect.poll(() => focused(page)).toContain('channel');
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect.poll(() => focused(page)).toContain('menu');
    await shoot(page, 'phone-dark');
    await page.setViewportSize(landscape);
    const messages = await page.getByRole('region', { name: 'Messages' }).boundingBox();
    expect(messages?.height).toBeGreaterThan(landscape.height / 2);
    await shoot(page, 'landscape');
  }, 60_000);

  it('have rows of a board that fit a phone, with a name of ten letters and points of four digits', async () => {
    const sandbox = await startTheSandbox();
    const { discord } = sandbox;
    const server = discord.server('Study group');
    const { id: member } = discord.member('ten.letter', { server });
    const rows = [1, 10].map((rank) => ({ member, rank, points: 1_250, right: 120, answered: 1_000 }));
    const page = { rows, members: 2, index: 0, pages: 1, sinceMs: undefined };
    const { components } = leaderboardCard({ page, filter: { period: 'all', topic: undefined } });
    discord.messages.create({
      channel: server.channel('drills').state,
      authorId: discord.world.bot.id,
      body: { components: JSON.parse(JSON.stringify(components)), flags: 1 << 15 },
      uploads: [],
    });
    const onPhone = await opener(browser, sandbox)('Ada', { viewport: phone });
    await shoot(onPhone, 'phone-board');
    const board = card(onPhone, 'Leaderboard');
    await board.getByText('2 members').waitFor();
    const bottoms = (shown: string | RegExp) =>
      board.getByText(shown).evaluateAll((all) => all.map((each) => each.getBoundingClientRect().bottom));
    const names = await bottoms(/^@ten/);
    const points = await bottoms(/1,250/);
    expect([names.length, points.length]).toEqual([2, 2]);
    for (const [row, bottom] of points.entries())
      expect(Math.abs(bottom - (names[row] ?? 0))).toBeLessThan(8);
  });

  it('show one question of the bank at ?question=ID, once, to whoever asks', async () => {
    const sandbox = await startTheSandbox({
      preview: async (id) => (id === 'lazy' ? { content: 'All about lazy', flags: 64 } : undefined),
    });
    const page = await opener(browser, sandbox)('Ada&question=lazy');
    await card(page, 'All about lazy').waitFor();
    await page.goto(page.url().replace('lazy', 'nope'));
    await card(page, 'No question has the id').waitFor();
  });

  it('can skip to the message box by keyboard', async () => {
    const sandbox = await startTheSandbox();
    const page = await opener(browser, sandbox)();
    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('composer');
  });

  it('warn before a day passes during a quiz, and begin anew when that is confirmed', async () => {
    let resets = 0;
    const sandbox = await startTheSandbox({ reset: () => void resets++ });
    const { discord } = sandbox;
    const before = discord.server('Study group').channel('drills');
    discord.messages.create({
      channel: before.state,
      authorId: discord.world.bot.id,
      body: {
        components: [{ type: 1, components: [{ type: 2, style: 2, label: 'Leave', custom_id: 'l' }] }],
        flags: 1 << 15,
      },
      uploads: [],
    });
    const page = await opener(browser, sandbox)();
    const asked: string[] = [];
    page.on('dialog', (dialog) => {
      asked.push(dialog.message());
      void (asked.length === 1 ? dialog.dismiss() : dialog.accept());
    });
    await page.getByRole('button', { name: 'Let a day pass' }).click();
    await expect.poll(() => asked[0]).toContain('A quiz or an interview is under way');
    await page.getByRole('button', { name: 'Begin anew' }).click();
    await expect.poll(() => resets).toBe(1);
    expect(asked[1]).toContain('Erase');
  });
});
