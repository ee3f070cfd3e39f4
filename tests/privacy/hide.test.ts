import { describe, expect, it } from 'vitest';
import { firstRound, isResults, letterOf, nextRound, type Stage, stage } from '../helpers/stage.js';

/** Ben is right in both rounds, Ada and Cyd in none. Gives the cards that everybody sees. */
async function quizzed(scene: Stage): Promise<string> {
  const { ada, ben, cyd, drills, clock } = scene;
  let round = await firstRound(scene);
  for (const number of [1, 2]) {
    if (number === 2) round = await nextRound(scene, 2);
    for (const member of [ben, cyd, ada]) await member.press(round, letterOf(round, member === ben));
  }
  const results = drills.next(isResults);
  await drills.waitFor(({ text }) => text.includes('Round 2 of'));
  await clock.settle();
  await clock.advance('6s');
  await results;
  return drills.messages.map(({ history }) => JSON.stringify(history)).join('\n');
}

const tag = (id: string): string => `<@${id}>`;

describe('a hidden member', () => {
  it('stands on no leaderboard, others move up, and comes back with all their points', async () => {
    const scene = await stage();
    const { ada, ben, cyd } = scene;
    await quizzed(scene);
    const before = (await ada.slash('/leaderboard')).text;
    expect(before).toContain(`**1.** ${tag(ben.id)}`);

    expect((await ben.slash('/privacy hide on:true')).ephemeral).toBe(true);
    const during = await ada.slash('/leaderboard');
    expect(during.text).not.toContain(ben.id);
    expect(during.text).toContain(`**1.** ${tag(ada.id)}`);
    expect(during.text).toContain('2 members');
    expect((await cyd.press(during, 'My rank')).text).not.toContain(ben.id);
    const own = await ben.press(during, 'My rank');
    expect(own.text).toContain('number **1** of 3');
    expect(own.text).toContain('nobody but you');

    expect((await ada.slash('/stats member:@Ben')).text).toContain('keeps their results');
    expect((await ben.slash('/stats')).text).toContain('rank **1** of 3');
    expect((await ada.slash('/stats')).text).toContain('of 2');

    await ben.slash('/privacy hide on:false');
    expect((await ada.slash('/leaderboard')).text).toBe(before);
  });

  it('is named nowhere in a quiz that they win: not as fastest, in standings, results or the podium', async () => {
    const scene = await stage();
    const { ada, ben, cyd } = scene;
    await ben.slash('/privacy hide on:true');
    const seen = await quizzed(scene);
    expect(seen).not.toContain(tag(ben.id));
    expect(seen).not.toMatch(/Podium[^"]*Ben/);
    expect(seen).toContain(tag(ada.id));
    expect(seen).toContain('1 of 3 right');
    const results = scene.drills.messages.findLast(isResults);
    if (!results) throw new Error('There are no results');
    expect((await ben.press(results, 'My answers')).text).toContain('Place 1 with');
    expect((await cyd.press(results, 'My answers')).text).toContain('Place 1 with 0');
  });

  it('is counted and not named where a card is revealed', async () => {
    const { ada, ben, cyd, drills } = await stage();
    await ben.slash('/privacy hide on:true');
    const card = await ada.slash('/question any topic:queries kind:"single choice"', { channel: drills });
    for (const member of [ben, cyd]) await member.press(card, letterOf(card, true));
    await ada.press(card, 'Reveal');
    expect(card.text).toContain(`2 of 2 right: ${tag(cyd.id)} and 1 more`);
  });
});
