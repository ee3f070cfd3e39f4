import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entriesFold, type QuizEntry } from '../../src/quiz/entries.js';
import { newPlayer, type Player } from '../../src/quiz/game.js';
import { runs } from '../helpers/long.js';

const ids = ['a', 'b', 'c', 'd', 'e'];
const team = fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined });
const entry: fc.Arbitrary<QuizEntry> = fc
  .record({ member: fc.constantFrom(...ids), present: fc.boolean(), team, gone: fc.boolean() })
  .map(({ member, present, team: of, gone }) => ({
    member,
    name: `M${member}`,
    present: present && !gone,
    ...(of !== undefined && { team: of }),
    ...(gone && { gone: true as const }),
  }));
const players = fc
  .dictionary(fc.constantFrom(...ids), fc.record({ present: fc.boolean(), points: fc.nat(3), team }))
  .map((all) =>
    Object.fromEntries(
      Object.entries(all).map(([id, { present, points, team: of }]): [string, Player] => [
        id,
        { ...newPlayer(id), present, points, ...(of !== undefined && { team: of }) },
      ]),
    ),
  );
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('add' as const), entry }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), member: fc.constantFrom(...ids) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('store' as const), players }) },
);

describe('who came and went', () => {
  it('is counted as it goes on as it is when everybody is looked at', () => {
    fc.assert(
      fc.property(players, fc.array(step, { maxLength: 30 }), fc.subarray(ids), (first, steps, missing) => {
        const entries = entriesFold.empty([]);
        let record = first;
        let rows: QuizEntry[] = [];
        for (const one of steps) {
          if (one.do === 'store') record = one.players;
          if (one.do === 'add') {
            rows.push(one.entry);
            entriesFold.add(entries, one.entry);
          }
          if (one.do === 'drop') {
            for (const row of rows) if (row.member === one.member) entriesFold.drop(entries, row);
            rows = rows.filter(({ member }) => member !== one.member);
          }
          const all = entries.overAll(record);
          const there = Object.entries(all).filter(([, { present }]) => present);
          expect(entries.present(record)).toBe(there.length);
          for (const of of [0, 1, 2])
            expect(entries.inTeam(record, of)).toBe(there.filter(([, player]) => player.team === of).length);
          expect(entries.isAwaited(record, (member) => missing.includes(member))).toBe(
            there.some(([member]) => missing.includes(member)),
          );
        }
        const again = entriesFold.empty([]);
        for (const row of rows) entriesFold.add(again, row);
        expect([...entries.rows]).toEqual([...again.rows]);
      }),
      { seed: 1, numRuns: runs(300, 2_000) },
    );
  });

  it('says of each what their last entry says, and what they have earned stays', () => {
    fc.assert(
      fc.property(players, fc.array(entry, { maxLength: 20 }), (record, rows) => {
        const entries = entriesFold.empty([]);
        for (const row of rows) entriesFold.add(entries, row);
        const all = entries.overAll(record);
        for (const id of ids) {
          const last = rows.findLast(({ member }) => member === id);
          const counts = last && !last.gone ? last : undefined;
          expect(all[id]?.points).toBe(record[id]?.points ?? (counts ? 0 : undefined));
          expect(all[id]?.present).toBe((counts ?? record[id])?.present);
          expect(all[id]?.team).toBe(counts?.team ?? record[id]?.team);
        }
        // Written into the record, they change nothing of it any more.
        expect(entries.overAll(all)).toEqual(all);
        expect(Object.keys(entries.overAll(all))).toEqual(Object.keys(all));
      }),
      { seed: 1, numRuns: runs(300, 2_000) },
    );
  });
});
