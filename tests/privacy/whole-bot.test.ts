import type { Member } from 'local-discord';
import { expect, it } from 'vitest';
import {
  begun,
  cardWith,
  handIn,
  type InterviewScene,
  interviewScene,
  rolesIn,
  roomOf,
} from '../interview/scene.js';
import { mentionsOf } from '../retention/records.js';
import { sqliteBackend } from './backends.js';

const hourMs = 60 * 60_000;
/** Every write with `KILLS=50 npm run test:long`. */
const everyNth = process.env.KILLS === undefined ? 29 : 1;

/** An interview of one question among three, with feedback; a second one that is running. */
async function interviewed(scene: InterviewScene): Promise<void> {
  const { clock, members, server } = scene;
  await begun(scene, 'questions:1');
  const room = roomOf(scene);
  const { candidate, interviewer } = rolesIn(scene);
  await interviewer.press(cardWith(room, 'Ask'), 'Ask');
  await clock.settle();
  const form = await candidate.press(cardWith(room, 'Answer'), 'Answer');
  await candidate.submit(form, { answer: 'my words' });
  await interviewer.press(cardWith(room, 'Time is up'), 'Time is up');
  await clock.settle();
  for (const member of members) await handIn(member, room, { points: ['0'], strength: 'clear', mark: 3 });
  await clock.settle();
  await candidate.press(cardWith(room, 'Next'), 'Next');
  await clock.settle();
  const [ada, ben] = members as [Member, Member];
  const lobby = (await ada.slash('/interview start format:written', { channel: server.channel('lounge') }))
    .message;
  await ben.press(lobby, 'Join');
  await clock.settle();
}

it('with all its rooms, a bot that is killed while it erases a member goes on, and leaves no trace of them', {
  timeout: everyNth === 1 ? 1_800_000 : 90_000,
}, async () => {
  const backend = await sqliteBackend();
  let writes: number | undefined;
  const scene = await interviewScene({ open: async (_, log) => backend.open(log, writes) });
  const { clock, members } = scene;
  const [ada, ben] = members as [Member, Member];
  await interviewed(scene);
  await ada.submit(await ada.slash('/privacy delete where:everywhere'), { word: 'DELETE' });
  await scene.bot.stop();
  const wished = await backend.all();
  expect(mentionsOf(wished, ada.id).length).toBeGreaterThan(4);
  const dueAt = clock.now() + 25 * hourMs;

  let kills = 0;
  for (let isDone = false; !isDone; kills++) {
    await backend.fill(wished);
    clock.jumpTo(dueAt);
    writes = 1 + kills * everyNth;
    await scene.restart();
    await scene.bot.stop();
    isDone = mentionsOf(await backend.all(), ada.id).length === 0;
    writes = undefined;
    await scene.restart();
    await scene.bot.stop();
    const after = await backend.all();
    expect(mentionsOf(after, ada.id), `killed after ${1 + kills * everyNth} writes`).toEqual([]);
    expect(mentionsOf(after, ben.id).length).toBeGreaterThan(2);
  }
  expect(kills).toBeGreaterThan(1);
});
