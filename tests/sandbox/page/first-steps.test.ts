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

  it('lead from the first look to a learned answer in two clicks, and are seen by classmates, who answer', async () => {
    const { open, sandbox } = await pageStage(browser, { QUESTIONS_DIR: shippedQuestions });
    const page = await open();
    await shoot(page, 'desktop-first');
    await page.getByRole('button', { name: /^A first question/ }).click();
    const first = card(page, 'basic · single choice');
    await first.getByRole('button', { name: 'A', exact: true }).click();
    await first.getByText('Source').first().waitFor();
    await shoot(page, 'desktop-answered');
    // The pressed letter is gone or closed; the focus is still with its card.
    await expect.poll(() => focused(page)).toContain('message');
    await first.getByRole('button', { name: 'Dismiss message' }).press('Enter');
    await expect.poll(() => page.getByText('Dismiss message').count()).toBe(0);
    await expectAccessible(page);
    await page.close();

    const onPhone = await open('Grace', { viewport: phone, colorScheme: 'light' });
    await say(onPhone, '/question basic kind:"true or false"');
    const question = card(onPhone, 'basic · true or false');
    await question.getByText(/3 (?:people have )?answered/).waitFor();
    await shoot(onPhone, 'phone-light');
    // Targets of 44 px, for fingers.
    const small = await onPhone.locator('main button:visible').evaluateAll((all) =>
      all
        .map((each) => ({ box: each.getBoundingClientRect(), name: each.textContent ?? '' }))
        .filter(({ box }) => box.height < 43.5)
        .map(({ name }) => name),
    );
    expect(small).toEqual([]);
    expect(await onPhone.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(
      phone.width,
    );
    // A reveal is said to those who hear the page.
    await question.getByRole('button', { name: 'Reveal' }).click();
    await expect.poll(() => spoken(onPhone)).toMatch(/Answer (?:True|False)/);
    await expect.poll(() => focused(onPhone)).toContain('message');
    await expectAccessible(onPhone);
    await shoot(onPhone, 'phone-light-revealed');

    // An unread mark on the closed drawer. By keyboard one is in it when it opens, and at its button when it closes.
    sandbox.discord.member('Ada').says('Hello', sandbox.discord.server('Study group').channel('general'));
    const drawer = onPhone.getByRole('button', { name: 'Channels and people (unread messages)' });
    await drawer.press('Enter');
    await expect.poll(() => focused(onPhone)).toContain('channel');
    await expectAccessible(onPhone);
    await onPhone.keyboard.press('Escape');
    await expect.poll(() => focused(onPhone)).toContain('menu');
    await onPhone.setViewportSize(landscape);
    const messages = await onPhone.getByRole('region', { name: 'Messages' }).boundingBox();
    expect(messages?.height).toBeGreaterThan(landscape.height / 2);
    await shoot(onPhone, 'landscape');
  }, 90_000);

  it('show one question at ?question=ID, skip to the message box by keyboard, and warn before a day passes in a quiz', async () => {
    let resets = 0;
    const sandbox = await startTheSandbox({
      preview: async (id) => (id === 'lazy' ? { content: 'All about lazy', flags: 64 } : undefined),
      reset: () => void resets++,
    });
    const { discord } = sandbox;
    const leave = { type: 1, components: [{ type: 2, style: 2, label: 'Leave', custom_id: 'l' }] };
    discord.messages.create({
      channel: discord.server('Study group').channel('drills').state,
      authorId: discord.world.bot.id,
      body: { components: [leave], flags: 1 << 15 },
      uploads: [],
    });
    const page = await opener(browser, sandbox)('Ada&question=lazy');
    await card(page, 'All about lazy').waitFor();
    await page.goto(page.url().replace('lazy', 'nope'));
    await card(page, 'No question has the id').waitFor();

    await page.evaluate('document.activeElement.blur()');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('composer');

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
});
