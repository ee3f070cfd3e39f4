import fc from 'fast-check';
import { seeded } from 'local-discord';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Bank } from '../../src/bank/bank.js';
import { Draws } from '../../src/bank/draws.js';
import type { Filter } from '../../src/bank/question.js';
import { Memory } from '../../src/store/held.js';
import { recordType, type Store, StoreError } from '../../src/store/store.js';
import { tempStore } from '../helpers/store.js';
import { choice, manyQuestions, topic } from './questions.js';

const nowMs = Date.parse('2026-03-27T12:00Z');
const anHourMs = 3_600_000;

/** Draws on a store with nothing in memory, and how a question is asked and at once revealed. */
function open(bank: Bank, store: Store, options?: { mostBytes: number }) {
  const memory = new Memory(store, options);
  const draws = new Draws({ bank, memory, random: seeded(1) });
  let openers = 0;
  const leaveOpen = (scope: string, filter: Filter = {}, opener = `card:${++openers}`, atMs = nowMs) =>
    memory.use((change) =>
      draws.draw(change, { scope, filter, opener, nowMs: atMs, untilMs: atMs + anHourMs }),
    );
  const ask = async (scope: string, filter: Filter = {}, count = 1): Promise<string[]> => {
    const ids: string[] = [];
    for (let n = 0; n < count; n++) {
      const question = await leaveOpen(scope, filter, 'card:asked');
      await memory.use((change) => draws.close(change, scope, 'card:asked'));
      if (question) ids.push(question.id);
    }
    return ids;
  };
  return { memory, draws, leaveOpen, ask };
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
        const { ask } = open(bank, store);
        const asked: string[] = [];
        scope += 1;
        for (const turn of order) {
          const filter = filters[turn] ?? {};
          const [id = ''] = await ask(`s${scope}`, filter);
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
    const first = await open(bank, temp.store).ask('1', {}, 30);
    const { ask } = open(bank, await temp.reopen());
    const second = await ask('1', {}, 10);
    expect(sorted([...first, ...second])).toEqual(sorted(idsOf(bank)));
    const third = await ask('1', {}, 40);
    expect(third).toEqual([...first, ...second]);
  });

  test('knows nothing of what another was asked', async () => {
    const { store } = await tempStore();
    const bank = manyQuestions(3);
    const { ask } = open(bank, store);
    await ask('1', {}, 3);
    const [only] = await ask('2', { topic: 't1' });
    expect(only).toBe('q1');
    expect(sorted(await ask('2', {}, 2))).toEqual(['q0', 'q2']);
  });

  test('is not asked what is open in it: draws of the same moment differ', async () => {
    const { store } = await tempStore();
    const bank = manyQuestions(20);
    const { leaveOpen } = open(bank, store);
    const drawn = await Promise.all(bank.all.map(() => leaveOpen('1')));
    expect(sorted(drawn.map((question) => question?.id ?? ''))).toEqual(sorted(idsOf(bank)));
    expect(await leaveOpen('1')).toBeUndefined();
    expect(await leaveOpen('2')).toBeDefined();
  });

  test('is asked a question again when its opener has closed it, or is gone', async () => {
    const { store } = await tempStore();
    const { leaveOpen, memory, draws } = open(manyQuestions(1), store);
    expect((await leaveOpen('1', {}, 'card:1'))?.id).toBe('q0');
    expect(await leaveOpen('1', {}, 'quiz:1')).toBeUndefined();
    await memory.use((change) => draws.close(change, '1', 'card:1'));
    expect((await leaveOpen('1', {}, 'quiz:1'))?.id).toBe('q0');
    expect((await leaveOpen('1', {}, 'card:2', nowMs + anHourMs))?.id).toBe('q0');
  });

  test('knows after a restart what is open, and who has it open', async () => {
    const temp = await tempStore();
    const bank = manyQuestions(1);
    await open(bank, temp.store).leaveOpen('1', {}, 'quiz:1');
    const { memory, draws } = open(bank, await temp.reopen());
    const isOpen = (opener: string, scope = '1') =>
      memory.use((change) => draws.isOpenElsewhere(change, { scope, question: 'q0', opener, nowMs }));
    expect(await isOpen('card:1')).toBe(true);
    expect(await isOpen('quiz:1')).toBe(false);
    expect(await isOpen('card:1', '2')).toBe(false);
  });

  test('is asked what is preferred first, then the rest', async () => {
    const { store } = await tempStore();
    const { memory, draws } = open(manyQuestions(5), store);
    const preferred = new Set(['q3', 'q1', 'gone']);
    const draw = (opener: string) =>
      memory.use((change) =>
        draws.draw(change, { scope: '1', filter: {}, opener, nowMs, untilMs: nowMs + 1, preferred }),
      );
    const ids = [await draw('a'), await draw('b'), await draw('c')].map((question) => question?.id ?? '');
    expect(sorted(ids.slice(0, 2))).toEqual(['q1', 'q3']);
    expect(['q0', 'q2', 'q4']).toContain(ids[2]);
  });

  test('is led up a ladder, and asked in a quiz last what stays in practice', async () => {
    const { store } = await tempStore();
    const ladder = (rung: number) => ({
      ...choice(`rung-${rung}`, [true, false]),
      ladder: { of: 'l', rung },
    });
    const odd = { ...choice('odd', [true, false]), practiceOnly: true };
    const { memory, draws } = open(
      new Bank([topic('queries')], [odd, ladder(3), choice('plain', [true, false]), ladder(1), ladder(2)]),
      store,
    );
    const draw = (opener: string, after?: string) =>
      memory.use(
        (change) =>
          draws.draw(change, {
            scope: '1',
            filter: {},
            opener,
            nowMs,
            untilMs: nowMs + 1,
            practiceLast: true,
            after,
          })?.id,
      );
    expect(await draw('a', 'rung-1')).toBe('rung-2');
    expect(await draw('b', 'rung-2')).toBe('rung-3');
    expect([await draw('c', 'rung-3'), await draw('d')].sort()).toEqual(['plain', 'rung-1']);
    expect(await draw('e')).toBe('odd');
  });

  test('gives nothing where no question fits', async () => {
    const { store } = await tempStore();
    const { leaveOpen } = open(manyQuestions(6, 2), store);
    expect(await leaveOpen('1', { topic: 'none' })).toBeUndefined();
    expect(await leaveOpen('1', { kinds: ['open'] })).toBeUndefined();
  });

  test('forgets questions that left the bank, and asks new ones first', async () => {
    const { store } = await tempStore();
    const bankOf = (...ids: string[]): Bank =>
      new Bank(
        [topic('queries')],
        ids.map((id) => choice(id, [true, false])),
      );
    await open(bankOf('a', 'b', 'c'), store).ask('1', {}, 3);
    const changed = open(bankOf('c', 'new', 'b'), store);
    expect(await changed.ask('1')).toEqual(['new']);
    expect(sorted(await changed.ask('1', {}, 2))).toEqual(['b', 'c']);
    const back = open(bankOf('a', 'new'), store);
    expect(await back.ask('1')).toHaveLength(1);
  });

  test('that was idle is dropped from memory and read again', async () => {
    const { store } = await tempStore();
    const bank = manyQuestions(10);
    const { ask } = open(bank, store, { mostBytes: 1_500 });
    const scopes = ['1', '2', '3', '4'];
    const asked = new Map<string, string[]>(scopes.map((scope) => [scope, []]));
    for (let round = 0; round < 10; round++) {
      for (const scope of scopes) asked.get(scope)?.push(...(await ask(scope, {})));
    }
    for (const ids of asked.values()) expect(sorted(ids)).toEqual(sorted(idsOf(bank)));
  });

  test('that is removed starts anew', async () => {
    const temp = await tempStore();
    const bank = manyQuestions(4);
    const { ask, leaveOpen, draws } = open(bank, temp.store);
    const first = await ask('1', {}, 3);
    await leaveOpen('1', {}, 'card:left');
    await draws.forgetScope('1');
    expect(await ask('1', {}, 4)).not.toEqual(first);
    const again = open(bank, await temp.reopen());
    expect(sorted(await again.ask('1', {}, 4))).toEqual(sorted(idsOf(bank)));
  });

  test('can be asked again what was drawn in a change that could not be stored', async () => {
    const { store } = await tempStore();
    const { memory, draws, ask } = open(manyQuestions(2), store);
    const [first] = await ask('1');
    const drawn: (string | undefined)[] = [];
    const refused = memory.use((change) => {
      const draw = { scope: '1', filter: {}, opener: 'quiz:1', nowMs, untilMs: nowMs + anHourMs };
      drawn.push(draws.draw(change, draw)?.id);
      change.batch.put(recordType('unwritable', z.unknown()), 'x', () => {
        throw new Error('cannot be written');
      });
    });
    await expect(refused).rejects.toThrow(StoreError);
    expect(await ask('1')).toEqual([drawn.at(-1)]);
    expect(await ask('1')).toEqual([first]);
  });
});

