import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, it } from 'vitest';
import { expectAccessible } from './axe.js';
import { findBrowser, theBrowser } from './browser.js';
import { card, pageStage, phone, say } from './stage.js';

const executable = findBrowser();
const questions = fileURLToPath(new URL('../../../questions', import.meta.url));
const shot = async (page: Page, name: string) => {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` });
};

describe.skipIf(!executable)('a mock interview, in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await theBrowser(executable ?? '');
  });

  it('is played on a phone by one person with the classmates, from the lobby to the feedback', async () => {
    const { open, clock } = await pageStage(browser, { QUESTIONS_DIR: questions });
    const ada = await open('Ada', { viewport: phone, colorScheme: 'dark' });
    await say(ada, '/interview start topic:transactions questions:1');
    const lobby = card(ada, 'Mock interview');
    await lobby.getByRole('button', { name: 'Start now' }).waitFor();
    clock.shift(2_000);
    await lobby.getByText('(4 of 8)').waitFor();
    await shot(ada, '1-lobby');
    await lobby.getByRole('button', { name: 'Start now' }).click();
    clock.shift(2_000);
    await lobby.getByRole('button', { name: /^#/ }).click();
    await card(ada, 'Interviewer').waitFor();
    await shot(ada, '2-brief');
    const question = card(ada, 'answer aloud');
    await question.getByRole('button', { name: 'Answer' }).waitFor();
    await shot(ada, '3-question');
    await question.getByRole('button', { name: 'Answer' }).click();
    const form = ada.getByRole('dialog');
    await form.getByRole('textbox').fill('I would wrap both in transaction.atomic and lock the row.');
    await shot(ada, '4-answer-form');
    await form.getByRole('button', { name: 'Submit' }).click();
    const call = card(ada, 'Feedback on question 1');
    await call.getByRole('button', { name: 'Feedback' }).waitFor();
    await shot(ada, '5-feedback');
    await call.getByRole('button', { name: 'Feedback' }).click();
    await form.getByRole('checkbox').first().check();
    await shot(ada, '6-points');
    await form.getByRole('button', { name: 'Submit' }).click();
    await card(ada, 'four marks').getByRole('button', { name: 'Marks' }).click();
    for (const name of ['Knowledge', 'Reasoning', 'Communication', 'Trade-offs'])
      await form.getByRole('group', { name }).getByRole('radio').nth(2).check();
    await shot(ada, '7-marks');
    await form.getByRole('button', { name: 'Submit' }).click();
    const results = card(ada, 'Model answer');
    await results.getByRole('button', { name: 'My feedback' }).click();
    await shot(ada, '8-results');
    await card(ada, 'your feedback').waitFor();
    await shot(ada, '9-own');
    await expectAccessible(ada);
  }, 60_000);
});
