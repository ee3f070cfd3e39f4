import { expect, it } from 'vitest';
import type { Level } from '../../src/bank/question.js';
import { nextThing } from '../../src/next/rules.js';
import { newProfile, type Profile } from '../../src/profiles/profile.js';
import { weakestCell } from '../../src/profiles/tallies.js';
import { profileCard } from '../../src/stats/cards.js';
import type { OwnView } from '../../src/stats/view.js';
import { choice } from '../bank/questions.js';

const levels = { basic: 3, intermediate: 3, advanced: 3 };
const topics = ['strong', 'weak', 'new'].map((id) => ({ id, title: `About ${id}`, levels }));

type Answers = Record<string, Partial<Record<Level, [number, number]>>>;
const profileOf = (answers: Answers): Profile => ({
  ...newProfile,
  topics: Object.fromEntries(
    Object.entries(answers).map(([topic, of]) => [
      topic,
      Object.fromEntries(Object.entries(of).map(([level, [right, total]]) => [level, [right, total, 0, 0]])),
    ]),
  ),
  days: { current: 1, best: 1, total: 1, last: '2026-03-04' },
});

const cardOf = (answers: Answers, over: Partial<OwnView> | 'of another' = {}): string => {
  const profile = profileOf(answers);
  const next = nextThing({ due: 0, share: [], weakest: weakestCell(profile, topics) });
  const own = { topics, missed: [], sureness: [], next, pictures: {} };
  return JSON.stringify(
    profileCard({
      member: '1',
      profile,
      today: '2026-03-04',
      titleOf: (topic) => `About ${topic}`,
      shortOf: (topic) => `About ${topic}`,
      own: over === 'of another' ? undefined : { ...own, ...over },
    }),
  );
};

it.each([
  [
    'the level at which least is known of the weakest topic with enough answers',
    { strong: { basic: [5, 5] }, weak: { basic: [3, 4], advanced: [0, 2] } },
    'weak:advanced',
  ],
  ['anything where no topic is weak', { strong: { basic: [5, 5] } }, '*:*'],
  ['anything before there are enough answers', { weak: { basic: [0, 1] } }, '*:*'],
  ['what the bank still has, not what it had', { gone: { basic: [0, 9] } }, '*:*'],
] as const)('a profile offers to drill %s, ten questions of it', (_, answers, what) => {
  expect(cardOf(answers as unknown as Answers)).toContain(`"next:drill:${what}:10"`);
});

it('somebody else’s profile shows neither topics nor anything to start', () => {
  const card = cardOf({ weak: { basic: [0, 4] } }, 'of another');
  expect(card).not.toMatch(/next:|About weak|Readiness/);
});

it('calls a topic strong or weak after three answers: the weak are below 80 %, and no weak one is among the best', () => {
  const few = cardOf({ weak: { basic: [1, 1] }, strong: { basic: [0, 2] } });
  expect(few).toContain('Not enough answers to any topic yet');
  expect(few).toContain('asks more of one');
  expect(few).not.toMatch(/Best topics|Weakest topics/);

  const both = cardOf({ strong: { basic: [4, 5] }, weak: { basic: [3, 4] }, new: { basic: [1, 2] } });
  expect(both).toContain('**Best topics**\\nAbout strong · 80\u00a0% (4\u00a0of\u00a05)"');
  expect(both).toContain('**Weakest topics**\\nAbout weak · 75\u00a0% (3\u00a0of\u00a04)"');

  const allWrong = Array.from({ length: 7 }, (_, n) => [`t${n}`, { basic: [0, 3] }]);
  expect(cardOf(Object.fromEntries(allWrong))).not.toContain('Best topics');
  expect(cardOf({ strong: { basic: [5, 5] } })).toContain('No weak topic among those with enough answers');
});

it('says which right answers would raise readiness most', () => {
  expect(cardOf({ weak: { advanced: [0, 4] } })).toContain(
    'Right answers that raise it most: 3 more on About strong, advanced (+9\u00a0%)',
  );
  const nearly = { strong: { advanced: [9, 9] }, new: { advanced: [9, 9] } } as const;
  expect(cardOf(nearly as unknown as Answers)).toContain('most: 3 more on About weak, advanced');
});

it('begins with what helps most, and keeps the weakest spot beside it', () => {
  const due = nextThing({ due: 8, share: [{ topic: 'new', level: 'basic', count: 5 }] });
  const card = cardOf({ weak: { basic: [0, 4] } }, { next: due, due: 8 });
  expect(card.indexOf('Review 8 due')).toBeGreaterThan(0);
  expect(card.indexOf('Drill this')).toBeGreaterThan(card.indexOf('Review 8 due'));
  expect(card).toContain('"next:drill:weak:basic:10"');
  expect(card).toContain('**8 questions** due for review');
});

it('tells how long it is to the interview, what was sure and wrong, and what was missed', () => {
  const question = choice('q1', [true, false], { prompt: 'Which field is it?', topic: 'weak' });
  const card = cardOf(
    { weak: { basic: [0, 4] } },
    {
      planDate: '2026-03-18',
      sureness: [
        { topic: 'weak', sure: 9, wrong: 4 },
        { topic: 'strong', sure: 5, wrong: 0 },
      ],
      missed: [{ question, times: 3, right: 1 }],
      interviews: '2 mock interviews',
    },
  );
  for (const said of [
    '**14 days** to your interview',
    'About weak · 4 of 9 answers you were sure of',
    '- Which field is it?\\n-# About weak · wrong 2 of 3 times',
    '2 mock interviews',
  ])
    expect(card).toContain(said);
  expect(card).not.toContain('About strong · 0 of 5');
});

it('fits a message however much there is to say', () => {
  const many = Array.from({ length: 40 }, (_, index) => `${'long-topic-'.repeat(4)}${index}`);
  const answers = Object.fromEntries(many.map((topic) => [topic, { basic: [1, 4], advanced: [4, 4] }]));
  const missed = Array.from({ length: 3 }, (_, index) => ({
    question: choice(`q${index}`, [true, false], { prompt: 'Why? '.repeat(400) }),
    times: 30,
    right: 2,
  }));
  const sureness = many.map((topic) => ({ topic, sure: 90, wrong: 40 }));
  const card = cardOf(answers as unknown as Answers, { missed, sureness });
  const texts = [...card.matchAll(/"content":"((?:[^"\\]|\\.)*)"/g)].map(
    ([, content = '']) => content.length,
  );
  expect(texts.reduce((sum, length) => sum + length, 0)).toBeLessThan(4_000);
});
