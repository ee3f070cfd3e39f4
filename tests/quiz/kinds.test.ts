import type { Card, Member, Reply } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { isRound, type Stage, stage } from '../helpers/stage.js';

/** Letters of the options (or steps) on a card, by their texts. */
const lettersOf = (card: { readonly text: string }): Map<string, string> =>
  new Map(
    [...card.text.matchAll(/^\*\*([A-F])\*\*\s+(.*)$/gm)].map(([, letter = '', option = '']) => [
      option,
      letter,
    ]),
  );

const isOf = (card: Card, kind: string): boolean => card.text.includes(`· ${kind}`);

/** Opens the picker with the button that opens it, whatever it chose so far is taken away. */
async function openPicker(member: Member, card: Card): Promise<Reply> {
  const opener = card.buttons.find(({ label }) => /…$/.test(label))?.label ?? 'A';
  const picker = await member.press(card, opener);
  return picker.buttons.some(({ style, label }) => label === 'A' && style === 1)
    ? member.press(picker, 'A')
    : picker;
}

async function choose(member: Member, card: Card, letters: readonly string[]): Promise<Reply> {
  let picker = await openPicker(member, card);
  for (const letter of letters) picker = await member.press(picker, letter);
  return member.press(picker, 'Submit');
}

/** The right answer of a card, given by this member. */
async function answerRightly(member: Member, card: Card): Promise<Reply> {
  const letters = lettersOf(card);
  if (isOf(card, 'short answer'))
    return member.submit(await member.press(card, 'Answer'), { answer: 'The Word.' });
  const wanted = isOf(card, 'ordering')
    ? ['step one', 'step two', 'step three']
    : ['the first right option', 'the second right option'];
  return choose(
    member,
    card,
    wanted.map((option) => letters.get(option) ?? ''),
  );
}

async function answerWrongly(member: Member, card: Card): Promise<Reply> {
  const letters = lettersOf(card);
  if (isOf(card, 'short answer'))
    return member.submit(await member.press(card, 'Answer'), { answer: '__other__' });
  const wanted = isOf(card, 'ordering') ? ['step two', 'step one', 'step three'] : ['a wrong option'];
  return choose(
    member,
    card,
    wanted.map((option) => letters.get(option) ?? ''),
  );
}

async function eachRound(scene: Stage, options: string, play: (card: Card) => Promise<void>): Promise<Card> {
  const { ada, clock, drills } = scene;
  let opened = drills.next(isRound(1));
  await ada.slash(`/quiz start lobby:0 topic:kinds rounds:3 ${options}`);
  for (const round of [1, 2, 3]) {
    const card = await opened;
    opened = drills.next(round < 3 ? isRound(round + 1) : ({ text }) => text.includes('Quiz results'));
    await play(card);
    await clock.settle();
    await clock.advance('6s');
  }
  return opened;
}

describe('a quiz with all kinds', () => {
  it('takes several options, an order and words, once each, and says what counts', async () => {
    const scene = await stage();
    const { ada, ben, drills } = scene;
    const kinds = new Set<string>();
    const results = await eachRound(scene, 'kinds:all', async (card) => {
      for (const kind of ['multiple choice', 'ordering', 'short answer'])
        if (isOf(card, kind)) kinds.add(kind);
      expect(card.text).toContain('half as long again');
      const wrong = await answerWrongly(ben, card);
      expect(wrong.text).toContain('Recorded');
      expect(wrong.text).not.toMatch(/right|correct/i);
      // What Ben gave reaches nobody before the end of the round.
      expect(JSON.stringify(card.history)).not.toContain('__other__');
      if (isOf(card, 'short answer')) {
        const again = await ben.submit(await ben.press(card, 'Answer'), { answer: 'the word' });
        expect(again.text).toContain('Your first press counts');
      } else
        expect((await ben.press(card, card.buttons[0]?.label ?? '')).text).toContain(
          'Your first press counts',
        );
      expect((await answerRightly(ada, card)).text).toContain('Recorded');
      await drills.waitFor(
        ({ text }) => text === card.text && text.includes('Everyone has answered · 1 of 2 right'),
      );
      if (isOf(card, 'short answer')) {
        expect(card.text).toMatch(/✅ .*The Word\..* 1/);
        expect(card.text).toMatch(/❌ .*__other__.* 1/);
      }
    });
    expect([...kinds].sort()).toEqual(['multiple choice', 'ordering', 'short answer']);
    expect(results.text).toContain(`🥇 ${ada.mention}`);
    const mine = await ben.press(results, 'My answers');
    expect(mine.text.match(/❌/g)).toHaveLength(3);
    expect(mine.text).toContain('the first right option');
    expect(scene.discord.violations).toEqual([]);
  });

  it('takes a blank form for no answer', async () => {
    const scene = await stage();
    const { ada, drills } = scene;
    let opened = drills.next(isRound(1));
    await ada.slash('/quiz start lobby:0 topic:kinds level:basic kinds:all rounds:2');
    let card = await opened;
    if (!isOf(card, 'short answer')) {
      await answerRightly(ada, card);
      await scene.clock.settle();
      opened = drills.next(isRound(2));
      await scene.clock.advance('6s');
      card = await opened;
    }
    const blank = await ada.submit(await ada.press(card, 'Answer'), { answer: ' \u200b\u3164 ' });
    expect(blank.text).toContain('nothing was recorded');
    expect((await answerRightly(ada, card)).text).toContain('Recorded');
  });

  it('is what it is only when asked for', async () => {
    const { ada } = await stage();
    expect((await ada.slash('/quiz start topic:kinds')).text).toContain('No question of the bank fits');
    expect((await ada.slash('/quiz start topic:kinds kinds:all')).text).toContain('3 rounds');
  });
});
