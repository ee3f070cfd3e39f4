import type { Card } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { isResults, isRound, letterOf, type Stage, stage } from '../helpers/stage.js';

/** A quiz of the one question that its topic has, which Ben missed. */
async function played(scene: Stage): Promise<Card> {
  const { ada, ben, clock, drills } = scene;
  const opened = drills.next(isRound(1));
  await ada.slash('/quiz start lobby:0 topic:facts rounds:1');
  const round = await opened;
  const results = drills.next(isResults);
  await ben.press(round, letterOf(round, false));
  await ada.press(round, letterOf(round, true));
  await drills.waitFor(({ text }) => text.includes('Everyone has answered'));
  await clock.settle();
  await clock.advance('6s');
  return results;
}

const tells = /says so itself|docs\.djangoproject|right:|✅|❌/;

describe('a question that is asked once more', () => {
  it('is not told by the answers of the quiz before, until the round is over', async () => {
    const scene = await stage();
    const { ada, ben, clock, drills } = scene;
    const results = await played(scene);
    expect((await ben.press(results, 'My answers')).text).toMatch(tells);
    await clock.advance('5s');
    const opened = drills.next(isRound(1));
    const lobby = drills.next(({ text }) => text.includes('Quiz lobby'));
    await ben.press(results, 'Retry missed');
    await ben.press(await lobby, 'Start now');
    const again = await opened;
    const mine = await ben.press(results, 'My answers');
    expect(mine.text).not.toMatch(tells);
    expect(mine.text).toContain('being asked again just now');
    const shown = drills.waitFor(({ id, text }) => id === again.id && text.includes('Everyone has answered'));
    for (const member of [ada, ben]) await member.press(again, letterOf(again, true));
    await shown;
    await clock.settle();
    expect((await ben.press(results, 'My answers')).text).toMatch(tells);
  });

  it('is not discussed in a thread with its answer, wherever it is asked', async () => {
    const scene = await stage();
    const { ada, server, clock } = scene;
    const results = await played(scene);
    const card = (await ada.slash('/question any topic:facts', { channel: server.channel('lounge') }))
      .message;
    expect((await ada.press(results, 'Discuss')).text).toContain('being asked again just now');
    expect(scene.discord.requests.filter(({ path }) => path.endsWith('/threads'))).toEqual([]);
    await ada.press(card, 'Reveal');
    await clock.settle();
    expect((await ada.press(results, 'Discuss')).text).toMatch(/^Discuss it in/);
  });
});
