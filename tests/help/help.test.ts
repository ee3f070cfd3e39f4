import { expect, it } from 'vitest';
import { bankDir, head, single } from '../bank/bank-files.js';
import { shippedBank, shippedQuestions } from '../helpers/banks.js';
import { stage } from '../helpers/stage.js';

it('names every command of the server, to click on, for its reader alone', async () => {
  const { ada } = await stage();
  const help = await ada.slash('/help');
  expect(help.ephemeral).toBe(true);
  for (const command of [
    'question any',
    'quiz start',
    'leaderboard',
    'daily set',
    'night set',
    'interview start',
    'stats',
  ])
    expect(help.text).toMatch(new RegExp(`</${command}:\\d+>`));
  expect(help.text).toContain('advanced: ');
});

it('shows each topic with its line, and tells more of the one chosen', async () => {
  const { ada, discord } = await stage({ env: { QUESTIONS_DIR: shippedQuestions } });
  const help = await ada.slash('/help');
  const topics = help.selects.flatMap(({ options }) => options);
  expect(topics).toHaveLength((await shippedBank()).topics.length);
  expect(topics.every(({ description }) => description.length > 0)).toBe(true);
  const first = help.selects[0]?.customId ?? '';
  const about = await ada.select(help.message, ['queries'], { customId: first });
  expect(about.ephemeral).toBe(true);
  expect(about.text).toContain('### QuerySets and lookups');
  expect(about.text).toMatch(/\d+ questions: \d+ basic, \d+ intermediate, \d+ advanced/);
  const asked = await ada.press(about.message, 'Ask one');
  expect([asked.ephemeral, asked.text.includes('QuerySets and lookups')]).toEqual([false, true]);
  expect(discord.violations).toEqual([]);
});

it('fits a card however many packs there are', async () => {
  const packs = Array.from({ length: 30 }, (_, n) => n);
  const files = packs.map((n) => [
    `pack-${n}/topic-${n}.yaml`,
    (head + single).replace('topic: queries', `topic: topic-${n}`).replace('id: first', `id: q-${n}`),
  ]);
  const { ada, discord } = await stage({ env: { QUESTIONS_DIR: await bankDir(Object.fromEntries(files)) } });
  expect((await ada.slash('/help')).text).toContain('30 questions on 30 topics');
  expect(discord.violations).toEqual([]);
});

it('says in plain words that a topic is gone', async () => {
  const { ada } = await stage();
  const help = await ada.slash('/help');
  const reply = await ada.pressId(help.message, 'help:topic:0');
  expect(reply.text).toContain('no longer in the bank');
});
