import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { Batch, recordType, type Store, StoreError } from '../../src/store/store.js';
import { tempStore } from '../helpers/store.js';

const cell = recordType('cell', z.object({ n: z.number() }));
const odd = recordType('odd', z.unknown());
const ids = ['a', 'b', 'c', 'd', 'e'];

type Step =
  | { do: 'commit'; puts: string[]; removes: string[] }
  | { do: 'fail'; puts: string[] }
  | { do: 'wait' }
  | { do: 'breathe' }
  | { do: 'reopen' };

const some = fc.uniqueArray(fc.constantFrom(...ids), { maxLength: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant('commit' as const), puts: some, removes: some }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fail' as const), puts: some }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait' as const) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('breathe' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('reopen' as const) }) },
);

interface Commit {
  readonly puts: readonly string[];
  readonly removes: readonly string[];
  readonly n: number;
  readonly mustFail: boolean;
  outcome?: 'kept' | 'refused';
}

/** The model: what was kept, one after the other. */
function expected(history: readonly Commit[]): Map<string, { n: number }> {
  const cells = new Map<string, { n: number }>();
  for (const { puts, removes, n, outcome } of history) {
    if (outcome !== 'kept') continue;
    for (const id of puts) cells.set(id, { n });
    for (const id of removes) cells.delete(id);
  }
  return cells;
}

function commit(store: Store, change: Commit): Promise<void> {
  const batch = new Batch();
  for (const id of change.puts) batch.put(cell, id, () => ({ n: change.n }));
  for (const id of change.removes) batch.remove(cell, id);
  if (change.mustFail) batch.put(odd, 'bad', () => 1n);
  return store.commit(batch).then(
    () => {
      change.outcome = 'kept';
    },
    (error: unknown) => {
      expect(error).toBeInstanceOf(StoreError);
      change.outcome = 'refused';
    },
  );
}

test('whatever is put, removed and refused, the store holds exactly what it acknowledged', async () => {
  const temp = await tempStore();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      await temp.store.commit(ids.reduce((batch, id) => batch.remove(cell, id), new Batch()));
      const history: Commit[] = [];
      let underWay: Promise<void>[] = [];
      const settle = async (): Promise<void> => {
        await Promise.all(underWay);
        underWay = [];
        const sorted = new Map([...expected(history)].sort());
        expect(new Map([...(await temp.store.getMany(cell, ids))].sort())).toEqual(sorted);
      };
      for (const [n, each] of steps.entries()) {
        if (each.do === 'wait') await settle();
        else if (each.do === 'breathe') await new Promise((resolve) => setImmediate(resolve));
        else if (each.do === 'reopen') await temp.reopen();
        else {
          const removes = each.do === 'commit' ? each.removes : [];
          const change: Commit = { puts: each.puts, removes, n, mustFail: each.do === 'fail' };
          history.push(change);
          underWay.push(commit(temp.store, change));
        }
      }
      await settle();
      expect(history.every(({ mustFail, outcome }) => !mustFail || outcome === 'refused')).toBe(true);
    }),
    { seed: 1, numRuns: 60 },
  );
});
