import { describe, expect, test } from 'vitest';
import { chiSquareBound, imbalances } from '../../scripts/check/balance.js';
import type { WrittenQuestion } from '../../src/bank/schema.js';

/** Only what is looked at. */
const choice = (right: number, texts: readonly string[]): WrittenQuestion =>
  ({
    kind: 'single-choice',
    options: texts.map((text, index) => (index === right ? { right: text } : { wrong: text })),
  }) as object as WrittenQuestion;
const myth = (answer: boolean): WrittenQuestion =>
  ({ kind: 'true-false', answer }) as object as WrittenQuestion;
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

const alike = ['same', 'size', 'each', 'time'];

test.each([
  [1, 6.635],
  [3, 11.345],
  [5, 15.086],
])('the bound for %i degrees of freedom is that of the tables, %f', (degrees, table) => {
  expect(Math.abs(chiSquareBound(degrees) - table)).toBeLessThan(0.1);
});

describe('the place of the right option', () => {
  test('may be any, evenly', () => {
    expect(imbalances(many(80, (index) => choice(index % 4, alike)))).toEqual([]);
  });

  test('may not be mostly the first', () => {
    const questions = many(80, (index) => choice(index < 40 ? 0 : index % 4, alike));
    expect(imbalances(questions)).toEqual([
      {
        message:
          'the right one of 4 options is the first, second … 50, 10, 10, 10 times (chi-square 60.0, at most 11.4)',
        remedy: 'move right options to the places that are rare',
      },
    ]);
  });

  test('is not judged from a few', () => {
    expect(imbalances(many(10, () => choice(0, alike)))).toEqual([]);
  });
});

describe('the length of the right option', () => {
  test.each([
    ['longest', 'much longer'],
    ['shortest', 'x'],
  ])('may not be the %s more often than by chance', (word, text) => {
    const standing = (share: number): WrittenQuestion[] =>
      many(100, (index) => {
        const right = index % 4;
        return choice(right, index < share ? alike.map((each, at) => (at === right ? text : each)) : alike);
      });
    expect(imbalances(standing(25))).toEqual([]);
    expect(imbalances(standing(50))).toEqual([
      expect.objectContaining({
        message: `the right option is the ${word} in 50 of 100 single choices; chance allows 35`,
      }),
    ]);
  });
});

test.each([true, false])('not nearly all statements are %s', (answer) => {
  expect(imbalances(many(30, (index) => myth(index % 2 === 0)))).toEqual([]);
  expect(imbalances(many(30, (index) => myth(index < 26 ? answer : !answer)))).toHaveLength(1);
});
