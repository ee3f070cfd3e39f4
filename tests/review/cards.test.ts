import { describe, expect, it } from 'vitest';
import { ask, rightPicks } from '../../src/asking/asked.js';
import type { Answer, Question } from '../../src/bank/question.js';
import type { Outgoing } from '../../src/discord/outgoing.js';
import { answeredCard, askingCard } from '../../src/session/cards.js';
import type { Session } from '../../src/session/records.js';
import { summaryCard } from '../../src/session/summary.js';
import { check, textOf } from '../daily/world.js';
import { bankIn, shippedQuestions } from '../helpers/banks.js';
import { same } from '../helpers/same.js';

const session: Session = {
  id: '1478723685580800001',
  kind: 'review',
  title: 'What you missed in the quiz',
  startedAt: 0,
  ids: Array.from({ length: 50 }, (_, index) => `q${index}`),
  most: 50,
  at: 48,
  askedAt: 0,
  done: Array.from({ length: 48 }, (_, index) => ({ question: `q${index}`, right: false, sure: 'sure' })),
  passed: ['open', 'open', 'changed'],
};

/** The longest that can be shown: wrong in everything that says why. */
function wrongAnswer(question: Question): Answer {
  if ('options' in question) {
    const wrong = question.options.flatMap(({ right }, index) => (right ? [] : [index]));
    return { picks: question.kind === 'multiple-choice' ? wrong : wrong.slice(0, 1) };
  }
  if (question.kind === 'ordering') return { picks: [...rightPicks(question)].reverse() };
  return { text: 'x'.repeat(100) };
}

describe('every question of the shipped bank fits a session’s message', () => {
  it('asked, half chosen and answered', async () => {
    const bank = await bankIn(shippedQuestions);
    let longest: { readonly length: number; readonly card: Outgoing } | undefined;
    for (const question of bank.all) {
      if (question.kind === 'open') continue;
      const asked = ask(question, () => 0.3);
      const view = { session: { ...session, asked }, question, asked, topicTitle: 'T'.repeat(60) };
      const answer = wrongAnswer(question);
      const given = { answer, right: false, sure: 'sure' as const };
      const done = [...session.done, { question: question.id, right: false, sure: 'sure' as const }];
      const answered = { ...view, session: { ...view.session, given, done } };
      const all = asked.order.map((_, shown) => shown);
      for (const card of [askingCard(view), askingCard(view, all), answeredCard(answered, 365)]) {
        const { length } = textOf(card);
        same(length <= 4_000, true, `${question.id}: ${length}`);
        if (length > (longest?.length ?? 0)) longest = { length, card };
      }
    }
    // Discord's own rules, of the longest.
    expect(longest?.length).toBeGreaterThan(1_500);
    if (longest) check(longest.card);
  });

  it('and so does what fifty of them came to', async () => {
    const bank = await bankIn(shippedQuestions);
    const done = bank.all
      .slice(0, 50)
      .map(({ id }) => ({ question: id, right: false, sure: 'sure' as const }));
    const back = new Map(done.map(({ question }, index) => [question, index]));
    const card = summaryCard({ ...session, done, ended: 'done' }, bank, back);
    check(card);
    expect(textOf(card).length).toBeLessThanOrEqual(4_000);
  });
});
