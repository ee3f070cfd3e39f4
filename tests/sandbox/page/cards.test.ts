import type { Interaction } from 'discord.js';
import type { LocalDiscord } from 'local-discord';
import type { Browser, Page } from 'playwright-core';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startBot } from '../../helpers/discord.js';
import { expectAccessible } from './axe.js';
import { findBrowser, theBrowser } from './browser.js';
import { card, composer, opener, phone, say, startTheSandbox, tempFile } from './stage.js';

const executable = findBrowser();
const componentsV2 = 1 << 15;

/** One of each kind of component, in rows. */
const everything = [
  {
    type: 17,
    accent_color: 0xed4245,
    components: [
      {
        type: 10,
        content: '# Title\n-# small <t:1700000000:D>\n- one\n- two\n1. first\n```python\nprint("hi")\n```',
      },
      { type: 9, components: [{ type: 10, content: 'A section' }], accessory: button('Aside', 2) },
      { type: 14, spacing: 2 },
      {
        type: 1,
        components: [
          button('Blue', 1),
          button('Grey', 2),
          button('Green', 3),
          button('Red', 4),
          { type: 2, style: 5, label: 'Docs', url: 'https://docs.djangoproject.com/' },
        ],
      },
      { type: 1, components: [{ ...button('Off', 2), disabled: true }] },
      {
        type: 1,
        components: [
          {
            type: 3,
            custom_id: 'one',
            placeholder: 'Choose a level',
            options: ['basic', 'advanced'].map((value) => ({ label: value, value })),
          },
        ],
      },
      {
        type: 1,
        components: [
          {
            type: 3,
            custom_id: 'many',
            placeholder: 'Choose topics',
            max_values: 3,
            options: ['queries', 'forms', 'admin'].map((value) => ({ label: value, value })),
          },
        ],
      },
    ],
  },
];

const form = {
  custom_id: 'form',
  title: 'Your answer',
  components: [
    {
      type: 18,
      label: 'In a word',
      component: { type: 4, custom_id: 'word', style: 1, min_length: 2, required: true },
    },
    {
      type: 18,
      label: 'How sure',
      component: {
        type: 21,
        custom_id: 'sure',
        options: ['Very', 'Hardly'].map((label) => ({ label, value: label.toLowerCase() })),
      },
    },
    {
      type: 18,
      label: 'Tags',
      component: {
        type: 22,
        custom_id: 'tags',
        min_values: 0,
        required: false,
        options: ['x', 'y'].map((value) => ({ label: `Tag ${value}`, value })),
      },
    },
  ],
};

function button(label: string, style: number) {
  return { type: 2, style, label, custom_id: label.toLowerCase() };
}

/** Answers as its tests need it; what it was told is in `heard`. */
async function startTestBot(discord: LocalDiscord, heard: unknown[] = []) {
  const bot = await startBot(discord, async (interaction: Interaction) => {
    const { client, id, token } = interaction;
    const answer = (type: number, data?: object) =>
      client.rest.post(`/interactions/${id}/${token}/callback`, { body: { type, data }, auth: false });
    if (interaction.isAutocomplete())
      return answer(8, {
        choices: [{ name: `Topic like ${interaction.options.getFocused()}`, value: 'two words' }],
      });
    if (interaction.isChatInputCommand()) {
      const sub = interaction.options.getSubcommand();
      if (sub === 'all') return answer(4, { flags: componentsV2, components: everything });
      if (sub === 'silent') return undefined;
      if (sub === 'later') {
        return answer(5);
      }
      return answer(4, {
        content: `topic=${interaction.options.getString('topic')} count=${interaction.options.getInteger('count')}`,
      });
    }
    if (interaction.isButton() && interaction.customId === 'blue') return answer(9, form);
    if (interaction.isButton() && interaction.customId === 'red') return undefined;
    if (interaction.isModalSubmit()) heard.push(interaction.fields.fields.map((field) => field));
    heard.push(interaction.isStringSelectMenu() ? interaction.values : interaction.id);
    return answer(4, { content: 'Understood', flags: 64 });
  });
  const sub = (name: string, options: object[] = []) => ({
    type: 1,
    name,
    description: `Does ${name}`,
    options,
  });
  await bot.rest.put(`/applications/${bot.application.id}/commands`, {
    body: [
      {
        name: 'show',
        description: 'Shows',
        options: [
          sub('all'),
          sub('silent'),
          sub('later'),
          sub('with', [
            { type: 3, name: 'topic', description: 'About what', required: true, autocomplete: true },
            { type: 4, name: 'count', description: 'How many', min_value: 1, max_value: 30 },
          ]),
        ],
      },
    ],
  });
  return bot;
}

