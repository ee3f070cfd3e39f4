import type { Card, Member } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { answerSlowly } from '../../src/sandbox/web/slow-answers.js';
import { isRound, type Stage, stage } from '../helpers/stage.js';

const wanted = ['step one', 'step two', 'step three'];

/** The letters of the right order, as the card shows its steps. */
function rightOrder({ text }: { readonly text: string }): string[] {
  const letters = new Map(
    [...text.matchAll(/^\*\*([A-F])\*\*\s+(.*)$/gm)].map(([, letter = '', step = '']) => [step, letter]),
  );
  return wanted.map((step) => letters.get(step) ?? '');
}

async function exported(member: Member, of: 'quiz' | 'practice') {
  const reply = await member.slash('/privacy export');
  const [file] = reply.message.files;
  const { places } = JSON.parse(file?.bytes.toString('utf8') ?? '{}');
  return places[0].data[of][0];
}

async function orderingRound({ ada, drills }: Stage): Promise<Card> {
  const opened = drills.next(isRound(1));
  await ada.slash('/quiz start lobby:0 topic:kinds level:intermediate kinds:all rounds:1');
  return opened;
}

describe('an export before the answer is shown', () => {
  it('has the order that somebody gave in a round as it stood on the card: by the bank it would be 0, 1, 2', async () => {
    const scene = await stage();
    const { ada, ben, cyd, clock, drills } = scene;
    const card = await orderingRound(scene);
    const letters = rightOrder(card);
    await answerSlowly(ben, card, letters, () => 0);
    const [before] = (await exported(ben, 'quiz')).answers;
    expect(before).toMatchObject({ round: 1, letters: letters.join('') });
    expect(before).not.toHaveProperty('options');
    expect(before).not.toHaveProperty('right');
    await answerSlowly(cyd, card, letters, () => 0);
    const shown = drills.waitFor(({ text }) => text.includes('Everyone has answered'));
    await answerSlowly(ada, card, letters, () => 0);
    await shown;
    await clock.settle();
    const [after] = (await exported(ben, 'quiz')).answers;
    expect(after).toMatchObject({ options: [0, 1, 2], right: true });
    expect(after).not.toHaveProperty('letters');
  });

  it('tells nothing of a round that is over while its card cannot be edited', async () => {
    const scene = await stage();
    const { ada, ben, clock, discord } = scene;
    const card = await orderingRound(scene);
    await answerSlowly(ben, card, rightOrder(card), () => 0);
    discord.faults.next('PATCH /channels/:channel/messages/:message', { status: 502, times: 1_000 });
    await answerSlowly(ada, card, rightOrder(card), () => 0);
    await clock.settle();
    expect(card.text).not.toContain('Everyone has answered');
    const [answer] = (await exported(ben, 'quiz')).answers;
    expect(answer).not.toHaveProperty('right');
    expect(answer).not.toHaveProperty('options');
  });

  it('has the order that somebody gave on a question card likewise', async () => {
    const { ada, ben, clock } = await stage();
    const card = (await ada.slash('/question intermediate topic:kinds kind:ordering')).message;
    const letters = rightOrder(card);
    await answerSlowly(ben, card, letters, () => 0);
    const before = await exported(ben, 'practice');
    expect(before.yourAnswer).toEqual({ letters: letters.join(''), at: expect.any(Number) });
    await ada.press(card, 'Reveal');
    await clock.settle();
    expect((await exported(ben, 'practice')).yourAnswer).toMatchObject({
      answer: { picks: [0, 1, 2] },
      right: true,
    });
  });
});
