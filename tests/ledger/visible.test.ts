import { seeded } from 'local-discord';
import { describe, expect, it } from 'vitest';
import { Board } from '../../src/ledger/board.js';
import { VisibleBoard } from '../../src/ledger/visible.js';

/** Answers of so many members, many with equal points; ids as Discord gives them. */
function answersOf(members: number, random: () => number) {
  const ids = Array.from({ length: members }, (_, n) => String((BigInt(n + 1) << 22n) + 1n));
  return Array.from({ length: members * 3 }, () => ({
    member: ids[Math.floor(random() * members)] as string,
    points: Math.floor(random() * 4) * 50,
    right: random() < 0.5,
  }));
}

const boardOf = (answers: ReturnType<typeof answersOf>): Board => {
  const board = new Board();
  for (const one of answers) board.add(one);
  return board;
};

describe('a board without its hidden members', () => {
  it.each([
    [1, 12, 0.3],
    [2, 40, 0.5],
    [3, 40, 0.95],
    [4, 700, 0.1],
  ])('is the board of the others, as if nobody else had played (seed %i)', (seed, members, share) => {
    const random = seeded(seed);
    const answers = answersOf(members, random);
    const hidden = new Set(answers.map(({ member }) => member).filter(() => random() < share / 3));
    const whole = boardOf(answers);
    const visible = new VisibleBoard(whole, hidden);
    const others = boardOf(answers.filter(({ member }) => !hidden.has(member)));
    expect(hidden.size).toBeGreaterThan(0);
    expect(visible.size).toBe(others.size);
    for (let start = 0; start <= others.size; start += 10)
      expect(visible.slice(start, 10)).toEqual(others.slice(start, 10));
    for (const { member } of answers) {
      if (hidden.has(member)) continue;
      expect(visible.standing(member)).toEqual(others.standing(member));
      expect(visible.placeOf(member)).toBe(others.placeOf(member));
    }
  });

  it('has a hidden member on it for themselves, as if they alone were not hidden', () => {
    const answers = answersOf(30, seeded(7));
    const [reader = '', other = ''] = [...new Set(answers.map(({ member }) => member))];
    const own = new VisibleBoard(boardOf(answers), new Set([reader, other]), reader);
    const expected = boardOf(answers.filter(({ member }) => member !== other));
    expect(own.standing(reader)).toEqual(expected.standing(reader));
    expect(own.slice(0, 50)).toEqual(expected.slice(0, 50));
  });
});
