import { seeded } from 'local-discord';
import { describe, expect, it, test } from 'vitest';
import { grades, type ReviewGrade } from '../../src/review/fsrs.js';
import type { DeckCard, Graded } from '../../src/review/records.js';
import { dayShare, dueCards, dueDay, graded } from '../../src/review/rules.js';

const { again, hard, good } = grades;
const day0 = 20_000;
const hourMs = 60 * 60_000;

const at = (day: number, grade: ReviewGrade, hour = 12): Graded => ({
  day,
  at: day * 24 * hourMs + hour * hourMs,
  grade,
});

const made = (list: readonly Graded[], rev = 'r1', card?: DeckCard): DeckCard | undefined =>
  list.reduce<DeckCard | undefined>((one, given) => graded(one, rev, given), card);

/** The intervals of a card that is answered on each of its days. */
function intervals(list: readonly ReviewGrade[]): number[] {
  const found: number[] = [];
  let card: DeckCard | undefined;
  let day = day0;
  for (const grade of list) {
    card = graded(card, 'r1', at(day, grade));
    const due = card?.now.due ?? Number.NaN;
    found.push(due - day);
    day = due;
  }
  return found;
}

describe('the days on which a card comes back', () => {
  test.each([
    ['missed, then right each time', [again, good, good, good, good], [1, 3, 8, 22, 54]],
    ['missed twice', [again, again, good, good, good], [1, 1, 3, 3, 6]],
  ] as const)('%s', (_, list, days) => {
    expect(intervals(list)).toEqual(days);
  });

  it('right after a guess comes back sooner than right', () => {
    const [, guessed = 0] = intervals([again, hard]);
    const [, known = 0] = intervals([again, good]);
    expect(guessed).toBeLessThan(known);
  });
});

describe('what counts', () => {
  it('a right answer makes no card', () => {
    expect(graded(undefined, 'r1', at(day0, good))).toBeUndefined();
  });

  it('the first answer of a day, in whatever order the answers of the day become known', () => {
    const miss = at(day0, again);
    const orders = [
      [at(day0 + 1, good, 9), at(day0 + 1, again, 18)],
      [at(day0 + 1, again, 18), at(day0 + 1, good, 9)],
    ];
    const [one, other] = orders.map((order) => made([miss, ...order]));
    expect(one).toEqual(other);
    expect(one?.now.due).toBe(day0 + 4);
  });

  it('nothing that was right before the miss which made the card', () => {
    const card = made([at(day0, again, 20)]);
    expect(graded(card, 'r1', at(day0, good, 9))).toBe(card);
    expect(graded(card, 'r1', at(day0 - 3, good))).toBe(card);
  });

  it('an answer of an earlier day that becomes known late takes its place', () => {
    const inOrder = made([at(day0, again), at(day0 + 1, good), at(day0 + 4, good)]);
    const late = made([at(day0, again), at(day0 + 4, good), at(day0 + 1, good)]);
    expect(late).toEqual(inOrder);
  });

  it('an answer that is told of twice counts once', () => {
    const card = made([at(day0, again), at(day0 + 1, good)]);
    expect(graded(card, 'r1', at(day0 + 1, good))).toBe(card);
    expect(graded(card, 'r1', at(day0, again))).toBe(card);
  });

  it('a question that changed starts anew, and late answers to what it was change nothing', () => {
    const old = made([at(day0, again), at(day0 + 1, good)]);
    const anew = graded(old, 'r2', at(day0 + 4, good));
    expect(anew).toEqual({
      rev: 'r2',
      anew: true,
      grades: [at(day0 + 4, good)],
      now: expect.objectContaining({ reps: 1 }),
    });
    expect(graded(anew, 'r1', at(day0 + 3, again))).toBe(anew);
  });

  it('the memory of a card with many grades is that of all of them', () => {
    const random = seeded(7);
    for (let run = 0; run < 40; run++) {
      const days = Array.from({ length: 30 }, (_, index) => day0 + index * 2);
      const list = days.map((day, index) =>
        at(day, index === 0 || random() < 0.3 ? again : random() < 0.2 ? hard : good),
      );
      const card = made(list);
      expect(card?.grades.length).toBeLessThanOrEqual(8);
      expect(card?.now.reps).toBe(list.length);
      // Neighbours that become known in the wrong order make no difference.
      const swapped = [...list];
      const place = 1 + Math.floor(random() * (list.length - 2));
      [swapped[place], swapped[place + 1]] = [list[place + 1] as Graded, list[place] as Graded];
      expect(made(swapped)).toEqual(card);
    }
  });
});

