import type { Member } from 'local-discord';
import { expect, it } from 'vitest';
import { troubles } from '../helpers/bot.js';
import { begun, cardWith, handIn, interviewScene, rolesIn, roomOf } from './scene.js';

/** In two the roles turn. */
const questionsFor = (people: number): number => (people < 5 ? 2 : 1);

it.each([2, 3, 5, 8])('a panel of %i is played from the lobby to the recap', async (people) => {
  const scene = await interviewScene({ people });
  const { clock, members, drills } = scene;
  const questions = questionsFor(people);
  await begun(scene, `questions:${questions}`);
  const room = roomOf(scene);
  const candidates = new Set<string>();
  for (let number = 1; number <= questions; number++) {
    const { candidate, interviewer } = rolesIn(scene);
    candidates.add(candidate.id);
    const brief = cardWith(room, 'Ask');
    expect(brief.text).toContain(`Question ${number} of ${questions}`);
    const sheet = await interviewer.press(brief, 'Sheet');
    expect(sheet.ephemeral).toBe(true);
    expect((await interviewer.press(sheet, '▶')).text).toContain('KEYPOINT');
    await interviewer.press(brief, 'Ask');
    await clock.settle();
    const question = cardWith(room, 'Hint');
    await interviewer.press(question, 'Hint');
    await interviewer.press(question, 'Follow-up');
    const form = await candidate.press(question, 'Answer');
    await candidate.submit(form, { answer: 'I measure **first** @everyone.' });
    await clock.settle();
    expect(room.messages.map(({ text }) => text).join('\n')).toMatch(
      /Hint 1[\s\S]*Follow-up 1[\s\S]*I measure/,
    );
    await interviewer.press(question, 'Time is up');
    await clock.settle();
    for (const member of members)
      await handIn(member, room, { points: ['0'], strength: 'Calm', next: 'Indexes' });
    await clock.settle();
    const results = cardWith(room, 'My feedback');
    expect(results.text).toContain('MODELANSWER');
    expect(results.text).toContain(`✅ KEYPOINT`);
    const own = await candidate.press(results, 'My feedback');
    expect(own.ephemeral).toBe(true);
    expect(own.text).toContain('`Calm`');
    await candidate.press(results, 'Next');
    await clock.settle();
  }
  expect(candidates.size).toBe(questions);
  expect(drills.last.text).toContain('### Mock interview · recap');
  expect(room.state.thread?.archived).toBe(true);
  expect(troubles(scene.bot)).toEqual([]);
});

it('seven full sheets are read and kept in pages', async () => {
  const scene = await interviewScene({ people: 8 });
  const { clock, members } = scene;
  await begun(scene, 'questions:1');
  const room = roomOf(scene);
  const { candidate, interviewer } = rolesIn(scene);
  await interviewer.press(cardWith(room, 'Ask'), 'Ask');
  await clock.settle();
  await interviewer.press(cardWith(room, 'Time is up'), 'Time is up');
  await clock.settle();
  const long = '`*'.repeat(150);
  for (const member of members)
    await handIn(member, room, { points: ['0', '1', '2'], strength: long, next: long });
  await clock.settle();
  const own = await candidate.press(cardWith(room, 'My feedback'), 'My feedback');
  const seen = new Set<string>();
  for (let page = 0; page < 3; page++) {
    for (const [, id = ''] of own.text.matchAll(/From <@(\d+)>/g)) seen.add(id);
    if (page < 2) await candidate.press(own, '▶');
  }
  expect(seen.size).toBe(7);
  expect(own.text).toContain('From');
  await candidate.press(own, 'Send me this');
  expect(candidate.dm.messages).toHaveLength(3);
  const stranger = members.find((member) => member !== candidate) as Member;
  expect((await stranger.pressId(own, own.message.button('▶').customId ?? '')).text).not.toContain('From');
});
