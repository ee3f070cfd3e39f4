import type { Member } from 'local-discord';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { openStore } from '../../src/store/open.js';
import { isLong } from '../helpers/long.js';
import { Disk } from '../quiz/flaky-sqlite.js';
import {
  begun,
  cardWith,
  handIn,
  type InterviewScene,
  interviewScene,
  rolesIn,
  roomOf,
  tick,
} from './scene.js';

const minuteMs = 60_000;

/** What a panel of two with one question goes through; each step leaves it in another phase. */
const steps: readonly { name: string; writes?: number; act(scene: InterviewScene): Promise<unknown> }[] = [
  { name: 'lobby', act: ({ members: [ada] }) => (ada as Member).slash('/interview start questions:1') },
  {
    name: 'joined',
    act: ({ members: [, ben], drills }) => (ben as Member).press(cardWith(drills, 'Join'), 'Join'),
  },
  {
    name: 'begun',
    act: ({ members: [ada], drills }) => (ada as Member).press(cardWith(drills, 'Start now'), 'Start now'),
  },
  {
    name: 'sheet',
    act: (scene) => rolesIn(scene).interviewer.press(cardWith(roomOf(scene), 'Sheet'), 'Sheet'),
  },
  { name: 'asked', act: (scene) => rolesIn(scene).interviewer.press(cardWith(roomOf(scene), 'Ask'), 'Ask') },
  { name: 'hint', act: (scene) => rolesIn(scene).interviewer.press(cardWith(roomOf(scene), 'Hint'), 'Hint') },
  {
    name: 'answered',
    async act(scene) {
      const { candidate } = rolesIn(scene);
      const form = await candidate.press(cardWith(roomOf(scene), 'Answer'), 'Answer');
      return candidate.submit(form, { answer: 'my words' });
    },
  },
  {
    name: 'time up',
    act: (scene) => rolesIn(scene).interviewer.press(cardWith(roomOf(scene), 'Time is up'), 'Time is up'),
  },
  {
    name: 'one page',
    act: (scene) => tick(scene.members[0] as Member, roomOf(scene), { points: ['0'], strength: 'kept' }),
  },
  {
    name: 'one sheet',
    writes: 2,
    act: (scene) => handIn(scene.members[0] as Member, roomOf(scene), { points: ['0'], strength: 'kept' }),
  },
  {
    name: 'all sheets',
    writes: 2,
    act: (scene) => handIn(scene.members[1] as Member, roomOf(scene), { points: ['0'], strength: 'kept' }),
  },
  {
    name: 'gone on',
    act: (scene) => scene.members[0]?.press(cardWith(roomOf(scene), 'Next'), 'Next') ?? Promise.resolve(),
  },
];

/** Everything that stands in the thread and the channel once it is over, each once. */
function expectWhole(scene: InterviewScene): void {
  const room = roomOf(scene).messages.map(({ text }) => text);
  for (const part of ['**Interviewer**', 'Hint 1', 'my words', 'Feedback on question', 'Model answer'])
    expect(room.filter((text) => text.includes(part)).length, `${part} in:\n${room.join('\n---\n')}`).toBe(1);
  expect(scene.drills.messages.filter(({ text }) => text.includes('recap'))).toHaveLength(1);
  expect(scene.server.channels.filter(({ state }) => state.thread)).toHaveLength(1);
  const live = [...scene.drills.messages, ...roomOf(scene).messages].flatMap(({ buttons }) =>
    buttons.filter(({ disabled }) => !disabled).map(({ label }) => label),
  );
  expect(live).toEqual(['My feedback']);
}

