import type { Card, Member, Reply } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { letterOf, type Stage, stage } from '../helpers/stage.js';

const dayMs = 24 * 60 * 60_000;

/** Answers a question card of the member’s own, wrong. */
async function miss(member: Member, options: string, clock: Stage['clock']): Promise<void> {
  await clock.advanceBy(5_000);
  const card = await member.slash(`/question ${options} private:true`);
  await answerCard(member, card, false);
}

async function answerCard(member: Member, card: Reply, right: boolean): Promise<Reply> {
  return member.press(card, letterOf(card, right));
}

/** Chooses and says how sure one is. */
async function answer(member: Member, on: Reply, right: boolean, sure = 'Sure'): Promise<Reply> {
  await member.press(on, letterOf(on, right));
  return member.press(on, sure);
}

const labels = ({ buttons }: Pick<Card, 'buttons'>): string[] => buttons.map(({ label }) => label);

describe('a review', () => {
  it('has nothing before something was missed', async () => {
    const { ada } = await stage();
    expect((await ada.slash('/review start')).text).toContain('Nothing to review yet');
  });

  it('brings back what was missed on the day after, in one private message', async () => {
    const { ada, clock, discord } = await stage();
    await miss(ada, 'advanced topic:queries', clock);
    expect((await ada.slash('/review start')).text).toContain('The next cards come tomorrow');
    clock.jumpTo(clock.now() + dayMs);
    const session = await ada.slash('/review start');
    expect(session.ephemeral).toBe(true);
    expect(session.text).toContain('question 1 of 1');
    expect(labels(session)).toEqual(
      expect.arrayContaining(['A', 'B', 'C', 'D', 'Guess', 'Unsure', 'Sure', 'Forget this', 'Stop']),
    );
    await answer(ada, session, true);
    expect(session.text).toContain('Right.');
    expect(session.text).toContain('docs.djangoproject.com');
    expect(session.text).toContain('Comes back in 3 days');
    await ada.press(session, 'Next');
    expect(session.text).toContain('1 of 1** right');
    expect(session.text).toContain('1 in 3 days');
    expect((await ada.slash('/review start')).text).toContain('Nothing is due today');
    expect(discord.violations).toEqual([]);
  });

  it('comes back after 1, 3, 8, 22 and 54 days', async () => {
    const { ada, clock } = await stage();
    await miss(ada, 'advanced topic:queries', clock);
    for (const days of [1, 3, 8, 22]) {
      clock.jumpTo(clock.now() + (days - 1) * dayMs);
      expect((await ada.slash('/review start')).text).toContain('Nothing is due today');
      clock.jumpTo(clock.now() + dayMs);
      await answer(ada, await ada.slash('/review start'), true);
    }
    clock.jumpTo(clock.now() + 54 * dayMs);
    await answer(ada, await ada.slash('/review start'), true);
  });
});
