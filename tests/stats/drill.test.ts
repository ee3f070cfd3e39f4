import { expect, it } from 'vitest';
import { letterOf, type Stage, stage } from '../helpers/stage.js';

const day = 24 * 60 * 60_000;

/** Answers a private question on QuerySets. */
async function answer({ ada, clock }: Stage, right: boolean): Promise<void> {
  await clock.advanceBy(5_000);
  const { message } = await ada.slash('/question any topic:queries private:true');
  await ada.press(message, letterOf(message, right));
}

it('the button asks at once, and for its presser alone', async () => {
  const { ada, discord } = await stage();
  const stats = await ada.slash('/stats');
  const asked = await ada.press(stats.message, 'Drill this');
  expect(asked.ephemeral).toBe(true);
  expect(asked.text).toMatch(/### .+ · (?:basic|intermediate|advanced) · /);
  expect(discord.violations).toEqual([]);
});

it('a topic that is gone is said in plain words', async () => {
  const { ada } = await stage();
  const stats = await ada.slash('/stats');
  expect((await ada.pressId(stats.message, 'stats:drill:no-such-topic')).text).toContain(
    'no longer in the bank',
  );
});

it('one’s own profile has its pictures: what is covered, and readiness over the weeks', async () => {
  const scene = await stage();
  const { ada, ben, clock, discord } = scene;
  expect((await ada.slash('/stats')).files).toEqual([]);
  await answer(scene, true);
  expect((await ada.slash('/stats')).files.map(({ name }) => name)).toEqual(['coverage-1.png']);
  await clock.advanceBy(7 * day);
  await answer(scene, true);
  const own = await ada.slash('/stats');
  expect(own.files.map(({ name }) => name)).toEqual(['readiness.png', 'coverage-1.png']);
  const said = JSON.stringify(own.message.raw.components);
  expect(said).toMatch(/"Readiness at the end of each week: 2 Mar: \d+\u00a0%\."/);
  expect(said).toMatch(/"Coverage of 3 topics by level: 0 known, .* not met\."/);
  expect((await ben.slash(`/stats member:${ada.id}`)).files).toEqual([]);
  expect(discord.violations).toEqual([]);
});

it('names the hardest questions that were missed, once their answers are out', async () => {
  const scene = await stage();
  const { ada, drills } = scene;
  const card = (await ada.slash('/question basic topic:queries')).message;
  await ada.press(card, letterOf(card, false));
  expect((await ada.slash('/stats')).text).not.toContain('Hardest questions');
  await ada.press(card, 'Reveal');
  const stats = await ada.slash('/stats');
  expect(stats.text).toContain('Hardest questions you missed');
  expect(stats.text).toContain('Which option is the right one of the basic question?');
  expect(stats.text).toContain('QuerySets and lookups · met once, wrong');
  expect(drills.messages).toHaveLength(1);
});

it('counts the days to the interview of one’s plan, and offers today’s share before the weakest spot', async () => {
  const { ada, clock } = await stage();
  await ada.slash('/plan set date:2026-03-18');
  const stats = await ada.slash('/stats');
  expect(stats.text).toContain('**14 days** to your interview');
  expect(stats.buttons.map(({ label }) => label)).toEqual(['1 on Myth or fact', 'Drill this']);
  await clock.advanceTo('2026-03-19T12:00Z');
  expect((await ada.slash('/stats')).text).not.toContain('your interview');
});
