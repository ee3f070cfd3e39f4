import fc from 'fast-check';
import { seeded } from 'local-discord';
import { describe, expect, test } from 'vitest';
import { choose } from '../../src/bank/bag.js';

describe('the bag', () => {
  test('gives nothing from an empty pool', () => {
    expect(choose(new Uint32Array(), new Uint32Array(5), Math.random)).toBeUndefined();
  });

  test('repeats nothing while a pool has something new, then takes what was asked longest ago', () => {
    const size = 12;
    const pools = fc.array(fc.uniqueArray(fc.nat(size - 1), { minLength: 1 }), {
      minLength: 1,
      maxLength: 4,
    });
    const turns = fc.array(fc.nat(3), { maxLength: 60 });
    fc.assert(
      fc.property(pools, turns, fc.integer(), (filters, order, seed) => {
        const random = seeded(seed);
        const lastAsked = new Uint32Array(size);
        order.forEach((turn, asking) => {
          const pool = filters[turn % filters.length] ?? [];
          const chosen = choose(Uint32Array.from(pool), lastAsked, random) ?? -1;
          const askings = pool.map((position) => lastAsked[position] ?? 0);
          expect(pool).toContain(chosen);
          expect(lastAsked[chosen]).toBe(Math.min(...askings));
          lastAsked[chosen] = asking + 1;
        });
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  test.each([0, 5, 9])('takes each new question as likely as the others when %i of ten are gone', (gone) => {
    const random = seeded(gone + 1);
    const pool = Uint32Array.from({ length: 10 }, (_, position) => position);
    const lastAsked = Uint32Array.from(pool, (position) => (position < gone ? position + 1 : 0));
    const left = 10 - gone;
    const draws = 20_000;
    const counts = new Array<number>(10).fill(0);
    for (let draw = 0; draw < draws; draw++) {
      const chosen = choose(pool, lastAsked, random) ?? -1;
      counts[chosen] = (counts[chosen] ?? 0) + 1;
    }
    expect(counts.slice(0, gone).every((count) => count === 0)).toBe(true);
    const chiSquare = counts
      .slice(gone)
      .reduce((sum, count) => sum + (count - draws / left) ** 2 / (draws / left), 0);
    // The 99.9th percentile of chi-square at 9 degrees of freedom, the most there are here.
    expect(chiSquare).toBeLessThan(27.9);
  });

  test('is as fair in the order of two as in the first', () => {
    const random = seeded(7);
    const pool = Uint32Array.from([0, 1, 2, 3]);
    const pairs = new Map<string, number>();
    for (let draw = 0; draw < 12_000; draw++) {
      const lastAsked = new Uint32Array(4);
      const first = choose(pool, lastAsked, random) ?? -1;
      lastAsked[first] = 1;
      const pair = `${first}${choose(pool, lastAsked, random)}`;
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    expect(pairs.size).toBe(12);
    const chiSquare = [...pairs.values()].reduce((sum, count) => sum + (count - 1_000) ** 2 / 1_000, 0);
    expect(chiSquare).toBeLessThan(31.3); // 99.9 %, 11 degrees of freedom
  });
});