describe('what is due', () => {
  const deckOf = (count: number, card: DeckCard) =>
    new Map(Array.from({ length: count }, (_, index) => [`q${String(index).padStart(2, '0')}`, card]));
  const missed = made([at(day0, again)]) as DeckCard;
  const view = { today: day0 + 1, revOf: () => 'r1' };

  it('is at most a day’s share, and the rest waits', () => {
    const due = dueCards(deckOf(45, missed), view);
    expect(due.today).toHaveLength(dayShare);
    expect(due.waiting).toBe(25);
    expect(due.week).toEqual([20, 20, 5, 0, 0, 0, 0]);
  });

  it('does not grow by what was done today', () => {
    const deck = deckOf(45, missed);
    for (const question of [...deck.keys()].slice(0, 7))
      deck.set(question, graded(missed, 'r1', at(day0 + 1, good)) as DeckCard);
    expect(dueCards(deck, view).today).toHaveLength(dayShare - 7);
    // Of yesterday's share nothing is left over.
    expect(dueCards(deck, { ...view, today: day0 + 2 }).today).toHaveLength(dayShare);
  });

  it.each([
    ['rightly', good],
    ['wrongly', again],
  ] as const)('does not grow by questions that changed and were answered %s today', (_, grade) => {
    const deck = deckOf(45, missed);
    const changed = { ...view, revOf: () => 'r2' };
    expect(dueCards(deck, changed).today).toHaveLength(dayShare);
    for (const question of [...deck.keys()].slice(0, 7))
      deck.set(question, graded(missed, 'r2', at(day0 + 1, grade)) as DeckCard);
    expect(dueCards(deck, changed).today).toHaveLength(dayShare - 7);
    expect(dueCards(deck, { ...changed, today: day0 + 2 }).today).toHaveLength(dayShare);
  });

  it('a card that was made today takes nothing of the share', () => {
    const deck = deckOf(45, missed);
    deck.set('new', made([at(day0 + 1, again)]) as DeckCard);
    expect(dueCards(deck, view).today).toHaveLength(dayShare);
  });

  it('comes in the order of its risk', () => {
    const deck = new Map([
      ['known', made([at(day0 - 12, again), at(day0 - 11, good), at(day0 - 8, good)]) as DeckCard],
      ['shaky', made([at(day0 - 3, again)]) as DeckCard],
    ]);
    expect(dueCards(deck, view).today).toEqual(['shaky', 'known']);
  });

  it('a question that changed is due, one that has left the bank is not', () => {
    const deck = deckOf(2, made([at(day0, again), at(day0 + 1, good), at(day0 + 4, good)]) as DeckCard);
    const revOf = (question: string) => (question === 'q00' ? 'r2' : undefined);
    expect(dueCards(deck, { today: day0 + 5, revOf })).toMatchObject({ today: ['q00'], cards: 1 });
  });

  it.each([
    ['no plan', undefined, 22],
    ['a plan for a hundred days ahead', 100, 20],
    ['a plan for ten days ahead', 10, 2],
    ['a plan for tomorrow', 1, 1],
    ['a plan that is over', -1, 22],
  ])('an interval of 22 days with %s', (_, ahead, expected) => {
    const card = made([at(day0, again), at(day0 + 1, good), at(day0 + 4, good), at(day0 + 12, good)]);
    const today = day0 + 12;
    const planDay = ahead === undefined ? undefined : today + ahead;
    expect(dueDay('q', card as DeckCard, { today, planDay, revOf: () => 'r1' }) - today).toBe(expected);
  });
});
