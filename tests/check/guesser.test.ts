import { seeded } from 'local-discord';
import { describe, expect, test } from 'vitest';
import { featureNames, formFeatures } from '../../scripts/check/form-features.js';
import { guessAll, guessable, habits, mostByChance } from '../../scripts/check/guesser.js';
import { guessedTopics } from '../../scripts/check/guessing.js';
import { likeness, likenessByPlace } from '../../scripts/check/likeness.js';
import { learn, likelihoods } from '../../scripts/check/logistic.js';
import { leanings } from '../../scripts/check/spread.js';
import { question, topicOf } from './placed.js';

const random = seeded(7);
const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
const nouns = 'row cache lock form page model index token field query table view signal route'.split(' ');
const verbs = 'keeps reads drops finds sends holds makes moves joins takes'.split(' ');
const sentence = () => `The ${pick(nouns)} ${pick(verbs)} the ${pick(nouns)} of the ${pick(nouns)}`;

/** A single choice whose right option has, by this habit, another form than the wrong ones. */
function choice(at: number, habit: (right: string) => string) {
  const right = Math.floor(random() * 4);
  const options = Array.from({ length: 4 }, (_, place) =>
    place === right ? { right: habit(sentence()) } : { wrong: sentence() },
  );
  return question({ id: `q${at}`, prompt: `What does a ${pick(nouns)} do?`, options });
}

/** Three wrong options, each made by changing another word of the right one. */
function variants(at: number) {
  const words = sentence().split(' ');
  const changed = [1, 2, 4].map((place) => words.with(place, `x${words[place]}`).join(' '));
  const options = [{ right: words.join(' ') }, ...changed.map((wrong) => ({ wrong }))];
  const turned = Math.floor(random() * 4);
  return question({
    id: `q${at}`,
    prompt: `What does a ${pick(nouns)} do?`,
    options: [...options.slice(turned), ...options.slice(0, turned)],
  });
}

const bankOf = (habit: (right: string) => string) =>
  ['a', 'b', 'c', 'd', 'e'].flatMap((topic, part) =>
    topicOf(
      Array.from({ length: 24 }, (_, at) => choice(part * 24 + at, habit)),
      topic,
    ),
  );

describe('a guesser of form', () => {
  test('is right by chance where options are alike', () => {
    expect(guessedTopics(bankOf((right) => right))).toEqual([]);
  });

  test.each<[string, (right: string) => string]>([
    ['is longer', (right) => `${right}, and then the ${pick(nouns)} ${pick(verbs)} it`],
    ['hedges', (right) => right.replace('The', 'Often the')],
    ['offers an exception', (right) => `${right.slice(0, 20)} \`KeyError\``],
    ['is nothing but code', (right) => `\`${right}\``],
    ['begins otherwise', (right) => right.replace('The', 'A')],
  ])('finds out that the right option %s', (_, habit) => {
    const found = guessedTopics(bankOf(habit));
    expect(found.map(({ topic }) => topic)).toEqual(expect.arrayContaining(['a', 'b', 'c', 'd', 'e', 'all']));
    expect(found.at(-1)?.message).toMatch(
      /^a guesser that sees only form is right in \d+ of 120 single choices of all topics; chance allows 4\d$/,
    );
  });

  test('says what it goes by, and which questions it guessed', () => {
    const found = guessedTopics(bankOf((right) => `${right} \`KeyError\``)).at(-1);
    expect(found?.remedy).toMatch(/\+ offers an exception.*; first of all those of (?:q\d+, ){7}q\d+$/);
  });

  test('does not know the topic that it guesses', () => {
    const told = topicOf(
      Array.from({ length: 20 }, (_, at) => choice(at, (right) => `${right} \`KeyError\``)),
      'told',
    );
    const plain = topicOf(
      Array.from({ length: 60 }, (_, at) => choice(at, (right) => right)),
      'plain',
    );
    const choices = [...told, ...plain].flatMap(
      ({ topic, question: each }) => guessable(topic.content.topic, each) ?? [],
    );
    const [own] = guessAll(choices);
    expect(own?.hit).toBeLessThanOrEqual(own?.most ?? 0);
    expect(habits(choices)[0]?.name).toBe('offers an exception');
  });

  test('finds out that the wrong options are the right one with a word changed', () => {
    const all = ['a', 'b', 'c'].flatMap((topic) =>
      topicOf(
        Array.from({ length: 20 }, (_, at) => variants(at)),
        topic,
      ),
    );
    expect(guessedTopics(all).at(-1)?.remedy).toContain('+ most like the others');
  });
});

