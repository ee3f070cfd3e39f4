import { expect, it } from 'vitest';
import { begun, cardWith, handIn, interviewScene, rolesIn, roomOf } from './scene.js';

it.each([2, 3, 5, 8])('a panel of %i is played from the lobby to the recap', async (people) => {
  const scene = await interviewScene({ people });
  const { clock, members, drills } = scene;
  await begun(scene, 'questions:2');
  const room = roomOf(scene);
  const candidates = new Set<string>();
  for (const number of [1, 2]) {
    const { candidate, interviewer } = rolesIn(scene);
    candidates.add(candidate.id);
    const brief = cardWith(room, 'Ask');
    expect(brief.text).toContain(`Question ${number} of 2`);
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
  expect(candidates.size).toBe(2);
  expect(drills.last.text).toContain('### Mock interview · recap');
  expect(room.state.thread?.archived).toBe(true);
  expect(scene.bot.complaints).toEqual([]);
});
