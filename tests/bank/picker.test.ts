import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Bank } from '../../src/bank/bank.js';
import { Picker } from '../../src/bank/picker.js';
import type { Filter } from '../../src/bank/question.js';
import { Batch, type Store } from '../../src/store/store.js';
import { tempStore } from '../helpers/store.js';
import { choice, manyQuestions, topic } from './questions.js';
import { seeded } from './random.js';

/** Picks and commits; the ids of what was picked. */
async function ask(
  picker: Picker,
  store: Store,
  scope: string,
  filter: Filter,
  count = 1,
): Promise<string[]> {
  const { questions, stage } = await picker.pickMany(scope, filter, count, seeded(count));
  const batch = new Batch();
  stage(batch);
  await store.commit(batch);
  return questions.map(({ id }) => id);
}

const sorted = (ids: readonly string[]): string[] => [...ids].sort();
const idsOf = (bank: Bank, filter: Filter = {}): string[] => bank.pool(filter).map(({ id }) => id);

describe('a scope', () => {
  test('is asked everything once before anything twice, whatever the filters', async () => {
    const { store } = await tempStore();
    const bank = manyQuestions(12, 2);
    const filters: Filter[] = [{}, { topic: 't0' }, { level: 'basic' }, { topic: 't1', level: 'advanced' }];
    let scope = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(3), { maxLength: 40 }), async (order) => {
        const picker = new Picker({ bank, store });
        const asked: string[] = [];
        scope += 1;
        for (const turn of order) {
          const filter = filters[turn] ?? {};
          const [id = ''] = await ask(picker, store, `s${scope}`, filter);
          const pool = idsOf(bank, filter);
          const fresh = pool.filter((each) => !asked.includes(each));
          const longestAgo = [...pool].sort((a, b) => asked.lastIndexOf(a) - asked.lastIndexOf(b));
          expect(fresh.length > 0 ? fresh : longestAgo.slice(0, 1)).toContain(id);
          asked.push(id);
        }
      }),
      { seed: 1, numRuns: 25 },
    );
  });

  test('remembers over a restart what it was asked, and in which order', async () => {
    const temp = await tempStore();
    const bank = manyQuestions(40);
    const first = await ask(new Picker({ bank, store: temp.store }), temp.store, '1', {}, 30);
    const picker = new Picker({ bank, store: await temp.reopen() });
    const second = await ask(picker, temp.store, '1', {}, 10);
    expect(sorted([...first, ...second])).toEqual(sorted(idsOf(bank)));
    const third = await ask(picker, temp.store, '1', {}, 40);
    expect(third).toEqual([...first, ...second]);
  });

  test('knows nothing of what another was asked', async () => {
    const { store } = await tempStore();
    const bank = manyQuestions(3);
    const picker = new Picker({ bank, store });
    await ask(picker, store, '1', {}, 3);
    const [only] = await ask(picker, store, '2', { topic: 't1' });
    expect(only).toBe('q1');
    expect(sorted(await ask(picker, store, '2', {}, 2))).toEqual(['q0', 'q2']);
  });

  test('gives two picks of the same moment different questions, also when it was not in memory', async () => {
    const { store } = await tempStore();
    const bank = manyQuestions(20);
    const picker = new Picker({ bank, store });
    const picks = await Promise.all(bank.all.map(() => picker.pick('1', {}, seeded(1))));
    expect(sorted(picks.map((pick) => pick?.question.id ?? ''))).toEqual(sorted(idsOf(bank)));
  });

  test('gives as many distinct questions as there are, and nothing where none fits', async () => {
    const { store } = await tempStore();
    const picker = new Picker({ bank: manyQuestions(6, 2), store });
    const { questions } = await picker.pickMany('1', { topic: 't0' }, 30, seeded(1));
    expect(sorted(questions.map(({ id }) => id))).toEqual(['q0', 'q2', 'q4']);
    expect(await picker.pick('1', { topic: 'none' }, seeded(1))).toBeUndefined();
    expect(await picker.pick('1', { kinds: ['open'] }, seeded(1))).toBeUndefined();
  });

  test('forgets questions that left the bank, and asks new ones first', async () => {
    const { store } = await tempStore();
    const bankOf = (...ids: string[]): Bank =>
      new Bank(
        [topic('queries')],
        ids.map((id) => choice(id, [true, false])),
      );
    const old = new Picker({ bank: bankOf('a', 'b', 'c'), store });
    await ask(old, store, '1', {}, 3);
    const changed = new Picker({ bank: bankOf('c', 'new', 'b'), store });
    expect(await ask(changed, store, '1', {})).toEqual(['new']);
    expect(sorted(await ask(changed, store, '1', {}, 2))).toEqual(['b', 'c']);
    const back = new Picker({ bank: bankOf('a', 'new'), store });
    expect(await ask(back, store, '1', {}, 1)).toHaveLength(1);
  });

  test('that was idle is dropped from memory and read again', async () => {
    const { store } = await tempStore();
    const bank = manyQuestions(10);
    const picker = new Picker({ bank, store, mostScopes: 2 });
    const scopes = ['1', '2', '3', '4'];
    const asked = new Map<string, string[]>(scopes.map((scope) => [scope, []]));
    for (let round = 0; round < 10; round++) {
      for (const scope of scopes) asked.get(scope)?.push(...(await ask(picker, store, scope, {})));
    }
    for (const ids of asked.values()) expect(sorted(ids)).toEqual(sorted(idsOf(bank)));
  });

  test('that was dropped while a pick was not yet stored repeats nothing', async () => {
    const { store } = await tempStore();
    const bank = manyQuestions(2);
    const picker = new Picker({ bank, store, mostScopes: 1 });
    const first = await picker.pick('1', {}, seeded(1));
    await ask(picker, store, '2', {});
    const second = await picker.pick('1', {}, seeded(1));
    expect(second?.question.id).not.toBe(first?.question.id);
    first?.stage(new Batch());
  });

  test('that is removed starts anew', async () => {
    const temp = await tempStore();
    const bank = manyQuestions(4);
    const picker = new Picker({ bank, store: temp.store });
    const first = await ask(picker, temp.store, '1', {}, 4);
    const batch = new Batch();
    picker.remove(batch, '1');
    await temp.store.commit(batch);
    const afresh = await picker.pickMany('1', {}, 4, seeded(9));
    expect(afresh.questions.map(({ id }) => id)).not.toEqual(first);
    const reopened = new Picker({ bank, store: await temp.reopen() });
    expect((await reopened.pickMany('1', {}, 4, seeded(9))).questions).toEqual(afresh.questions);
  });
});

