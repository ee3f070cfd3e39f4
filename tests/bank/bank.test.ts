import { describe, expect, test, vi } from 'vitest';
import { Bank } from '../../src/bank/bank.js';
import { choice, manyQuestions, open, ordering, topic } from './questions.js';

const bank = new Bank(
  [
    topic('queries', 'QuerySets and lookups'),
    topic('query-performance', 'N+1, joins, prefetching'),
    topic('drf-views', 'DRF: requests and views', 'd'.repeat(100)),
    topic('forms', 'Forms and validation'),
  ],
  [
    choice('a', [true, false]),
    choice('b', [true, true], { kind: 'multiple-choice', level: 'advanced' }),
    { ...ordering(['x', 'y', 'z']), topic: 'forms' },
    { ...open([['x'], ['y']]), topic: 'forms', level: 'advanced' },
  ],
);
const ids = (questions: readonly { id: string }[]): string[] => questions.map(({ id }) => id);

describe('a pool', () => {
  test.each([
    [{}, ['a', 'b', 'o', 'open']],
    [{ level: 'advanced' }, ['b', 'open']],
    [{ topic: 'forms' }, ['o', 'open']],
    [{ topic: 'forms', level: 'basic' }, ['o']],
    [{ kinds: ['open', 'multiple-choice'] }, ['b', 'open']],
    [{ topic: 'queries', kinds: ['open'] }, []],
    [{ kinds: [] }, []],
    [{ topic: 'nowhere' }, []],
  ] as const)('for %j has %j', (filter, expected) => {
    expect(ids(bank.pool(filter))).toEqual(expected);
    expect(ids([...bank.positions(filter)].flatMap((at) => bank.all[at] ?? []))).toEqual(expected);
  });

  test('has no long forms for those who have no time to read them', () => {
    const long = choice('long', [true, false], { form: 'review' });
    const both = new Bank([topic('queries')], [long, choice('plain', [true, false])]);
    expect(ids(both.pool({ short: true }))).toEqual(['plain']);
    expect(ids(both.pool({}))).toEqual(['long', 'plain']);
  });

  test('is made once for each filter, in whatever order the kinds are named', () => {
    const pool = bank.pool({ kinds: ['open', 'multiple-choice'] });
    expect(bank.pool({ kinds: ['multiple-choice', 'open', 'open'], level: undefined })).toBe(pool);
  });
});

test('questions are found by id, topics with the number of their questions', () => {
  expect(bank.get('b')?.level).toBe('advanced');
  expect(bank.get('none')).toBeUndefined();
  expect(bank.topic('forms')).toMatchObject({
    questions: 2,
    levels: { basic: 1, intermediate: 0, advanced: 1 },
    kinds: { open: 1, ordering: 1, 'single-choice': 0 },
  });
  expect(bank.topics.map(({ questions }) => questions)).toEqual([2, 0, 0, 2]);
});

describe('topics for what somebody types', () => {
  test.each([
    ['que', ['queries', 'query-performance', 'drf-views']],
    ['QUERYS', ['queries']],
    ['look', ['queries']],
    ['req', ['drf-views']],
    ['n+1', ['query-performance']],
    ['view', ['drf-views']],
    ['orm', ['query-performance', 'forms']],
    ['zzz', []],
  ])('%j suggests %j', (typed, expected) => {
    expect(bank.suggestTopics(typed).map(({ value }) => value)).toEqual(expected);
  });

  test('nothing typed suggests all, and no more than Discord takes', () => {
    expect(bank.suggestTopics(' ')).toHaveLength(4);
    expect(manyQuestions(80, 40).suggestTopics('')).toHaveLength(25);
    expect(manyQuestions(80, 40).suggestTopics('t')).toHaveLength(25);
  });

  test('those that start so come before those that contain it', () => {
    const topics = new Bank([topic('drf-auth', 'DRF: permissions'), topic('auth', 'Sessions')], []);
    expect(topics.suggestTopics('auth').map(({ value }) => value)).toEqual(['auth', 'drf-auth']);
  });

  test('names are title and description, cut to 100 characters', () => {
    const [views] = bank.suggestTopics('drf');
    expect(views?.name).toMatch(/^DRF: requests and views: d+…$/);
    expect(views?.name).toHaveLength(100);
  });

  test.each([
    ['querys', ['queries']],
    ['quereis', ['queries']],
    ['form', ['forms', 'query-performance']],
    ['', []],
    ['kubernetes', []],
  ])('a topic that is not there, %j, is close to %j', (typed, expected) => {
    expect(ids(bank.closestTopics(typed))).toEqual(expected);
  });

  test('the longest that Discord takes is not compared letter by letter', () => {
    const steps = vi.spyOn(Math, 'min');
    expect(ids(bank.closestTopics('quereis'))).toEqual(['queries']);
    expect(steps).toHaveBeenCalled();
    steps.mockClear();
    expect(ids(bank.closestTopics('query '.repeat(1_000)))).toEqual([]);
    expect(steps).not.toHaveBeenCalled();
  });
});
