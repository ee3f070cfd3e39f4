import { type Card, createEmptyCard, fsrs, generatorParameters, Rating } from 'ts-fsrs';
import { dayAt, type Forgotten, type Note } from './notes.js';

const dayMs = 86_400_000;
const perDay = 20;
const scheduler = fsrs(
  generatorParameters({ enable_fuzz: false, enable_short_term: false, request_retention: 0.9 }),
);
const noon = (day: number): Date => new Date(day * dayMs + dayMs / 2);
const dayOfDate = (date: Date): number => Math.floor(date.getTime() / dayMs);

/** A card as `ts-fsrs` itself keeps it. */
export interface Kept {
  readonly card: Card;
  readonly last: number;
  /** Before the grade of its last day. */
  readonly before: Kept | undefined;
}

const isNote = (one: Note | Forgotten): one is Note => 'right' in one;

const ratingOf = ({ right, guess }: Note) =>
  !right ? Rating.Again : guess === 'Guess' ? Rating.Hard : Rating.Good;

/** A member's cards, from what they did: each wrong answer begins one, and of a day the first answer counts. */
export function deckOf(notes: readonly Note[], forgotten: readonly Forgotten[]): Map<string, Kept> {
  const deck = new Map<string, Kept>();
  const all = [...notes, ...forgotten].sort((a, b) => a.atMs - b.atMs);
  for (const one of all) {
    if (!isNote(one)) {
      deck.delete(one.id);
      continue;
    }
    const day = dayAt(one.atMs);
    const before = deck.get(one.id);
    if (!before && one.right) continue;
    if (before?.last === day) continue;
    const { card } = scheduler.next(before?.card ?? createEmptyCard(noon(day)), noon(day), ratingOf(one));
    deck.set(one.id, { card, last: day, before });
  }
  return deck;
}

export const recall = ({ card }: Kept, day: number): number =>
  scheduler.get_retrievability(card, noon(day), false);

/** @param planDay no interval passes a fifth of what was left to it */
export function comesBack(
  { card, last }: Pick<Kept, 'card' | 'last'>,
  day: number,
  planDay?: number,
): number {
  const due = dayOfDate(card.due);
  return planDay === undefined || planDay < day
    ? due
    : Math.min(due, last + Math.max(1, Math.floor((planDay - last) / 5)));
}

export interface Due {
  /** The most at risk first. */
  readonly today: readonly string[];
  readonly waiting: number;
  readonly week: readonly number[];
  readonly cards: number;
}

export function dueOf(deck: ReadonlyMap<string, Kept>, day: number, planDay?: number): Due {
  const due = [...deck].filter(([, kept]) => comesBack(kept, day, planDay) <= day);
  due.sort(([, a], [, b]) => recall(a, day) - recall(b, day));
  const done = [...deck.values()].filter(
    ({ last, before }) => last === day && before && comesBack(before, day, planDay) <= day,
  ).length;
  const today = due.slice(0, Math.max(0, perDay - done)).map(([id]) => id);
  const waiting = due.length - today.length;
  const week = [today.length];
  let over = waiting;
  for (let next = day + 1; next < day + 7; next++) {
    over += [...deck.values()].filter((kept) => comesBack(kept, day, planDay) === next).length;
    week.push(Math.min(perDay, over));
    over -= Math.min(perDay, over);
  }
  return { today, waiting, week, cards: deck.size };
}
