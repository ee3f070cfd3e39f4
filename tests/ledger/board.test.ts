import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Board, type BoardLine, type Gain } from '../../src/ledger/board.js';
import { runs } from '../helpers/long.js';

/** The rules of a board said in the plainest way: add up, sort, count who has more. */
function naive(gains: readonly Gain[]): BoardLine[] {
  const lines = new Map<string, { member: string; points: number; right: number; answered: number }>();
  for (const { member, points, right } of gains) {
    const line = lines.get(member) ?? { member, points: 0, right: 0, answered: 0 };
    lines.set(member, line);
    line.points += points;
    line.answered++;
    if (right) line.right++;
  }
  const sorted = [...lines.values()].sort(
    (a, b) => b.points - a.points || (BigInt(a.member) < BigInt(b.member) ? -1 : 1),
  );
  return sorted.map((line) => ({
    rank: sorted.filter((other) => other.points > line.points).length + 1,
    ...line,
  }));
}

const boardOf = (gains: readonly Gain[]): Board => {
  const board = new Board();
  for (const gain of gains) board.add(gain);
  return board;
};

const gain = (member: string, points: number): Gain => ({ member, points, right: points > 0 });

/** Few members and few amounts, so that ties and overtaking are the rule; accounts made seconds or years apart. */
const gains = (members: number, most: number) =>
  fc.array(
    fc
      .record({
        member: fc
          .integer({ min: 0, max: members })
          .map((n) => String(2n ** 60n + BigInt(n) * (n % 2 === 0 ? 2n ** 31n : 2n ** 45n))),
        points: fc.constantFrom(0, 0, 100, 100, 125, 150, 200, 300),
      })
      .map(({ member, points }) => gain(member, points)),
    { maxLength: most, size: 'max' },
  );

describe('a board', () => {
  test('equal points share a rank, and the next ranks are left out', () => {
    const board = boardOf([gain('4', 100), gain('3', 200), gain('2', 200), gain('1', 300), gain('9', 0)]);
    expect(board.slice(0, 10).map(({ rank, member }) => [rank, member])).toEqual([
      [1, '1'],
      [2, '2'],
      [2, '3'],
      [4, '4'],
      [5, '9'],
    ]);
  });

  test('a page that starts inside a tie shows the rank of that tie', () => {
    const board = boardOf(Array.from({ length: 25 }, (_, n) => gain(String(1000 + n), n === 7 ? 200 : 100)));
    expect(board.slice(10, 3).map(({ rank }) => rank)).toEqual([2, 2, 2]);
  });

  test('wrong answers count for accuracy and move nobody', () => {
    const board = boardOf([gain('1', 100), gain('1', 0), gain('2', 0)]);
    expect(board.slice(0, 10)).toEqual([
      { rank: 1, member: '1', points: 100, right: 1, answered: 2 },
      { rank: 2, member: '2', points: 0, right: 0, answered: 1 },
    ]);
  });

  test('somebody who never answered has no place', () => {
    const board = boardOf([gain('1', 100)]);
    expect(board.standing('2')).toBeUndefined();
    expect(board.placeOf('2')).toBeUndefined();
  });

  test('ids from all of the 64 bits come back as they were', () => {
    const ids = ['0', '1', '4294967295', '4294967296', '1308765432109876543', '18446744073709551615'];
    const board = boardOf(ids.map((id) => gain(id, 100)));
    expect(board.slice(0, 10).map(({ member }) => member)).toEqual(ids);
  });

  test.each(['', 'ada', '12a', '-1', '01', '18446744073709551616'])('%j is not a member', (id) => {
    expect(() => new Board().add(gain(id, 1))).toThrow(RangeError);
  });

  test('agrees with adding up and sorting, whatever is recorded', () => {
    fc.assert(
      fc.property(gains(40, 400), (recorded) => {
        const board = boardOf(recorded);
        const expected = naive(recorded);
        expect(board.slice(0, 1000)).toEqual(expected);
        expect(expected.map(({ member }) => board.standing(member))).toEqual(expected);
        expect(expected.map(({ member }) => board.placeOf(member))).toEqual(expected.map((_, n) => n));
      }),
      { seed: 1, numRuns: runs(50, 500) },
    );
  });

  test('agrees with adding up and sorting when it is large, page by page', () => {
    fc.assert(
      fc.property(gains(3_000, 12_000), (recorded) => {
        const board = boardOf(recorded);
        const expected = naive(recorded);
        for (let start = 0; start < expected.length; start += 97)
          expect(board.slice(start, 10)).toEqual(expected.slice(start, start + 10));
      }),
      { seed: 2, numRuns: runs(3, 20) },
    );
  });

  test('stays right when everybody overtakes everybody and thin chunks are joined', () => {
    const members = Array.from({ length: 5_000 }, (_, n) => String(10_000 + n));
    const recorded = [
      ...members.map((member) => gain(member, 100)),
      ...members.map((member, n) => gain(member, n % 7 === 0 ? 100 : 1_000 + n)),
      ...members.toReversed().map((member, n) => gain(member, 5_000 + (n % 3))),
    ];
    expect(
      boardOf(recorded)
        .slice(0, 10_000)
        .map(({ member }) => member),
    ).toEqual(naive(recorded).map(({ member }) => member));
  });
});