describe('killed and started again', () => {
  it('after every step, an interview goes on where it was', async () => {
    const scene = await interviewScene({ people: 2 });
    for (const { act } of steps) {
      await act(scene);
      await scene.clock.settle();
      await scene.restart();
    }
    expectWhole(scene);
    const own = await rolesIn(scene).candidate.press(cardWith(roomOf(scene), 'My feedback'), 'My feedback');
    expect(own.text).toContain('`kept`');
  });

  // Discord knows a nonce for a few minutes only. Each step with a pause or without one; with both in the long suite.
  it.each(
    [0, 12].flatMap((away) =>
      steps
        .map(({ name, writes = 1 }, at) => [away, name, at, writes] as const)
        .filter(([, , at]) => isLong || at % 2 === (away > 0 ? 1 : 0)),
    ),
  )(
    'for %i minutes, with what Discord has taken and the disk has not, after: %s',
    async (away, _, at, stored) => {
      const disk = new Disk();
      const open: typeof openStore = (url, log) => disk.open(url.slice('sqlite://'.length), log);
      const scene = await interviewScene({ people: 2, open });
      for (const [index, { act }] of steps.entries()) {
        // The press itself is stored; of what it sets going, nothing is.
        let writes = 0;
        const isOurs = (keys: readonly string[]): boolean => keys.some((key) => key.startsWith('interview:'));
        disk.fails = (keys) => index === at && isOurs(keys) && writes++ >= stored;
        await act(scene).catch((error: unknown) => {
          if (index !== at) throw error;
        });
        await scene.clock.settle();
        if (index !== at) continue;
        await scene.restart(() => {
          disk.fails = () => false;
          scene.clock.jumpTo(scene.clock.now() + away * minuteMs);
        });
        await scene.clock.settle();
      }
      await scene.clock.advanceBy(10_000);
      expectWhole(scene);
    },
  );

  it('while it was away for long, there is still time to do something', async () => {
    const scene = await interviewScene({ people: 2 });
    await begun(scene, 'questions:1');
    await rolesIn(scene).interviewer.press(cardWith(roomOf(scene), 'Ask'), 'Ask');
    await scene.clock.settle();
    await scene.restart(() => scene.clock.jumpTo(scene.clock.now() + 60 * minuteMs));
    expect(cardWith(roomOf(scene), 'Hint').text).toContain('Question 1');
    await scene.clock.advanceBy(31_000);
    expect(cardWith(roomOf(scene), 'Feedback').text).toContain('Feedback on question 1');
  });
});

describe('Discord fails', () => {
  it('an outage at any message is made up for', async () => {
    const scene = await interviewScene({ people: 2 });
    for (const { name, act } of steps) {
      if (['begun', 'asked', 'hint', 'time up', 'all sheets'].includes(name))
        scene.discord.faults.next('POST /channels/:id/messages', { status: 502, times: 4 });
      await act(scene);
      await scene.clock.settle();
      await scene.clock.advanceBy(3_000);
    }
    await scene.clock.advanceBy(10_000);
    expectWhole(scene);
  });
});

it('a hint that Discord took without a word, and for minutes nothing after it, is shown once', async () => {
  const scene = await interviewScene({ people: 2 });
  await begun(scene, 'questions:1 minutes:30');
  const { interviewer } = rolesIn(scene);
  await interviewer.press(cardWith(roomOf(scene), 'Ask'), 'Ask');
  await scene.clock.settle();
  const post = 'POST /channels/:id/messages';
  scene.discord.faults.next(post, { status: 502, after: true });
  scene.discord.faults.next(post, { status: 502, times: 40 });
  scene.discord.faults.next('GET /channels/:id/messages', { status: 502, times: 40 });
  await interviewer.press(cardWith(roomOf(scene), 'Hint'), 'Hint');
  await scene.clock.advanceBy(20 * minuteMs);
  expect(roomOf(scene).messages.filter(({ text }) => text.includes('Hint 1'))).toHaveLength(1);
});

it('a press on a card that is not stored yet waits for it', async () => {
  const disk = new Disk();
  const open: typeof openStore = (url, log) => disk.open(url.slice('sqlite://'.length), log);
  const scene = await interviewScene({ people: 2, open });
  await begun(scene, 'questions:1');
  const { candidate, interviewer } = rolesIn(scene);
  let release = (): void => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  onTestFinished(() => release());
  let writes = 0;
  // The press is stored, and that the card before has lost its buttons; that the new one stands is not.
  disk.waits = async (keys) => {
    if (keys.some((key) => key.startsWith('interview:')) && writes++ > 1) await held;
  };
  const posted = roomOf(scene).next(({ text }) => text.includes('answer aloud'));
  await interviewer.press(cardWith(roomOf(scene), 'Ask'), 'Ask');
  const answer = await candidate.press(await posted, 'Answer', { wait: false });
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(answer.kind).toBeUndefined();
  release();
  expect((await answer.answered()).kind).toBe('modal');
});
