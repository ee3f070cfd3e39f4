import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grade } from '../../src/bank/grade.js';
import { normalise } from '../../src/bank/normalise.js';
import { choice, open, ordering, short } from './questions.js';

describe('choices', () => {
  test.each([
    [[true, false, false], [0], true],
    [[true, false, false], [1], false],
    [[true, false, false], [0, 1], false],
    [[true, false, false], [], false],
    [[true, false, true], [2, 0], true],
    [[true, false, true], [0, 0, 2], true],
    [[true, false, true], [0], false],
    [[true, false, true], [0, 1, 2], false],
    [[true, false], [0, 5], false],
  ])('of %j, picking %j is right: %s', (rights, picks, right) => {
    expect(grade(choice('q', rights), { picks })).toEqual({ right });
  });

  test('no set of picks but the right one is right', () => {
    const rights = fc.array(fc.boolean(), { minLength: 2, maxLength: 6 });
    const picks = fc.uniqueArray(fc.nat(5), { maxLength: 6 });
    fc.assert(
      fc.property(rights, picks, (list, chosen) => {
        const wanted = list.flatMap((right, index) => (right ? [index] : []));
        const same = JSON.stringify(wanted) === JSON.stringify([...chosen].sort());
        expect(grade(choice('q', list), { picks: chosen }).right).toBe(same);
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test('words are no answer to options, nor picks to a question for words', () => {
    expect(grade(choice('q', [true, false]), { text: 'option 0' })).toEqual({ right: false });
    expect(grade(short('0'), { picks: [0] })).toEqual({ right: false });
  });
});

test.each([
  [[0, 1, 2], true],
  [[0, 2, 1], false],
  [[0, 1], false],
  [[], false],
  [[0, 1, 2, 3], false],
])('three steps given as %j are in the right order: %s', (picks, right) => {
  expect(grade(ordering(['a', 'b', 'c']), { picks })).toEqual({ right });
});

describe('short answers', () => {
  test.each([
    ['makemigrations', 'MakeMigrations'],
    ['makemigrations', '  makemigrations. '],
    ['makemigrations', '`makemigrations`'],
    ['makemigrations', '"makemigrations".'],
    ['makemigrations', '“makemigrations”'],
    ['manage.py migrate', 'manage.py   migrate'],
    ['manage.py migrate', 'manage.py\nmigrate'],
    ['select_related()', 'select_related'],
    ['select_related', '`select_related()`'],
    ['[1, 2]', '[1,2]'],
    ["['a', 'b']", '["a","b"]'],
    ['a = 1', 'a=1'],
    ['HTTP 403', 'http 403!'],
    ['ｆｕｌｌ', 'full'],
    ['!=', '!='],
    ['?', '?'],
  ])('%s is answered by %s', (accepted, given) => {
    expect(grade(short('other', accepted), { text: given })).toEqual({ right: true });
  });

  test.each([
    ['2', '2.0'],
    ['2', 'two'],
    ['[1, 2]', '1, 2'],
    ["['2']", '[2]'],
    ['select_related', 'selectrelated'],
    ['select_related', 'prefetch_related'],
    ['manage.py migrate', 'managepy migrate'],
    ['migrate', 'makemigrations'],
    ['migrate', ''],
    ['migrate', ' . '],
    ['-1', '1'],
  ])('%s is not answered by %s', (accepted, given) => {
    expect(grade(short(accepted), { text: given })).toEqual({ right: false });
  });

  test('what was normalised stays as it is, and only blank text becomes nothing', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'ab \'"`().,!_ ') })),
        (text) => {
          const once = normalise(text);
          expect(normalise(once)).toBe(once);
          expect(once === '').toBe(/^[\s`]*$/u.test(text.normalize('NFKC')));
        },
      ),
      { seed: 1, numRuns: 2_000 },
    );
  });
});

test('an open answer is told by the points it names and the red flags it raises', () => {
  const question = open(
    [['n+1', 'query-per-row'], ['select_related|join*'], ['index*']],
    ['cache first', 'raw sql'],
  );
  const found = (text: string) => grade(question, { text });
  expect(found('I look for N+1 and use `select_related()`.')).toEqual({
    right: undefined,
    matched: [0, 1],
    flags: [],
  });
  expect(found('First a cache, with raw SQL. It needs an index.')).toMatchObject({
    matched: [2],
    flags: [0, 1],
  });
  expect(found('')).toMatchObject({ matched: [], flags: [] });
});