describe('when the store took back what was written', () => {
  /** A real store whose listeners can be told of a rollback. */
  function withRollback(store: Store): { store: Store; rollBack: () => void } {
    const listeners: (() => void)[] = [];
    const onRollback = (listener: () => void): (() => void) => {
      listeners.push(listener);
      return store.onRollback(listener);
    };
    const facade: Store = {
      get: (type, id) => store.get(type, id),
      getMany: (type, ids) => store.getMany(type, ids),
      commit: (batch) => store.commit(batch),
      close: () => store.close(),
      onRollback,
    };
    return { store: facade, rollBack: () => listeners.forEach((listener) => void listener()) };
  }

  test('a question whose asking was not stored can come again', async () => {
    const { store, rollBack } = withRollback((await tempStore()).store);
    const bank = manyQuestions(3);
    const picker = new Picker({ bank, store });
    await ask(picker, store, '1', {}, 2);
    const lost = await picker.pick('1', {}, seeded(1));
    rollBack();
    expect((await picker.pick('1', {}, seeded(2)))?.question).toBe(lost?.question);
  });

  test('a pick from before that is stored after all counts', async () => {
    const { store, rollBack } = withRollback((await tempStore()).store);
    const bank = manyQuestions(3);
    const picker = new Picker({ bank, store });
    const early = await picker.pick('1', {}, seeded(1));
    rollBack();
    const batch = new Batch();
    early?.stage(batch);
    await store.commit(batch);
    const next = await ask(picker, store, '1', {}, 2);
    expect(sorted([early?.question.id ?? '', ...next])).toEqual(['q0', 'q1', 'q2']);
    const anew = new Picker({ bank, store });
    expect((await anew.pick('1', {}, seeded(1)))?.question).toBe(early?.question);
  });
});
