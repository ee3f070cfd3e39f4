import { describe, expect, test } from 'vitest';
import { rubricBounds, weakRubrics } from '../../scripts/check/rubrics.js';
import { sentencesOf } from '../../scripts/check/sentences.js';
import { unproven, unprovenStatements } from '../../scripts/check/unproven.js';
import { question, said, topicOf } from './placed.js';

test.each([
  ['One. Two! Three? Four: five; six', ['One.', 'Two!', 'Three?', 'Four:', 'five;', 'six']],
  ['Use `a.b. c` in 5.2 e.g.here. `x` too', ['Use `a.b. c` in 5.2 e.g.here.', '`x` too']],
  ['', []],
])('%j has the sentences %j', (text, sentences) => {
  expect(sentencesOf(text)).toEqual(sentences);
});

describe('statements', () => {
  const reasons = (explanation: string, more: object = {}): string[] =>
    unprovenStatements(question({ explanation, ...more })).map(({ reason }) => reason);

  test.each([
    ['`filter(pk=1)` is lazy.', ['code']],
    ['It reads 50 rows.', ['number']],
    ['It never asks twice.', ['absolute']],
    ['It runs only once.', ['absolute']],
    ['Nothing is read.', ['absolute']],
    ['`filter()` is lazy.', []],
    ['It is so in Django 6.1 and since 5.2.', []],
    ['It is a 404, by RFC 9110, since 2019.', []],
    ['It is lazy.', []],
  ])('"%s" has to be proven: %j', (explanation, expected) => {
    expect(reasons(explanation)).toEqual(expected);
  });

  test('are proven by a claim that quotes them, as a whole or in part', () => {
    const claims = [{ says: 'never asks', code: 'f()', prints: '1' }];
    expect(reasons('It never asks twice. It is always so.', { claims })).toEqual(['absolute']);
    expect(reasons('It reads; it never asks.', { claims: [{ says: 'It reads; it never asks.' }] })).toEqual(
      [],
    );
  });

  test('are proven where what is run has their calls and their numbers', () => {
    const verify = { code: 'print(len(rows.filter(pk=1)))', prints: '50' };
    expect(reasons('`filter(pk=2)` reads 50 rows and nothing more.', { verify })).toEqual([]);
    expect(reasons('`exclude(pk=2)` reads 51 rows.', { verify })).toEqual(['code']);
    expect(reasons('The other reads 51 rows. It never asks.', { verify })).toEqual(['number', 'absolute']);
  });

  test('stand in whys too, and a number that is on show is no claim', () => {
    const options = [{ right: 'One' }, { wrong: 'Two', why: 'There are 20.' }];
    expect(unprovenStatements(question({ options })).map(({ path }) => path)).toEqual([
      ['options', 1, 'why'],
    ]);
    expect(unprovenStatements(question({ options, prompt: 'With 20 rows?' }))).toEqual([]);
  });

  test('are named with what makes them one', () => {
    expect(said(unproven(topicOf([question({ explanation: 'It never asks.' })])))).toEqual([
      'explanation: `first` says without a proof (always, never, only, nothing): "It never asks."',
    ]);
  });
});

describe('a rubric', () => {
  const rubric = (part: object = {}) =>
    topicOf([
      question({
        kind: 'open',
        prompt: 'The list is slow. What do you do?',
        keyPoints: [
          { point: 'Counts queries', weight: 2, phrases: ['count*|measure* quer*'] },
          { point: 'Joins', weight: 2, phrases: ['select_related|prefetch_related'] },
          { point: 'Index', phrases: ['index*'] },
        ],
        redFlags: [{ flag: 'Caches first', phrases: ['cache* first'] }],
        modelAnswer: 'So.',
        samples: {
          good: 'I count the queries, then use select_related.',
          bad: ['I would add a cache first.', 'It depends on the index.'],
        },
        ...part,
      }),
    ]);

  test('tells a good answer from bad ones', () => {
    expect(weakRubrics(rubric())).toEqual([]);
    expect(rubricBounds).toEqual({ good: 0.8, bad: 0.3, own: 0.1 });
  });

  const samples = { good: 'I count the queries, then use select_related.', bad: ['A cache first.', 'No.'] };
  test.each([
    ['has samples', { samples: undefined }, 'keyPoints: `first`: the key points are tried on nothing'],
    [
      'finds most of a good answer',
      { samples: { ...samples, good: 'I count the queries.' } },
      'samples.good: `first`: the good answer names 40 % of the points, at least 80 % must be; not: Joins; Index',
    ],
    [
      'finds little of a bad one',
      { samples: { ...samples, bad: ['A cache first, then count queries.', 'No.'] } },
      'samples.bad.0: `first`: bad answer 1 names 40 % of the points, at most 30 % may be: Counts queries',
    ],
    [
      'finds nothing in its own prompt',
      { prompt: 'Is an index slow?' },
      "prompt: `first`: the question's own text names 20 % of the points: Index",
    ],
    [
      'has red flags that a bad answer raises',
      { samples: { ...samples, bad: ['Yes.', 'No.'] } },
      'redFlags: `first`: no bad answer raises a red flag',
    ],
    [
      'has red flags that the good answer does not raise',
      { samples: { ...samples, good: `${samples.good} A cache comes first.` } },
      'redFlags: `first`: the good answer raises the red flag "Caches first"',
    ],
  ])('%s', (_, part, message) => {
    expect(said(weakRubrics(rubric(part)))).toEqual([message]);
  });
});
