import { expect, it } from 'vitest';
import { readBank } from '../../src/bank/load.js';
import { stage } from '../helpers/stage.js';

it('names every command of the server, to click on, for its reader alone', async () => {
  const { ada } = await stage();
  const help = await ada.slash('/help');
  expect(help.ephemeral).toBe(true);
  for (const command of ['question any', 'quiz start', 'leaderboard', 'daily set', 'stats'])
    expect(help.text).toMatch(new RegExp(`</${command}:\\d+>`));
  expect(help.text).toContain('advanced: ');
});

it('shows each topic with its line, and tells more of the one chosen', async () => {
  const { ada, discord } = await stage({ env: { QUESTIONS_DIR: 'questions' } });
  const help = await ada.slash('/help');
  const topics = help.selects.flatMap(({ options }) => options);
  expect(topics).toHaveLength((await readBank('questions')).topics.length);
  expect(topics.every(({ description }) => description.length > 0)).toBe(true);
  const first = help.selects[0]?.customId ?? '';
  const about = await ada.select(help.message, ['queries'], { customId: first });
  expect(about.ephemeral).toBe(true);
  expect(about.text).toContain('### QuerySets and lookups');
  expect(about.text).toMatch(/\d+ questions: \d+ basic, \d+ intermediate, \d+ advanced/);
  expect(discord.violations).toEqual([]);
});

it('says in plain words that a topic is gone', async () => {
  const { ada } = await stage();
  const help = await ada.slash('/help');
  const reply = await ada.pressId(help.message, 'help:topic:0');
  expect(reply.text).toContain('no longer in the bank');
});
