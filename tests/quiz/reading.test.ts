import { expect, it } from 'vitest';
import { bankDir, head, single } from '../bank/bank-files.js';
import { firstRound, isRound, stage } from '../helpers/stage.js';

/** The time from an answer to the next round, to the half second, with explanations of so many words. */
async function pauseAfter(words: number): Promise<number> {
  const questions = ['first', 'second'].map((id) =>
    single
      .replace('id: first', `id: ${id}`)
      .replace('It asks once.', 'It asks once for all of it. '.repeat(words / 7)),
  );
  const scene = await stage({
    env: { QUESTIONS_DIR: await bankDir({ 'django/queries.yaml': head + questions.join('') }) },
  });
  const { ada, ben, clock, drills } = scene;
  const round = await firstRound(scene);
  for (const member of [ada, ben]) await member.press(round, 'A');
  await drills.waitFor(({ text }) => text.includes('Standings after round 1'));
  await clock.settle();
  const second = drills.waitFor(isRound(2));
  let isOpen = false;
  void second.then(() => {
    isOpen = true;
  });
  let waitedMs = 0;
  for (; !isOpen && waitedMs < 20_000; waitedMs += 500) {
    await clock.advanceBy(500);
    await clock.settle();
  }
  return waitedMs;
}

it.each([
  [7, 6_000],
  [42, 10_500],
  [98, 15_000],
])('an explanation of %i words is left standing for about %i ms', async (words, expectedMs) => {
  expect(Math.abs((await pauseAfter(words)) - expectedMs)).toBeLessThanOrEqual(1_000);
});
