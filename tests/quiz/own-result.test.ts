import type { Card, Reply } from 'local-discord';
import { expect, it } from 'vitest';
import { firstRound, isRound, letterOf, stage } from '../helpers/stage.js';

it('everybody is told privately what the round brought them, in the receipt that they have', async () => {
  const scene = await stage();
  const { ada, ben, cyd, clock, drills } = scene;
  const round = await firstRound(scene, 'rounds:2 level:basic');
  const right = await ben.press(round, letterOf(round, true));
  await clock.advance('2s');
  const wrong = await cyd.press(round, letterOf(round, false));
  expect(right.text).toContain('Recorded');
  for (const receipt of [right, wrong])
    expect(JSON.stringify(receipt.message.history)).not.toMatch(/Right|Not this/);
  await ada.press(round, letterOf(round, true));
  await drills.waitFor(({ text }) => text.includes('Everyone has answered'));
  await clock.settle();
  expect(right.text).toContain('✅ **Right.** +150 in 0.0 s.');
  expect(right.text).toContain('You lead with 150 points.');
  expect(right.ephemeral).toBe(true);
  expect(wrong.text).toContain('❌ **Not this time.**');
  expect(wrong.text).toContain('The answer: **');
  expect(wrong.text).toContain(`Place 3 with 0 points, `);
  expect(scene.discord.violations).toEqual([]);
});

it('everybody has one private message of a quiz: the one before goes', async () => {
  const scene = await stage();
  const { ada, ben, clock, drills } = scene;
  let round = await firstRound(scene, 'rounds:2');
  const receipts = [];
  for (const number of [1, 2]) {
    receipts.push(await ben.press(round, letterOf(round, true)));
    const opened = drills.next(number === 1 ? isRound(2) : ({ text }) => text.includes('Quiz results'));
    await ada.press(round, letterOf(round, true));
    await drills.waitFor(({ text }) => text.includes(`Round ${number} of 2`) && text.includes('Everyone'));
    await clock.settle();
    await clock.advance('6s');
    round = await opened;
  }
  const [first, second] = receipts;
  expect(first?.message.deleted).toBe(true);
  expect(second?.message.deleted).toBe(false);
  expect(second?.text).toContain('**Right.**');
});

it('one that cannot be taken away keeps none of the others', async () => {
  const scene = await stage();
  const { ada, ben, clock, discord, drills } = scene;
  const round = await firstRound(scene, 'rounds:1');
  const receipts = [];
  for (const right of [true, false, false]) receipts.push(await ben.press(round, letterOf(round, right)));
  // It went, and the answer was lost: tried again, Discord knows of no such message.
  discord.faults.next(/^DELETE .*@original$/, { after: true, hangUp: true });
  await ada.press(round, letterOf(round, true));
  await drills.waitFor(({ text }) => text.includes('Everyone has answered'));
  await clock.settle();
  expect(receipts.map(({ message }) => message.deleted)).toEqual([true, true, false]);
});

it('the why of the option that somebody chose is told to them', async () => {
  const scene = await stage();
  const { ada, ben, clock, drills } = scene;
  const round = await firstRound(scene, 'rounds:1 level:advanced');
  const third = /^\*\*([A-F])\*\*\s+the third wrong option$/m.exec(round.text)?.[1] ?? '';
  const receipt = await ben.press(round, third);
  await ada.press(round, letterOf(round, true));
  await drills.waitFor(({ text }) => text.includes('Everyone has answered'));
  await clock.settle();
  expect(receipt.text).toContain('The third one is wrong for a reason.');
  // In public, that of the wrong option that was chosen most.
  expect(round.text).toContain('The third one is wrong for a reason.');
});

it('who votes once in a round of two votes is told what came of it, and each keeps one message', async () => {
  const scene = await stage();
  const { ada, ben, cyd, clock, discord, drills, server } = scene;
  const [dan, eve] = ['Dan', 'Eve'].map((name) => discord.member(name, { server })) as [
    typeof ada,
    typeof ada,
  ];
  const all = [ben, cyd, dan, eve, ada];
  const second =
    (round: number) =>
    ({ text, buttons }: { text: string; buttons: Card['buttons'] }) =>
      text.includes(`Round ${round} of`) && text.includes('Second vote') && buttons.some((b) => !b.disabled);
  const receipts: Reply[] = [];
  let once: Reply | undefined;
  let opened = drills.next(isRound(1));
  await ada.slash('/quiz start lobby:0 topic:queries rounds:2 mode:discuss seconds:20');
  for (const round of [1, 2]) {
    const first = await opened;
    const voting = drills.next(second(round));
    for (const [index, member] of all.entries()) {
      const receipt = await member.press(first, letterOf(first, index < 2));
      if (member === ben) receipts.push(receipt);
      if (member === cyd) once = receipt;
    }
    await drills.waitFor(({ text }) => text.includes('Discuss:'));
    await clock.settle();
    await clock.advance('10s');
    const card = await voting;
    receipts.push(await ben.press(card, letterOf(card, true)));
    // A finger that slips.
    receipts.push(await ben.press(card, letterOf(card, false)));
    for (const member of [dan, eve, ada]) await member.press(card, letterOf(card, true));
    if (round === 1) opened = drills.next(isRound(2));
    await clock.advance('23s');
    await drills.waitFor(({ id, text }) => id === card.id && text.includes('Time is up'));
    await clock.settle();
    expect(once?.text).toContain('You did not vote a second time');
    expect(once?.text).toContain('The answer: **');
    if (round === 1) await clock.advance('16s');
  }
  expect(receipts.filter(({ message }) => !message.deleted).map(({ text }) => text)).toEqual([
    expect.stringContaining('**Right.**'),
  ]);
});
