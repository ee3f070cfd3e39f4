import type { Member } from 'local-discord';
import { expect, it } from 'vitest';
import { answerSlowly, openerOn } from '../../src/sandbox/web/slow-answers.js';
import { isRound, letterOf, type Stage, stage } from '../helpers/stage.js';

/** What stands in the demo bank's solutions and nowhere else before. */
const solutions = [
  'docs.djangoproject.com',
  'says so itself',
  'Two say so themselves',
  'They are numbered',
  'It is the word',
];
const marks = /✅|❌|\bcorrect\b|\*\*Right|Not this time/;

/** Everything that the bot has sent so far, replies to presses, pickers and forms included. */
const sentBy = ({ discord }: Stage): string[] => discord.requests.map((request) => JSON.stringify(request));

const chosen = ['A', 'B', 'C', 'A'] as const;

/** Four members answer differently; what one of them typed is known. */
async function everybodyAnswers(scene: Stage, members: readonly Member[], round: number): Promise<void> {
  const card = await scene.drills.waitFor(isRound(round));
  for (const [index, member] of members.entries()) {
    if (openerOn(card) === 'Answer') {
      await member.submit(await member.press(card, 'Answer'), { answer: `typed by ${member.name}` });
    } else if (openerOn(card)) {
      await answerSlowly(member, card, undefined, () => index / 4);
    } else if (card.text.includes('true or false')) await member.press(card, index % 2 ? 'True' : 'False');
    else await member.press(card, index === 0 ? letterOf(card, true) : (chosen[index] ?? 'A'));
  }
}

it.each([
  ['queries', 'race'],
  ['queries', 'discuss'],
  ['facts', 'race'],
  ['facts', 'discuss'],
  ['kinds', 'race'],
  ['kinds', 'discuss'],
  ['kinds', 'race teams:2'],
])('nothing sent before a round on %s ends tells its answer (%s)', async (topic, mode) => {
  const scene = await stage();
  const { ada, ben, cyd, clock, discord, drills, server } = scene;
  const members = [ben, cyd, ...['Dan', 'Eve'].map((name) => discord.member(name, { server }))];
  const rounds = topic === 'kinds' ? 3 : 1;
  const opened = drills.next(isRound(1));
  // Ada hosts and does not answer: the round lasts until its time is up.
  await ada.slash(`/quiz start lobby:0 topic:${topic} kinds:all rounds:${rounds} mode:${mode}`);
  await opened;
  for (let round = 1; round <= rounds; round++) {
    const from = sentBy(scene).length;
    await everybodyAnswers(scene, members, round);
    await ada.slash('/quiz status');
    await ada.slash('/leaderboard');
    await clock.advance('3s');
    await clock.settle();
    const card = await drills.waitFor(isRound(round));
    const sent = round === 1 ? sentBy(scene) : sentBy(scene).slice(from);
    expect(sent.length).toBeGreaterThan(5);
    for (const solution of solutions) expect(sent.join('\n')).not.toContain(solution);
    expect(sent.filter((one) => marks.test(one) && !one.includes('commands'))).toEqual([]);
    // What somebody typed reaches them alone.
    for (const member of members) {
      const others = members.filter((one) => one !== member).map(({ name }) => `typed by ${name}`);
      // Rounds that are over show what was typed.
      const open = member.sees(drills).filter(({ text }) => !text.includes('Skipped'));
      const seen = open.map(({ raw }) => JSON.stringify(raw));
      expect(seen.filter((text) => others.some((typed) => text.includes(typed)))).toEqual([]);
    }
    // All buttons that answer look alike, and count up with their letters.
    const lettered = card.buttons.filter(({ label }) => /^[A-F]$|^True$|^False$/.test(label));
    expect(new Set(lettered.map(({ style }) => style)).size).toBeLessThan(2);
    expect(lettered.map(({ customId }) => Number(customId?.at(-1)))).toEqual(
      lettered.map((_, index) => index),
    );
    await ada.slash('/quiz skip');
    await drills.waitFor(({ id, text }) => id === card.id && text.includes('Skipped'));
    await clock.settle();
    await clock.advance('16s');
    await clock.settle();
  }
});
