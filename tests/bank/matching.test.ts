import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchedShare, names } from '../../src/bank/matching.js';

describe('a phrase', () => {
  test.each([
    ['count* quer*', 'I would count the queries.'],
    ['count* quer*', 'The queries have to be COUNTED first'],
    ['count*|measure* quer*', 'I measure every query'],
    ['index', 'It has two indexes'],
    ['query', 'many queries'],
    ['select_related', 'then `select_related()`'],
    ['select_related', 'a select related'],
    ['status-code', 'the status code'],
    ['n+1', 'That is an N+1 problem.'],
    ['manage.py', 'run ./manage.py now'],
    ["don't trust", 'We don’t trust it'],
    ['not trust*', 'It is not to be trusted'],
    ['transaction', 'not only a transaction, a lock too'],
    ['index', 'It is not slow, the index helps'],
    ['index', 'It never works without an index'],
    ['cache', 'I would not guess but cache'],
  ])('%j is in %j', (phrase, text) => {
    expect(names(text, phrase)).toBe(true);
  });

  test.each([
    ['count* quer*', 'I count. Then the queries are fast.'],
    ['index', 'reindexing'],
    ['select_related', 'related rows that I select'],
    ['cache', 'I would not cache'],
    ['cache first', 'I would never add a cache first'],
    ['cache', 'indexes instead of a cache'],
    ['cache', 'avoid a cache'],
    ['index', "It doesn't need an index"],
    ['test', ''],
    ['', 'anything'],
    ['`', 'anything'],
  ])('%j is not in %j', (phrase, text) => {
    expect(names(text, phrase)).toBe(false);
  });

  const word = fc.string({ unit: fc.constantFrom(...'abcxyz'), minLength: 2, maxLength: 6 });

  test('is found in any order of its words, and not when one is missing', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { minLength: 2, maxLength: 5 }),
        fc.infiniteStream(fc.nat()),
        (words, order) => {
          const shuffled = words
            .map((each) => ({ each, at: order.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at)
            .map(({ each }) => each.toUpperCase());
          const sentence = `Well, ${shuffled.join(' 0 ')}!`;
          expect(names(sentence, words.join(' '))).toBe(true);
          expect(names(sentence, `${words.join(' ')} missing`)).toBe(false);
          expect(names(`I would not 0 ${words[0]}`, words[0] ?? '')).toBe(false);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });

  test('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: fc.constantFrom(...'ab*|(+[\\-_. ') }),
        (text, phrase) => {
          expect(typeof names(text, phrase)).toBe('boolean');
        },
      ),
      { seed: 1, numRuns: 1_000 },
    );
  });
});

test('points count by their weights', () => {
  const points = [{ weight: 3 }, { weight: 1 }, { weight: 1 }];
  expect(matchedShare(points, [0])).toBe(0.6);
  expect(matchedShare(points, [1, 2])).toBe(0.4);
  expect(matchedShare(points, [])).toBe(0);
  expect(matchedShare([], [])).toBe(0);
});
