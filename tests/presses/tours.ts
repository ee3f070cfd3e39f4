import type { Card, Member, Reply } from 'local-discord';
import { letterOf, restart, type Stage, stage } from '../helpers/stage.js';
import { begun, cardWith, interviewScene, rolesIn, roomOf } from '../interview/scene.js';
import { miss } from '../review/play.js';
import { type Manner, Walk } from './walk.js';

/** A way through some cards, and what is pressed there. */
export interface Tour {
  readonly name: string;
  go(manner: Manner): Promise<{ readonly walk: Walk; readonly other: Member; restart(): Promise<void> }>;
}

type InterviewScene = Awaited<ReturnType<typeof interviewScene>>;

const marks = { knowledge: '3', reasoning: '3', communication: '3', tradeOffs: '3' };
const sheet = { points: ['0'], strength: 'Calm', next: 'Indexes' };

async function interview(manner: Manner, people: number) {
  const scene = await interviewScene({ people });
  const walk = new Walk(scene, manner);
  return {
    scene,
    walk,
    other: scene.members.at(-1) as Member,
    async restart() {
      await scene.restart();
    },
  };
}

async function feedback(walk: Walk, scene: InterviewScene, member: Member): Promise<void> {
  const form = await walk.press(member, cardWith(roomOf(scene), 'Feedback'), 'Feedback');
  const first = await walk.submit(member, form, sheet);
  await walk.submit(member, await walk.press(member, first, 'Marks'), marks);
}

const panel: Tour = {
  name: 'a panel',
  async go(manner) {
    const way = await interview(manner, 4);
    const { scene, walk } = way;
    const [ada, ben, cyd, dee] = scene.members as [Member, Member, Member, Member];
    const lobby = (await ada.slash('/interview start questions:2')).message;
    await walk.press(ben, lobby, 'Join');
    await walk.press(cyd, lobby, 'Candidate first');
    await walk.press(dee, lobby, 'Observe');
    await walk.press(dee, lobby, 'Leave');
    await walk.press(dee, lobby, 'Join');
    await walk.press(ada, lobby, 'Start now');
    const room = roomOf(scene);
    const { candidate, interviewer } = rolesIn(scene);
    const brief = cardWith(room, 'Ask');
    const read = await walk.press(interviewer, brief, 'Sheet');
    await walk.press(interviewer, read, '▶');
    await walk.press(interviewer, brief, 'Ask');
    const question = cardWith(room, 'Time is up');
    await walk.press(interviewer, question, 'Hint');
    await walk.press(interviewer, question, 'Follow-up');
    const form = await walk.press(candidate, question, 'Answer');
    await walk.submit(candidate, form, { answer: 'I measure first.' });
    await walk.press(interviewer, question, 'Time is up');
    for (const member of scene.members) await feedback(walk, scene, member);
    const results = cardWith(room, 'My feedback');
    const own = await walk.press(candidate, results, 'My feedback');
    const keep = own.message.button('Send me this').customId ?? '';
    await walk.press(candidate, own, `${keep.replace('keep', 'own')}:0`);
    await walk.press(candidate, own, 'Send me this');
    await walk.press(candidate, results, 'Next');
    const second = rolesIn(scene);
    const away = await walk.press(second.interviewer, cardWith(room, 'Ask'), 'Sheet');
    await walk.press(second.interviewer, away, 'Candidate is away');
    return way;
  },
};

const written: Tour = {
  name: 'a written interview',
  async go(manner) {
    const way = await interview(manner, 3);
    const { scene, walk } = way;
    await begun(scene, 'format:written questions:1');
    const [host] = scene.members as [Member];
    const room = roomOf(scene);
    const question = cardWith(room, 'Answer');
    for (const member of scene.members.slice(0, 2)) {
      const form = await walk.press(member, question, 'Answer');
      await walk.submit(member, form, { answer: 'I measure first.' });
    }
    await walk.press(host, question, 'Time is up');
    for (let left = 2; left > 0; left--)
      await walk.submit(host, await walk.press(host, cardWith(room, 'Rate'), 'Rate'), sheet);
    await walk.press(host, cardWith(room, 'Rate'), 'Time is up');
    await walk.press(host, cardWith(room, 'My feedback'), 'Next');
    return way;
  },
};

function onStage(name: string, go: (scene: Stage, walk: Walk) => Promise<void>): Tour {
  return {
    name,
    async go(manner) {
      const scene = await stage();
      const walk = new Walk(scene, manner);
      await go(scene, walk);
      return {
        walk,
        other: scene.cyd,
        async restart() {
          walk.scene = { ...scene, bot: await restart(scene) };
        },
      };
    },
  };
}

