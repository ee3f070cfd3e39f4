import type { Card, Member } from 'local-discord';
import { expect, onTestFinished, test } from 'vitest';
import { Classmates } from '../../src/sandbox/web/classmates.js';
import { isResults, isRound, type Stage, stage } from '../helpers/stage.js';

/** Four classmates who know everything, or nothing, before the real bot. */
async function classroom(skill: number): Promise<Stage & { readonly mates: readonly Member[] }> {
  const scene = await stage();
  const { discord, server, bot } = scene;
  const all = discord.members(4, { server }).map((member) => ({ member, skill, slowness: 1 }));
  const company = new Classmates({
    discord,
    all,
    knows: (customId) => bot.app.isRight(customId),
    helps: (customId) => bot.app.helpFor(customId),
    onFault: (error) => expect.fail(String(error)),
    pace: 0.001,
  });
  onTestFinished(() => company.close());
  return { ...scene, mates: all.map(({ member }) => member) };
}

type Classroom = Awaited<ReturnType<typeof classroom>>;

/** How many of them were told so in private. */
const told = ({ mates, drills }: Classroom, words: string): number =>
  mates.filter((mate) => mate.sees(drills).some(({ text, ephemeral }) => ephemeral && text.includes(words)))
    .length;

/** Waits until all four have answered, then lets the time be up. */
async function answered(scene: Classroom, all: number): Promise<void> {
  await expect.poll(() => told(scene, 'Recorded')).toBe(all);
  await scene.clock.settle();
  await scene.clock.advance('33s');
}

test.each([
  ['who know everything are right in', 1, '4 of 4 right'],
  ['who know nothing answer, and are mostly wrong in', 0, 'of 4 right'],
])('classmates %s rounds of every kind', async (_, skill, words) => {
  const scene = await classroom(skill);
  const { ada, clock, drills } = scene;
  let next = drills.next(isRound(1));
  await ada.slash('/quiz start lobby:0 topic:kinds kinds:all rounds:3');
  for (const round of [1, 2, 3]) {
    const card: Card = await next;
    next = drills.next(round < 3 ? isRound(round + 1) : isResults);
    // Each has one message of a quiz: the one of the round before goes.
    await answered(scene, 4);
    await drills.waitFor(({ id, text }) => id === card.id && text.includes(words));
    await clock.settle();
    await clock.advance('7s');
  }
  await next;
});

test('classmates join a lobby of teams, vote twice, and stand in the results', async () => {
  const scene = await classroom(0.5);
  const { ada, clock, drills } = scene;
  const lobby = drills.next(({ text }) => text.includes('Quiz lobby'));
  await ada.slash('/quiz start lobby:30 topic:queries level:basic rounds:1 mode:discuss teams:2');
  const card = await lobby;
  await clock.advance(0);
  await expect.poll(() => told(scene, 'You are in.')).toBe(4);
  await clock.advance('2s');
  expect(card.text).toMatch(/Red\*\* \([23]\)[\s\S]*Blue\*\* \([23]\)/);
  const first = drills.next(isRound(1));
  await clock.advance('28s');
  await first;
  await answered(scene, 4);
  const second = drills.messages.filter(({ text }) => text.includes('Second vote'));
  const results = drills.next(isResults);
  if (second.length > 0) await answered(scene, 4);
  await clock.advance('1m');
  expect((await results).text).toMatch(/mean\sof\s\d\splayers?/);
});
