import { expect, it } from 'vitest';
import { mostMissed } from '../../src/quiz/recap.js';
import { firstRound, isResults, letterOf, type Stage, stage } from '../helpers/stage.js';
import { Play, t0 } from './play.js';

it('names the three rounds that most missed, the hardest first, and none that everybody knew', () => {
  const play = Play.open({ rounds: 5 });
  for (const [round, right] of [3, 0, 1, 2, 3].entries()) {
    if (round > 0) play.opened(round);
    for (let member = 10; member < 13; member++)
      play.press(`${member}`, member - 10 < right ? 1 : 0, t0, round);
    play.do({ kind: 'close', round, ended: 'all' });
    play.do({ kind: 'shown', round });
    play.do({ kind: 'next', round });
  }
  expect(mostMissed(play.state).map(({ round, right }) => [round, right])).toEqual([
    [1, 0],
    [2, 1],
    [3, 2],
  ]);
});

async function results(scene: Stage) {
  const { ada, ben, clock, drills } = scene;
  const round = await firstRound(scene, 'rounds:1 level:basic');
  await ben.press(round, letterOf(round, false));
  const card = drills.next(isResults);
  await ada.press(round, letterOf(round, true));
  await drills.waitFor(({ text }) => text.includes('Everyone has answered'));
  await clock.settle();
  await clock.advance('6s');
  return card;
}

it('opens one thread for a question, with the answer and why, whoever presses how often', async () => {
  const scene = await stage();
  const { ada, ben, discord, drills } = scene;
  const card = await results(scene);
  expect(card.text).toContain('Most missed');
  expect(card.text).toContain('1 of 2 right');
  const replies = await Promise.all([ada.press(card, 'Discuss'), ben.press(card, 'Discuss')]);
  const again = await ben.press(card, 'Discuss');
  expect(new Set([...replies, again].map(({ text }) => text)).size).toBe(1);
  expect(again.text).toMatch(/^Discuss it in <#\d+>\.$/);
  const opened = discord.requests.filter(
    ({ method, path }) => method === 'POST' && path.endsWith('/threads'),
  );
  expect(opened).toHaveLength(1);
  const id = /\d+/.exec(again.text)?.[0] ?? '';
  const thread = [...discord.world.channels.values()].find((channel) => channel.id === id);
  expect(JSON.stringify([...(thread?.messages.values() ?? [])].map(({ json }) => json))).toContain(
    'says so itself',
  );
  expect(drills.messages.length).toBeGreaterThan(0);
  expect(discord.violations).toEqual([]);
});

it('says it in words where no thread may be opened', async () => {
  const scene = await stage();
  const card = await results(scene);
  scene.discord.faults.losePermission(scene.drills, 'CreatePublicThreads');
  expect((await scene.ada.press(card, 'Discuss')).text).toContain('I cannot open a thread here');
});