describe.skipIf(!executable)('cards and the composer, in a browser', () => {
  let browser: Browser;

  beforeAll(async () => {
    browser = await theBrowser(executable ?? '');
  });

  const focused = (page: Page) => page.evaluate<string>('document.activeElement.textContent');

  it('shows every kind of component, sends what is chosen and filled in, completes commands, and says what failed', async () => {
    const heard: unknown[] = [];
    const sandbox = await startTheSandbox();
    await startTestBot(sandbox.discord, heard);
    const page = await opener(browser, sandbox)();
    await say(page, '/show all');
    const shown = card(page, 'Title');
    await shown.getByRole('heading', { name: 'Title' }).waitFor();
    expect(await shown.getByRole('heading', { name: 'Title' }).count()).toBe(1);
    expect(await shown.locator('li').allTextContents()).toEqual(['one', 'two', 'first']);
    expect(await shown.locator('pre .hljs-string').textContent()).toBe('"hi"');
    expect(await shown.locator('small.subtext').textContent()).toBe('small 14 November 2023');
    expect(await shown.getByRole('button', { name: 'Off' }).isDisabled()).toBe(true);
    expect(await shown.getByRole('link', { name: 'Docs' }).getAttribute('href')).toBe(
      'https://docs.djangoproject.com/',
    );
    await shown.getByLabel('Choose a level').selectOption('advanced');
    await card(page, 'Understood').waitFor();
    await shown.getByLabel('queries').check();
    await shown.getByLabel('admin').check();
    await shown.getByRole('button', { name: 'Choose' }).click();
    await expect.poll(() => heard).toEqual([['advanced'], ['queries', 'admin']]);
    const understood = page.getByRole('article').filter({ hasText: 'Understood' });
    // Two clicks before the page has drawn anything are one press.
    await page.evaluate(
      `[...document.querySelectorAll('article button')].filter(({ textContent }) => textContent === 'Grey').forEach((grey) => { grey.click(); grey.click(); })`,
    );
    await expect.poll(() => heard.length).toBe(3);
    await expect.poll(() => understood.count()).toBe(3);
    // The second click of a double one would meet what has moved under the pointer.
    await card(page, 'Understood').getByRole('button', { name: 'Dismiss message' }).dblclick();
    await expect.poll(() => understood.count()).toBe(2);

    // A form, with the focus where it was when it closes.
    await card(page, 'Title').getByRole('button', { name: 'Blue' }).click();
    const dialog = page.getByRole('dialog', { name: 'Your answer' });
    await dialog.waitFor();
    await expectAccessible(page);
    await page.keyboard.type('select_related');
    await dialog.getByLabel('Hardly').check();
    await dialog.getByLabel('Tag y').check();
    await dialog.getByRole('button', { name: 'Submit' }).click();
    await expect.poll(() => understood.count()).toBe(3);
    await card(page, 'Understood').getByText('Only you can see this').waitFor();
    await expect.poll(() => dialog.count()).toBe(0);
    await expect.poll(() => focused(page)).toBe('Blue');
    await expect.poll(() => JSON.stringify(heard)).toContain('select_related');
    expect(JSON.stringify(heard)).toContain('hardly');

    // Commands, options and the bot’s own choices, from wherever one is; what does not fit is refused.
    await page.keyboard.type('/wi');
    await page.getByRole('option', { name: '/show with' }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await page.keyboard.type('top');
    await page.keyboard.press('Tab');
    await page.keyboard.type('que');
    await page.getByRole('option', { name: 'Topic like que' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await composer(page).inputValue()).toBe('/show with topic:"two words" ');
    await page.keyboard.type('count:99');
    await page.keyboard.press('Enter');
    await page.locator('.hint.fault').getByText('99 is more than 30').waitFor();
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    await card(page, 'topic=two words count=9').waitFor();
    await say(page, '/show with');
    expect(await composer(page).inputValue()).toBe('/show with topic:');

    // The bot does not answer.
    await composer(page).fill('');
    await card(page, 'Title').getByRole('button', { name: 'Red' }).click();
    await say(page, '/show silent');
    await say(page, '/show later');
    await card(page, 'is thinking…').waitFor();
    await card(page, 'Title').getByText('This interaction failed').waitFor();
    await page.locator('.hint').getByText('The application did not respond').waitFor();
  });

  it('fits a phone of 360 pixels', async () => {
    const sandbox = await startTheSandbox();
    await startTestBot(sandbox.discord);
    const page = await opener(browser, sandbox)('Linus', { viewport: phone, colorScheme: 'dark' });
    await say(page, '/show all');
    await card(page, 'Title').waitFor();
    const width = await page.evaluate(
      'Math.max(...[...document.querySelectorAll("*")].map((each) => each.getBoundingClientRect().right))',
    );
    expect(width).toBeLessThanOrEqual(phone.width);
    await page.getByRole('button', { name: 'Classmates: here' }).click();
    await page.getByRole('button', { name: 'Classmates: away' }).waitFor();
    await page.getByRole('button', { name: 'Channels and people' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'general' }).click();
    await page.getByText('Welcome to #general').waitFor();
  });

  it('draws a channel of a thousand messages from its end, and more of it when one scrolls up', async () => {
    const sandbox = await startTheSandbox();
    const drills = sandbox.discord.server('Study group').channel('drills');
    const grace = sandbox.discord.member('Grace');
    for (let number = 1; number <= 1_000; number++) grace.says(`Message **${number}**`, drills);
    const page = await opener(browser, sandbox)();
    await page.getByText('Message 1000').waitFor();
    expect(await page.getByRole('article').count()).toBeLessThan(100);
    await page.getByRole('region', { name: 'Messages' }).focus();
    await page.keyboard.press('Home');
    await expect.poll(() => page.getByRole('article').count()).toBeGreaterThan(100);
  });

  it('tells when the bot is away, waits for it, and shows what was there before', async () => {
    const keepIn = await tempFile('sandbox.json');
    const sandbox = await startTheSandbox({ keepIn });
    const { port } = sandbox.discord;
    const bot = await startTestBot(sandbox.discord);
    const page = await opener(browser, sandbox)('Margaret');
    const complaints: string[] = [];
    page.removeAllListeners('console');
    page.on('console', (message) => complaints.push(message.text()));
    await say(page, '/show all');
    await card(page, 'Title').waitFor();
    await bot.destroy();
    await page.getByText('The bot is away').waitFor();
    await sandbox.close();
    await page.getByText('The connection is lost').waitFor();
    const again = await startTheSandbox({ keepIn, port });
    expect([...again.discord.world.globalCommands.values()].map(({ name }) => name)).toEqual(['show']);
    await startBot(
      again.discord,
      (interaction) => interaction.isButton() && interaction.reply({ content: 'Back again', flags: 64 }),
    );
    await expect.poll(() => page.locator('.away').textContent()).toBe('');
    await card(page, 'Title').getByRole('button', { name: 'Grey' }).click();
    await card(page, 'Back again').waitFor();
    onTestFinished(() => expect(complaints.filter((each) => !each.includes('WebSocket'))).toEqual([]));
  });
});
