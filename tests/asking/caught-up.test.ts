import type { Reply } from 'local-discord';
import { expect, it } from 'vitest';
import { letterOf, type Stage, stage } from '../helpers/stage.js';
import { interviewScene } from '../interview/scene.js';

const callback = 'POST /interactions/:id/:token/callback';

/** Discord shows the next message, but the bot hears of it only when told. */
function unheard({ faults }: Stage['discord'], request = callback): () => void {
  let hear = (): void => {};
  const heard = new Promise<void>((resolve) => {
    hear = resolve;
  });
  faults.next(request, { status: 502, after: true });
  faults.next(request, { until: heard });
  return hear;
}

/** What is shown when the bot has heard of its message, and all is quiet. */
async function whenHeard({ clock }: Pick<Stage, 'clock'>, hear: () => void): Promise<void> {
  hear();
  await clock.settle();
  await clock.advance('2s');
}

it('a lobby shows who came in before the bot knew where it stands', async () => {
  const scene = await stage();
  const hear = unheard(scene.discord);
  const lobby = await scene.ada.slash('/quiz start teams:2 rounds:2');
  await scene.ben.press(lobby, 'Join');
  await whenHeard(scene, hear);
  expect(lobby.text).toContain('2 people in');
});

it('a lobby whose quiz began before the bot knew where it stands offers no start any more', async () => {
  const scene = await stage();
  const hear = unheard(scene.discord);
  const lobby = await scene.ada.slash('/quiz start rounds:2');
  await scene.ada.press(lobby, 'Start now');
  await whenHeard(scene, hear);
  expect(lobby.buttons.map(({ label }) => label)).toEqual(['Join', 'Leave']);
  expect(scene.drills.last.text).toContain('Round 1 of 2');
});

it('a lobby that nothing happened to is not edited', async () => {
  const scene = await stage();
  const hear = unheard(scene.discord);
  const lobby = await scene.ada.slash('/quiz start rounds:2');
  await whenHeard(scene, hear);
  expect(lobby.message.history).toHaveLength(1);
});

it('an interview shows who came in before the bot knew where its lobby stands', async () => {
  const scene = await interviewScene();
  const [ada, ben] = scene.members;
  const hear = unheard(scene.discord);
  const lobby = await ada?.slash('/interview start');
  await ben?.press(lobby as Reply, 'Join');
  await whenHeard(scene, hear);
  expect(lobby?.text).toContain(ben?.mention);
});

it('an interview lobby that nothing happened to is not edited', async () => {
  const scene = await interviewScene();
  const lobby = await scene.members[0]?.slash('/interview start');
  await whenHeard(scene, () => {});
  expect(lobby?.message.history).toHaveLength(1);
});

it('a card counts who answered before the bot knew where it stands', async () => {
  const scene = await stage();
  const hear = unheard(scene.discord);
  const card = await scene.ada.slash('/question advanced topic:queries');
  await scene.ben.press(card, letterOf(card, true));
  await whenHeard(scene, hear);
  expect(card.text).toContain('1 answered');
});

it('a daily question counts who answered before the bot knew where it stands', async () => {
  const scene = await stage();
  const { ada, ben, clock, discord, drills } = scene;
  ada.allow('ManageGuild');
  await ada.slash('/daily set time:12:05 timezone:UTC level:advanced topic:queries');
  discord.faults.next('POST /channels/:id/messages', { status: 502, after: true, times: 4 });
  const posted = drills.next(({ text }) => text.includes('Daily question 1'));
  await clock.advance('5m');
  const card = await posted;
  await ben.press(card, letterOf(card, true));
  await clock.advance('2m');
  expect(card.text).toMatch(/1.person has answered/);
  expect(drills.messages.filter(({ text }) => text.includes('Daily question 1'))).toHaveLength(1);
});
