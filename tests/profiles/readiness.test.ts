import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { levels } from '../../src/bank/question.js';
import { ability, type Cell, raisingSteps, readiness, stepAnswers } from '../../src/profiles/readiness.js';

const cell = (level: Cell['level'], right: number, total: number, topic = 'queries'): Cell => ({
  topic,
  level,
  right,
  total,
});

describe('readiness', () => {
  test.each([
    ['nothing was asked yet', [cell('basic', 0, 0), cell('advanced', 0, 0)], 0, 'just starting'],
    ['there are no questions', [], 0, 'just starting'],
    ['one answer was right by luck', [cell('basic', 1, 1)], 33, 'getting going'],
    ['five answers of five were right', [cell('basic', 5, 5)], 71, 'nearly ready'],
    ['fifty answers of fifty were right', [cell('basic', 50, 50)], 96, 'ready'],
    ['a quarter was right, which is what guessing reaches', [cell('basic', 10, 40)], 0, 'just starting'],
    ['everything was wrong', [cell('basic', 0, 30)], 0, 'just starting'],
    [
      'one of two topics was never met',
      [cell('basic', 50, 50), cell('basic', 0, 0, 'orm')],
      48,
      'halfway there',
    ],
    ['only the basic ones were met', [cell('basic', 50, 50), cell('advanced', 0, 0)], 32, 'getting going'],
    ['only the advanced ones were met', [cell('basic', 0, 0), cell('advanced', 50, 50)], 64, 'nearly ready'],
  ] as const)('when %s', (_, cells, percent, word) => {
    expect(readiness(cells)).toEqual({ percent, word });
  });

  test('never leaves 0 to 100, and one more right answer never lowers it', () => {
    const cells = fc.array(
      fc
        .record({ level: fc.constantFrom(...levels), right: fc.nat(200), wrong: fc.nat(200) })
        .map(({ level, right, wrong }) => cell(level, right, right + wrong)),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(cells, (some) => {
        const { percent } = readiness(some);
        expect(percent).toBeGreaterThanOrEqual(0);
        expect(percent).toBeLessThanOrEqual(100);
        const [first, ...rest] = some;
        if (!first) return;
        const better = { ...first, right: first.right + 1, total: first.total + 1 };
        expect(readiness([better, ...rest]).percent).toBeGreaterThanOrEqual(percent);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  test('the same share counts for more when there are more answers', () => {
    expect(ability({ right: 8, total: 10 })).toBeGreaterThan(ability({ right: 4, total: 5 }));
  });
});

describe('what would raise readiness most', () => {
  test('is a harder level before an easier one, and what is open before what is known', () => {
    const cells = [cell('basic', 0, 0), cell('advanced', 0, 0), cell('advanced', 30, 30, 'models')];
    expect(raisingSteps(cells).map(({ topic, level }) => `${topic} ${level}`)).toEqual([
      'queries advanced',
      'queries basic',
      'models advanced',
    ]);
  });

  test('gains what it says, to the rounding', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...levels), fc.nat(20), fc.nat(20)), {
          minLength: 1,
          maxLength: 12,
        }),
        (some) => {
          const cells = some.map(([level, right, wrong], index) =>
            cell(level, right, right + wrong, `t${index}`),
          );
          const [best] = raisingSteps(cells);
          const raised = cells.map((one) =>
            one.topic === best?.topic
              ? { ...one, right: one.right + stepAnswers, total: one.total + stepAnswers }
              : one,
          );
          const gained = readiness(raised).percent - readiness(cells).percent;
          expect(Math.abs(gained - (best?.gain ?? 0))).toBeLessThanOrEqual(1);
        },
      ),
      { seed: 3, numRuns: 200 },
    );
  });
});
