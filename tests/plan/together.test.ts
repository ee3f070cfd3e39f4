import type { Member, Reply } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { mockButton } from '../../src/next/buttons.js';
import { planCard } from '../../src/plan/cards.js';
import { planFor } from '../../src/plan/rules.js';
import { letterOf, restart, type Stage, stage } from '../helpers/stage.js';
import { inDays, input, subject } from './plans.js';

const dayMs = 24 * 60 * 60_000;
const labels = ({ buttons }: Pick<Reply, 'buttons'>): string[] => buttons.map(({ label }) => label);

/** Misses the advanced question on QuerySets, on a card of one's own. */
async function miss({ ada, clock }: Stage): Promise<void> {
  await clock.advance('5s');
  const card = await ada.slash('/question advanced topic:queries private:true');
  await ada.press(card, letterOf(card, false));
}

async function answer(member: Member, session: Reply, right: boolean): Promise<void> {
  await member.press(session, letterOf(session, right));
  await member.press(session, 'Sure');
}

describe('a plan with reviews', () => {
  it('begins the day with what is due, and starts it at a press', async () => {
    const scene = await stage();
    const { ada, clock } = scene;
    await miss(scene);
    await ada.slash('/plan set date:2026-04-03');
    clock.jumpTo(clock.now() + dayMs);
    const plan = await ada.slash('/plan show');
    expect(plan.text).toContain('1 question to review');
    expect(labels(plan)[0]).toBe('Review 1 due');
    expect(labels(await ada.slash('/stats'))[0]).toBe('Review 1 due');
    const review = await ada.press(plan.message, 'Review 1 due');
    expect([review.ephemeral, review.text]).toEqual([true, expect.stringContaining('question 1 of 1')]);
    await answer(ada, review, true);
    expect(labels(await ada.slash('/plan show'))[0]).not.toContain('Review');
    // The review took nothing of the day's own share.
    expect((await ada.slash('/plan show')).text).toMatch(/\*\*Today\*\*[\s\S]*- 1 on/);
  });

  it('lets no question rest beyond a fifth of the days that are left', async () => {
    const scene = await stage();
    const { ada, clock } = scene;
    await miss(scene);
    await ada.slash('/plan set date:2026-03-12');
    clock.jumpTo(clock.now() + dayMs);
    const review = await ada.slash('/review start');
    await answer(ada, review, true);
    // Without a plan, it would be three days: here, seven are left.
    expect(review.text).toContain('Comes back tomorrow');
  });

  it('goes on with the weakest spot when all of a drill is answered', async () => {
    const { ada, clock } = await stage();
    for (let time = 0; time < 3; time++) {
      await clock.advance('5s');
      const card = await ada.slash('/question any topic:queries private:true');
      await ada.press(card, letterOf(card, false));
    }
    const stats = await ada.slash('/stats');
    expect(labels(stats)).toEqual(['Drill this']);
    expect(stats.text).toContain('QuerySets and lookups');
    const drill = await ada.press(stats.message, 'Drill this');
    // Of ten that are wanted, the topic has three.
    expect(drill.text).toContain('Drill: QuerySets and lookups (basic)');
    for (let number = 1; number <= 3; number++) {
      expect(drill.text).toContain(`question ${number} of 3`);
      await answer(ada, drill, true);
      await ada.press(drill, 'Next');
    }
    expect(drill.text).toContain('3 of 3** right');
    expect(labels(drill)).toEqual(['Keep going']);
  });
});

it('a plan whose process was killed in the middle of its share goes on with what is left of it', async () => {
  const scene = await stage();
  const { ada } = scene;
  const plan = await ada.slash('/plan set date:2026-03-06 level:basic');
  const [first = ''] = labels(plan);
  const drill = await ada.press(plan.message, first);
  await answer(ada, drill, true);
  const before = await ada.slash('/plan show');
  await restart(scene);
  const after = await ada.slash('/plan show');
  expect(after.text).toBe(before.text);
  await ada.press(drill, 'Next');
});

const given = input({ subjects: [subject('models')], date: inDays(14), today: inDays(8) });
const view = {
  settings: given.settings,
  plan: planFor(given),
  due: 0,
  titleOf: (topic: string) => topic,
  shortOf: (topic: string) => topic,
  next: { kind: 'any', count: 10 } as const,
};
const id = mockButton().custom_id;

describe('a mock interview', () => {
  it('has its day in the plan, and a button where one can be held', () => {
    expect(view.plan.days[0]?.mock).toBe(2);
    const card = (mock: boolean): string =>
      JSON.stringify(planCard({ ...view, can: { review: false, mock } }));
    expect(card(true)).toContain(`"${id}"`);
    expect(card(false)).not.toContain(`"${id}"`);
    expect(card(false)).toContain('a mock interview of 2 questions');
  });
});

describe('a plan’s card', () => {
  it('fits a message, however much there is to say', () => {
    const subjects = Array.from({ length: 60 }, (_, index) => subject(`${'long-topic-'.repeat(4)}${index}`));
    for (const days of [1, 2, 5, 30, 300])
      for (const minutes of [5, 120]) {
        const over = input({ subjects, date: inDays(days), minutes, due: 20 });
        const card = JSON.stringify(
          planCard({
            ...view,
            settings: over.settings,
            plan: planFor(over),
            due: 20,
            can: { review: true, mock: true },
          }),
        );
        const texts = [...card.matchAll(/"content":"((?:[^"\\]|\\.)*)"/g)].map(([, one = '']) => one.length);
        expect(texts.reduce((sum, length) => sum + length, 0)).toBeLessThan(4_000);
        for (const [, label = ''] of card.matchAll(/"label":"([^"]*)"/g))
          expect(label.length).toBeLessThanOrEqual(80);
      }
  });
});
