import { expect, it } from 'vitest';
import { firstRound, isResults, letterOf, type Stage, stage } from '../helpers/stage.js';

/** A quiz whose first round is over; its standings offer `Next` and `Pause`. */
async function betweenRounds(scene: Stage) {
  const { ada, ben, clock, drills } = scene;
  const round = await firstRound(scene);
  for (const member of [ben, ada]) await member.press(round, letterOf(round, true));
  const standings = await drills.waitFor(({ text }) => text.includes('Standings after round 1'));
  await clock.settle();
  expect(standings.buttons.map(({ label }) => label)).toEqual(['Next', 'Pause']);
}

const liveIn = ({ drills }: Stage): string[] =>
  drills.messages
    .filter((card) => !isResults(card))
    .flatMap(({ buttons }) => buttons.filter(({ disabled }) => !disabled).map(({ label }) => label));

it.each<[string, (scene: Stage) => unknown]>([
  ['because it is stopped between two rounds', ({ ada }) => ada.slash('/quiz stop')],
  [
    'because the bot may write no more in its channel',
    ({ discord, drills }) => discord.faults.losePermission(drills, 'SendMessages'),
  ],
])('a quiz that ends %s leaves no button that leads nowhere', async (_, end) => {
  const scene = await stage();
  await betweenRounds(scene);
  await end(scene);
  await scene.clock.settle();
  await scene.clock.advance('10s');
  await scene.clock.settle();
  expect(liveIn(scene)).toEqual([]);
  expect(scene.drills.messages.some(({ text }) => text.includes('Quiz over'))).toBe(true);
  scene.discord.refusals.length = 0;
});
