import { expect, it } from 'vitest';
import { firstRound, isRound, letterOf, stage } from '../helpers/stage.js';

it('the host goes on at once, and nobody else can', async () => {
  const scene = await stage();
  const { ada, ben, drills } = scene;
  const round = await firstRound(scene, 'rounds:2');
  await ada.press(round, letterOf(round, true));
  const standings = await drills.waitFor(({ text }) => text.includes('Standings after round 1'));
  expect((await ben.press(standings, 'Next')).text).toContain('Only the quiz');
  const next = drills.next(isRound(2));
  await ada.press(standings, 'Next');
  await next;
  expect(standings.buttons).toEqual([]);
});

it('the host holds the quiz up between rounds, and goes on', async () => {
  const scene = await stage();
  const { ada, clock, drills } = scene;
  const round = await firstRound(scene, 'rounds:2');
  await ada.press(round, letterOf(round, true));
  const standings = await drills.waitFor(({ text }) => text.includes('Standings after round 1'));
  await ada.press(standings, 'Pause');
  expect(standings.text).toContain('Paused by the host');
  expect(standings.buttons.map(({ label }) => label)).toEqual(['Go on']);
  await clock.advanceBy(10 * 60_000);
  expect(drills.messages.some(isRound(2))).toBe(false);
  const next = drills.next(isRound(2));
  await ada.press(standings, 'Go on');
  await next;
});

it('the host gives an open round 15 seconds more, once, and the card says so', async () => {
  const scene = await stage();
  const { ada, ben, clock, drills } = scene;
  const round = await firstRound(scene, 'rounds:1 seconds:10 scoring:accuracy');
  expect(round.text).toContain('Ends');
  expect((await ben.press(round, '+15 s')).text).toContain('Only the quiz');
  expect((await ada.press(round, '+15 s')).text).toBe('15 more seconds for this round.');
  await clock.advance(1_500);
  await drills.waitFor(({ text }) => text.includes('The host gave 15 seconds more'));
  expect(round.buttons.map(({ label }) => label)).not.toContain('+15 s');
  await clock.advance('20s');
  expect((await ben.press(round, letterOf(round, true))).text).toContain('Recorded');
});