test('the option in the middle is most like the others', () => {
  const options = ['True 1', 'True 2', 'False 1', 'None'];
  const most = (values: readonly number[]) => options[values.indexOf(Math.max(...values))];
  expect([most(likeness(options)), most(likenessByPlace(options))]).toEqual(['True 1', 'True 1']);
  const [first, ...rest] = likenessByPlace(['1 1', '1 2', '2 1', '2 2']);
  expect(new Set(rest)).toEqual(new Set([first]));
  expect(likeness(['', ''])).toEqual([1, 1]);
});

test('each option has a number for each feature', () => {
  const features = formFeatures('Which is an', ['apple', 'pear, ripe', '`plum`']);
  expect(features.map(({ length }) => length)).toEqual(Array(3).fill(featureNames.length));
  expect(features.flat().every(Number.isFinite)).toBe(true);
});

test('the model learns which of two features tells the right one', () => {
  const choices = Array.from({ length: 40 }, (_, at) => ({
    features: [
      [1, at % 2],
      [0, (at + 1) % 2],
    ],
    right: 0,
  }));
  const [first = 0, second = 0] = learn(choices);
  expect(first).toBeGreaterThan(1);
  expect(Math.abs(second)).toBeLessThan(0.01);
  expect(likelihoods([[1], [1]], [5])).toEqual([0.5, 0.5]);
});

test.each([
  [Array(100).fill(0.25), 35],
  [Array(9).fill(0.25), 5],
  [Array(4).fill(0.5), 4],
  [[], 0],
])('chance exceeds its bound in one of a hundred cases at most', (chances, most) => {
  expect(mostByChance(chances)).toBe(most);
});

describe('leanings', () => {
  const offering = (rights: number, text: string) =>
    Array.from({ length: 40 }, (_, at) =>
      question({
        options: [
          at < rights ? { right: text } : { wrong: text },
          at < rights ? { wrong: 'b' } : { right: 'b' },
          { wrong: 'c' },
          { wrong: 'd' },
        ],
      }),
    );

  test.each(['It works', 'Nothing happens', 'It raises `KeyError`', 'It is always so'])(
    '"%s" is right about as often as it is offered',
    (text) => {
      expect(leanings(offering(10, text))).toEqual([]);
      expect(leanings(offering(1, text))).toHaveLength(1);
      expect(leanings(offering(30, text))[0]?.message).toMatch(
        /is right in 30 of 40; chance allows 4 to 17$/,
      );
    },
  );

  const multiple = (rights: number) =>
    question({
      kind: 'multiple-choice',
      options: ['a', 'b', 'c', 'd'].map((text, at) => (at < rights ? { right: text } : { wrong: text })),
    });

  test('one and all options are right in some multiple choices', () => {
    const usual = Array.from({ length: 20 }, () => multiple(2));
    expect(leanings(usual).map(({ message }) => message)).toEqual([
      'one option is right in 0 of 20 multiple choices, at least 2 should be so',
      'all options are right in 0 of 20 multiple choices, at least 2 should be so',
    ]);
    expect(leanings([...usual.slice(4), ...[1, 1, 4, 4].map(multiple)])).toEqual([]);
  });

  test('true and false are in balance', () => {
    const myths = (right: number) =>
      Array.from({ length: 20 }, (_, at) => question({ kind: 'true-false', answer: at < right }));
    expect(leanings(myths(10))).toEqual([]);
    expect(leanings(myths(11))).toEqual([]);
    expect(leanings(myths(12))).toHaveLength(1);
  });
});
