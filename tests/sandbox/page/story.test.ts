import type { Browser } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { shippedQuestions } from '../../helpers/banks.js';
import { expectAccessible } from './axe.js';
import { findBrowser, theBrowser } from './browser.js';
import { MovingPicture } from './moving-picture.js';
import { card, composer, pageStage, phone, say } from './stage.js';

const executable = findBrowser();
/** Set by `npm run picture`: where the README's moving picture goes. */
const { PICTURE } = process.env;

describe.skipIf(!executable)('the story of the README, in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await theBrowser(executable ?? '');
  });

  it('goes from the first look to tomorrow’s daily question, with two members in two tabs', async () => {
    const { open, clock, sandbox } = await pageStage(browser, { QUESTIONS_DIR: shippedQuestions });
    const ada = await open();
    const grace = await open('Grace', { viewport: phone, colorScheme: 'light' });
    await expectAccessible(ada);
    const picture = new MovingPicture(PICTURE);

    // A question, asked and answered with the keyboard alone.
    await composer(ada).focus();
    await ada.keyboard.type('/question adv');
    await ada.keyboard.press('Enter');
    await ada.keyboard.type('kind:sing');
    await ada.keyboard.press('Enter');
    await ada.keyboard.press('Enter');
    // The long forms of a choice are called by their own names.
    const asked = /advanced · (?:single choice|review|incident)/;
    const question = card(ada, asked);
    await question.getByRole('button', { name: 'B', exact: true }).focus();
    await ada.keyboard.press('Enter');
    await card(ada, 'Only you can see this').waitFor();
    await card(grace, asked).getByRole('button', { name: 'A', exact: true }).waitFor();
    expect(await grace.getByText('Only you can see this').count()).toBe(0);
    await question.getByRole('button', { name: 'Reveal' }).click();
    await card(grace, 'Source').waitFor();
    await card(ada, 'Only you can see this').getByRole('button', { name: 'Dismiss message' }).click();
    await expect.poll(() => ada.getByText('Only you can see this').count()).toBe(0);

    // A quiz, with Grace in the other tab and the classmates.
    await say(ada, '/quiz start rounds:3 lobby:60');
    await card(grace, 'Quiz lobby').getByRole('button', { name: 'Join' }).click();
    await card(grace, 'You are in').waitFor();
    // The lobby's card is edited at most every one and a half seconds.
    clock.shift(2_000);
    await card(ada, '5 people in').waitFor();
    await picture.take(ada, 1_800);
    await card(ada, 'Quiz lobby').getByRole('button', { name: 'Start now' }).click();
    for (const round of [1, 2, 3]) {
      const title = `Round ${round} of 3 ·`;
      if (round === 2)
        await card(ada, title)
          .getByRole('button', { name: /^(?:A|True)$/ })
          .waitFor();
      if (round === 2) await picture.take(ada, 2_400);
      for (const page of [ada, grace])
        await card(page, title)
          .getByRole('button', { name: /^(?:A|True)$/ })
          .click();
      await card(ada, title).getByText('Everyone has answered').waitFor();
      if (round < 3) await card(ada, `Standings after round ${round}`).waitFor();
      if (round < 3) await picture.take(ada, 3_200);
      clock.shift(7_000);
    }
    const results = card(ada, 'Quiz results');
    await results.getByRole('img', { name: /^Podium/ }).waitFor();
    await picture.take(ada, 3_600);
    await picture.save();
    await expectAccessible(ada);
    await expectAccessible(grace);
    await results.getByRole('button', { name: 'My answers' }).click();
    await card(ada, 'Your answers').getByText('Only you can see this').waitFor();

    await say(grace, '/leaderboard');
    await card(ada, 'Leaderboard').getByText('5 members').waitFor();

    // The daily question: for admins to set, for everybody tomorrow.
    await say(grace, '/daily set time:09:00 timezone:Europe/Berlin');
    await card(grace, 'This needs the permission').waitFor();
    await say(ada, '/daily set time:09:00 timezone:Europe/Berlin channel:#daily');
    await card(ada, 'The daily question is set').waitFor();
    const today = clock.now();
    await ada.getByRole('button', { name: 'Let a day pass' }).click();
    await ada.getByRole('button', { name: /^daily \(unread\)/ }).click();
    await card(ada, 'Daily question 1').waitFor();
    // The question comes in the middle of the day that passes.
    await expect.poll(() => clock.now() - today).toBeGreaterThanOrEqual(86_400_000);
    const { messages } = sandbox.discord.server('Study group').channel('daily');
    expect(new Date(messages[0]?.raw.timestamp ?? 0).getUTCMinutes()).toBe(0);
    await expectAccessible(ada);
  }, 240_000);
});
