import { describe, expect, test } from 'vitest';
import { difficulty, enoughFirsts } from '../../src/asked/difficulty.js';
import { hasMissed } from '../../src/asked/history.js';
import { type AnswerOutcome, type Occasion, Outcomes } from '../../src/asked/outcomes.js';
import { AskedIndex } from '../../src/asked/service.js';
import { Profiles } from '../../src/profiles/service.js';
import { Memory } from '../../src/store/held.js';
import type { Store } from '../../src/store/store.js';
import { tempStore } from '../helpers/store.js';

const scope = '900000000000000001';
const ada = '100000000000000001';
const ben = '100000000000000002';

const occasion = (changes: Partial<Occasion> = {}): Occasion => ({
  id: 'quiz:1:1',
  where: 'quiz',
  question: 'lazy-queryset',
  rev: 'r1',
  topic: 'queries',
  level: 'basic',
  at: 1_000,
  ...changes,
});

const outcome = (changes: Partial<AnswerOutcome> = {}): AnswerOutcome => ({
  member: ada,
  right: true,
  at: 2_000,
  day: '2026-03-27',
  ...changes,
});

/** The index on a store with nothing in memory. */
function open(store: Store) {
  const memory = new Memory(store);
  const asked = new AskedIndex(memory);
  const profiles = new Profiles(memory);
  const outcomes = new Outcomes(profiles, [asked]);
  const take = (changes: Partial<Occasion>, ...taken: Partial<AnswerOutcome>[]): Promise<void> =>
    memory.use((change) => outcomes.take(change, scope, occasion(changes), taken.map(outcome)));
  return { asked, profiles, take };
}

const question = { id: 'lazy-queryset', topic: 'queries', level: 'basic' } as const;

async function occasionsOf(asked: AskedIndex): Promise<unknown[]> {
  const rows = [];
  for await (const row of asked.occasions(scope)) rows.push(row);
  return rows;
}

describe('the index of what was asked', () => {
  test('has every asking, newest first, and what each member met, after a restart too', async () => {
    const temp = await tempStore();
    const { take } = open(temp.store);
    await take({}, { right: false }, { member: ben });
    await take({ id: 'card:9', where: 'question', question: 'slices' }, { at: 3_000 });
    const { asked, profiles } = open(await temp.reopen());

    expect(await occasionsOf(asked)).toMatchObject([
      { id: 'card:9', where: 'question', question: 'slices', answered: 1, right: 1 },
      { id: 'quiz:1:1', where: 'quiz', question: 'lazy-queryset', rev: 'r1', answered: 2, right: 1 },
    ]);
    const met = await asked.history(scope, ada);
    expect([...met.keys()].sort()).toEqual(['lazy-queryset', 'slices']);
    expect(met.get('lazy-queryset')).toEqual({
      rev: 'r1',
      times: 1,
      right: 0,
      lastRight: false,
      lastAt: 2_000,
    });
    expect((await asked.history(scope, ben)).size).toBe(1);
    expect((await profiles.get(scope, ada)).topics.queries?.basic).toEqual([1, 2, 0, 0]);
  });

  test('an answer that is told of late does not become the last one', async () => {
    const { take, asked } = open((await tempStore()).store);
    await take({}, { at: 5_000 });
    await take({ id: 'quiz:0:1' }, { at: 4_000, right: false });
    const met = (await asked.history(scope, ada)).get('lazy-queryset');
    expect(met).toMatchObject({ times: 2, right: 1, lastRight: true, lastAt: 5_000 });
    expect(met && hasMissed(met)).toBe(true);
  });

  test('a question whose answer changed is met anew', async () => {
    const { take, asked } = open((await tempStore()).store);
    await take({}, { right: false });
    await take({ id: 'quiz:2:1', rev: 'r2' }, { at: 3_000 });
    const met = (await asked.history(scope, ada)).get('lazy-queryset');
    expect(met).toMatchObject({ rev: 'r2', times: 1, right: 1 });
    expect(met && hasMissed(met)).toBe(false);
  });

  test('an asking that nobody answered is one all the same', async () => {
    const { take, asked } = open((await tempStore()).store);
    await take({});
    expect(await occasionsOf(asked)).toMatchObject([{ answered: 0, right: 0 }]);
  });

  test('only the first answer of each member makes a question hard', async () => {
    const { take, asked } = open((await tempStore()).store);
    for (let index = 0; index < enoughFirsts; index++) {
      await take({ id: `quiz:${index}:1` }, { member: `2${index}`, right: false });
      await take({ id: `quiz:${index}:2` }, { member: `2${index}`, right: true, at: 9_000 });
    }
    expect(await asked.difficulty(scope, question)).toBeCloseTo(Math.log(31 / 1));
    expect(await asked.difficulty('900000000000000002', question)).toBe(
      difficulty({ first: 0, right: 0 }, 'basic'),
    );
  });

  test('a member who is forgotten is in it no more, and others are', async () => {
    const temp = await tempStore();
    const { take, asked } = open(temp.store);
    await take({}, {}, { member: ben, right: false });
    await asked.forgetMember(scope, ada);
    expect((await asked.history(scope, ada)).size).toBe(0);
    expect(await asked.exportMember(scope, ada)).toBeUndefined();
    expect(await asked.exportMember(scope, ben)).toMatchObject({
      questions: { 'lazy-queryset': { times: 1 } },
    });
    await asked.forgetScope(scope);
    expect((await asked.history(scope, ben)).size).toBe(0);
    expect(await occasionsOf(asked)).toEqual([]);
  });
});

describe('difficulty', () => {
  test.each([
    { first: 29, right: 0, level: 'basic', expected: Math.log(0.25 / 0.75) },
    { first: 30, right: 15, level: 'basic', expected: 0 },
    { first: 30, right: 30, level: 'advanced', expected: Math.log(1 / 31) },
    { first: 30, right: 0, level: 'basic', expected: Math.log(31) },
  ] as const)(
    'of $right right in $first first answers at $level is $expected',
    ({ expected, level, ...firsts }) => {
      expect(difficulty(firsts, level)).toBeCloseTo(expected);
    },
  );
});