describe('a bank that is replaced while it is in use', () => {
  const some = (ids: readonly number[]): Bank =>
    new Bank(
      [topic('t')],
      ids.map((id) => choice(`q${id}`, [true, false], { topic: 't' })),
    );

  test('repeats nothing, whatever was added, removed or moved, before a restart and after', async () => {
    const { store } = await tempStore();
    const bank = some([0, 1, 2, 3, 4, 5]);
    const { ask, memory } = open(bank, store);
    const first = await ask('s', {}, 4);
    bank.replaceBy(some([9, 8, 5, 4, 3, 1, 0]));
    const left = [9, 8, 5, 4, 3, 1, 0].map((id) => `q${id}`).filter((id) => !first.includes(id));
    expect(sorted(await ask('s', {}, left.length - 1))).toHaveLength(left.length - 1);
    bank.replaceBy(some([0, 1, 3, 4, 5, 8, 9]));
    const restarted = open(some([0, 1, 3, 4, 5, 8, 9]), memory.store);
    const last = await ask('s');
    expect(left).toContain(last[0]);
    const again = await restarted.ask('s');
    expect(first).toContain(again[0]);
  });

  test('knows a question that changed by the revision under which it was asked', () => {
    const bank = some([0, 1]);
    const before = bank.get('q0');
    const next = choice('q0', [false, true], { topic: 't', rev: 'other' });
    bank.replaceBy(new Bank([topic('t')], [next]));
    expect(bank.get('q0')).toBe(next);
    expect(bank.get('q0', before?.rev)).toBe(before);
    expect(bank.get('q1')).toBeUndefined();
    expect(bank.get('q1', before?.rev)?.id).toBe('q1');
    expect(bank.get('q0', 'never')).toBe(next);
    expect(bank.pool({}).map(({ id }) => id)).toEqual(['q0']);
  });
});
