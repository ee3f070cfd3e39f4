import { expect, it } from 'vitest';
import { bankDir, head, single } from '../bank/bank-files.js';
import { bankIn, shippedQuestions } from '../helpers/banks.js';
import { type Stage, stage } from '../helpers/stage.js';

type Shown = Awaited<ReturnType<Stage['ada']['slash']>>;

/** Turns the help to another screen. */
const turn = async ({ ada }: Pick<Stage, 'ada'>, help: Shown, section: string): Promise<string> => {
  await ada.select(help.message, [section], { customId: 'help:section' });
  return help.message.text;
};

it('begins with a few commands to click on, for its reader alone, on one screen of a phone', async () => {
  const { ada } = await stage();
  const help = await ada.slash('/help');
  expect(help.ephemeral).toBe(true);
  const commands = [...help.text.matchAll(/<\/([a-z ]+):\d+>/g)].map(([, name]) => name);
  expect(commands).toEqual(['question any', 'quiz start', 'review start', 'stats']);
  // About 40 characters go into a line of a phone; with the list below, 12 lines leave room.
  const shown = help.text.replace(/<(\/[a-z ]+):\d+>/g, '$1').split('\n');
  expect(shown.reduce((rows, line) => rows + Math.ceil(line.length / 40), 0)).toBeLessThanOrEqual(12);
});

it('names every command on its screens, which take each other’s place', async () => {
  const scene = await stage();
  const help = await scene.ada.slash('/help');
  const named: string[] = [];
  for (const section of ['drill', 'group', 'trainer', 'schedules', 'privacy', 'topics'])
    named.push(await turn(scene, help, section));
  for (const command of [
    'question any',
    'quiz start',
    'leaderboard',
    'daily set',
    'night set',
    'interview start',
    'review start',
    'plan set',
    'stats',
    'privacy show',
  ])
    expect(named.join('\n')).toMatch(new RegExp(`</${command}:\\d+>`));
  expect(named.at(-1)).toContain('advanced: ');
  expect(await turn(scene, help, 'start')).toBe(help.text);
  expect(scene.discord.violations).toEqual([]);
});

it('shows each topic with its line, and tells more of the one chosen', async () => {
  const scene = await stage({ env: { QUESTIONS_DIR: shippedQuestions } });
  const { ada, discord } = scene;
  const help = await ada.slash('/help');
  await turn(scene, help, 'topics');
  const selects = help.message.selects.filter(({ customId }) => customId?.startsWith('help:topic'));
  const topics = selects.flatMap(({ options }) => options);
  expect(topics).toHaveLength((await bankIn(shippedQuestions)).topics.length);
  expect(topics.every(({ description }) => description.length > 0)).toBe(true);
  const about = await ada.select(help.message, ['queries'], { customId: selects[0]?.customId ?? '' });
  expect(about.ephemeral).toBe(true);
  expect(about.text).toContain('### QuerySets and lookups');
  // No line of a phone ends between a number and what it counts.
  expect(about.text).toMatch(/\d+\u00a0questions: \d+\u00a0basic, \d+\u00a0intermediate, \d+\u00a0advanced/);
  const asked = await ada.press(about.message, 'Ask one');
  expect([asked.ephemeral, asked.text.includes('QuerySets and lookups')]).toEqual([false, true]);
  expect(discord.violations).toEqual([]);
});

it('lists every topic of the shipped bank in its group, by a name that is not cut', async () => {
  const scene = await stage({ env: { QUESTIONS_DIR: shippedQuestions } });
  const text = await turn(scene, await scene.ada.slash('/help'), 'topics');
  const bank = await bankIn(shippedQuestions);
  for (const { id, pack, title } of bank.topics) {
    const group = bank.packs.find((one) => one.id === pack)?.title ?? '';
    const list = text.split(`- **${group}**`)[1]?.split('\n')[1] ?? '';
    const names = list.replace('-# ', '').split(' · ');
    const known = [bank.shortOf(id), title];
    expect(
      names.some((name) => known.some((one) => one.endsWith(name))),
      id,
    ).toBe(true);
  }
  expect(text).not.toContain('…');
  expect(text).not.toMatch(/Python: /);
  expect(scene.discord.violations).toEqual([]);
});

it('fits a card however many packs there are', async () => {
  const packs = Array.from({ length: 30 }, (_, n) => n);
  const files = packs.map((n) => [
    `pack-${n}/topic-${n}.yaml`,
    (head + single).replace('topic: queries', `topic: topic-${n}`).replace('id: first', `id: q-${n}`),
  ]);
  const scene = await stage({ env: { QUESTIONS_DIR: await bankDir(Object.fromEntries(files)) } });
  const { ada, discord } = scene;
  expect(await turn(scene, await ada.slash('/help'), 'topics')).toContain('30 questions on 30 topics');
  expect(discord.violations).toEqual([]);
});

it('says in plain words that a topic is gone', async () => {
  const scene = await stage();
  const { ada } = scene;
  const help = await ada.slash('/help');
  await turn(scene, help, 'topics');
  const reply = await ada.pressId(help.message, 'help:topic:0');
  expect(reply.text).toContain('no longer in the bank');
});