const night = onStage('a quiz night', async (scene, walk) => {
  const { ada, ben, clock, drills } = scene;
  ada.allow('ManageGuild');
  await ada.slash('/night set weekday:friday time:20:00 timezone:UTC rounds:1 topic:queries');
  const until = async (when: string): Promise<void> => {
    clock.jumpTo(Date.parse(when) - 30_000);
    await clock.advanceTo(when);
    await clock.settle();
  };
  const having = (label: string): Promise<Card> =>
    drills.waitFor(({ buttons }) => buttons.some((one) => one.label === label && !one.disabled));
  await until('2026-03-05T20:00:00Z');
  await walk.press(ben, await having('Remind me'), 'Remind me');
  await until('2026-03-06T19:55:00Z');
  const lobby = await having('Join');
  for (const member of [ada, ben]) await member.press(lobby, 'Join');
  const opened = drills.next(({ text }) => text.includes('Round 1 of 1'));
  await clock.advanceTo('2026-03-06T20:00:00Z');
  const round = await opened;
  for (const member of [ada, ben]) await member.press(round, 'A');
  const season = drills.next(({ text }) => text.includes('Season'));
  await clock.advance('20s');
  await walk.press(ben, await season, 'Remind me');
});

/** Answers every question of a session. */
async function session(walk: Walk, member: Member, on: Reply): Promise<void> {
  for (let left = 20; left > 0; left--) {
    const { buttons } = on;
    const has = (label: string): boolean => buttons.some((one) => one.label === label);
    if (has('Answer')) {
      const form = await walk.press(member, on, 'Answer');
      await walk.submit(member, form, { answer: 'right', sure: 'sure' });
    } else if (has('Sure')) {
      await walk.press(member, on, 'A');
      await walk.press(member, on, 'Sure');
    }
    if (!on.buttons.some(({ label }) => label === 'Next')) return;
    await walk.press(member, on, 'Next');
  }
}

const sessions = onStage('sessions, what is due, and what comes next', async (scene, walk) => {
  const { ada, ben, clock } = scene;
  await miss(ada, 'any topic:queries', clock);
  const anything = (await ada.slash('/help')).message;
  const kinds = await walk.press(ada, anything, 'next:drill:kinds:basic:10');
  await session(walk, ada, kinds);
  await ada.slash('/review remind time:08:00 timezone:UTC');
  await clock.advance('1d');
  const status = await ada.slash('/review status');
  const due = await walk.press(ada, status, 'review:due');
  await walk.press(ada, due, 'A');
  await walk.press(ada, due, 'Sure');
  await walk.press(ada, due, 'Forget this');
  const again = await walk.press(ada, anything, 'next:review:10');
  await walk.press(ada, again, 'Stop');
  await walk.press(ada, anything, 'review:one:single-basic');
  await walk.press(ada, anything, 'next:go');
  await walk.press(ben, anything, 'stats:drill:queries');
  const reminder = await ada.dm.waitFor(({ buttons }) => buttons.some(({ label }) => label === 'Turn off'));
  await walk.press(ada, reminder, 'Turn off');
});

const mock = onStage('a mock interview from a plan', async ({ ada, ben }, walk) => {
  const post = (await ada.slash('/question any topic:queries')).message;
  await walk.press(ben, post, 'next:mock');
});

const privacy = onStage('privacy', async (scene, walk) => {
  const { ada, clock } = scene;
  await miss(ada, 'any topic:queries', clock);
  await ada.slash('/privacy show', { channel: ada.dm });
  const shown = await ada.slash('/privacy show', { channel: ada.dm });
  await walk.press(ada, shown, 'privacy:show');
  await walk.press(ada, shown, 'privacy:export');
  const form = await ada.slash('/privacy delete where:here');
  const wish = await walk.submit(ada, form, { word: 'DELETE' });
  await walk.press(ada, wish, 'Keep my data');
});

const boards = onStage('boards and help', async (scene, walk) => {
  const { ada, ben, clock } = scene;
  const board = await ada.slash('/leaderboard');
  await walk.press(ada, board, 'leaderboard:page:all:*:0');
  await walk.press(ada, board, 'leaderboard:period:week:*');
  await walk.press(ada, board, 'leaderboard:mine:all:*');
  const help = await ada.slash('/help');
  const index = await walk.select(ada, help, 'help:section', 'topics');
  const about = await walk.select(ada, index, 'help:topic', 'queries');
  await clock.advance('5s');
  const asked = await walk.press(ada, about, 'Ask one');
  await ben.press(asked, letterOf(asked, true));
});

export const tours: readonly Tour[] = [panel, written, night, sessions, mock, privacy, boards];
