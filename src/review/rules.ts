import type { DueCards } from './due.js';
import { type CardMemory, grades, type ReviewGrade, remembered, retrievability } from './fsrs.js';
import type { DeckCard, Graded } from './records.js';

/** At most so many are due on a day; the rest waits. */
export const dayShare = 20;
/** So many grades are listed on a card; what is older cannot be put in order any more. */
const listed = 8;
/** With a plan, no interval passes this part of the days that are left. */
const partOfPlan = 5;

/** Wrong: Again, right: Good, right after a guess: Hard. */
export function gradeOf({ right, guess }: { readonly right: boolean; readonly guess?: string }): ReviewGrade {
  if (!right) return grades.again;
  return guess === 'guess' ? grades.hard : grades.good;
}

/**
 * A question's card after an answer; undefined where there is none. A wrong answer makes one, and a right one counts
 * for the card that there is. Of a day's answers the first counts, in whatever order they become known. A question
 * whose revision changed starts anew with the answer.
 */
export function graded(card: DeckCard | undefined, rev: string, given: Graded): DeckCard | undefined {
  if (!card) return given.grade === grades.again ? fresh(rev, given) : undefined;
  const newest = card.grades.at(-1);
  if (card.rev !== rev) return newest && given.at < newest.at ? card : { ...fresh(rev, given), anew: true };
  if (isTooEarly(card, given)) return card;
  const sameDay = card.grades.find(({ day }) => day === given.day);
  if (sameDay && sameDay.at <= given.at) return card;
  const all = [...card.grades.filter((one) => one !== sameDay), given].sort((a, b) => a.day - b.day);
  const older = all.slice(0, Math.max(0, all.length - listed));
  const before = older.length > 0 ? replayed(card.before, older) : card.before;
  const kept = all.slice(older.length);
  const isNewest = !sameDay && kept.at(-1) === given;
  const now = isNewest ? remembered(card.now, given.day, given.grade) : replayed(before, kept);
  const isAnew = card.anew && card.grades[0]?.day === kept[0]?.day;
  return {
    rev,
    ...(isAnew && { anew: true }),
    grades: kept,
    now: now ?? card.now,
    ...(before && { before }),
  };
}

const fresh = (rev: string, given: Graded): DeckCard => ({
  rev,
  grades: [given],
  now: remembered(undefined, given.day, given.grade),
});

/** Of before what is listed; or right before the miss that made the card. */
function isTooEarly({ before, grades: list }: DeckCard, given: Graded): boolean {
  if (before) return given.day <= before.last;
  return given.at < (list[0]?.at ?? 0) && given.grade !== grades.again;
}

const replayed = (before: CardMemory | undefined, list: readonly Graded[]): CardMemory | undefined =>
  list.reduce<CardMemory | undefined>((memory, { day, grade }) => remembered(memory, day, grade), before);

/** The day and the bank by which a deck is looked at. */
export interface DeckView {
  readonly today: number;
  /** The day that a plan leads to. */
  readonly planDay?: number | undefined;
  /** The revision of a question that can be asked; undefined for one that is gone. */
  revOf(question: string): string | undefined;
}

/** The day on which a card comes back. One whose question changed comes today. */
export function dueDay(question: string, card: DeckCard, view: DeckView): number {
  if (view.revOf(question) !== card.rev) return view.today;
  return Math.min(card.now.due, planned(card.now, view));
}

function planned({ last }: CardMemory, { today, planDay }: DeckView): number {
  if (planDay === undefined || planDay < today) return Number.POSITIVE_INFINITY;
  return last + Math.max(1, Math.floor((planDay - last) / partOfPlan));
}

export type Deck = ReadonlyMap<string, DeckCard>;

/** What comes back today and in the week, the most at risk first. */
export function dueCards(deck: Deck, view: DeckView): DueCards {
  const cards = [...deck].filter(([question]) => view.revOf(question) !== undefined);
  const days = new Map(cards.map(([question, card]) => [question, dueDay(question, card, view)]));
  const due = cards
    .filter(([question]) => (days.get(question) ?? 0) <= view.today)
    .map(([question, card]) => ({ question, risk: riskOf(question, card, view) }))
    .sort((a, b) => a.risk - b.risk || (a.question < b.question ? -1 : 1));
  const left = Math.max(0, dayShare - cards.filter((one) => isDone(one, view)).length);
  const today = due.slice(0, left).map(({ question }) => question);
  const coming = [...days.values()];
  return {
    today,
    waiting: due.length - today.length,
    week: weekOf(today.length, due.length - today.length, (offset) => {
      return coming.filter((day) => day === view.today + offset).length;
    }),
    cards: cards.length,
  };
}

const riskOf = (question: string, card: DeckCard, view: DeckView): number =>
  view.revOf(question) === card.rev ? retrievability(card.now, view.today) : 0;

/** Whether a card was due today and has been answered. */
function isDone([question, card]: readonly [string, DeckCard], view: DeckView): boolean {
  if (card.now.last !== view.today) return false;
  // A card whose question changed was due until it was answered.
  if (card.anew && card.grades.length === 1) return true;
  const now = replayed(card.before, card.grades.slice(0, -1));
  return now !== undefined && dueDay(question, { ...card, now }, view) <= view.today;
}

/** What is too much for a day waits for the next. */
function weekOf(today: number, waiting: number, comingOn: (offset: number) => number): number[] {
  const week = [today];
  let over = waiting;
  for (let offset = 1; offset < 7; offset++) {
    const all = over + comingOn(offset);
    week.push(Math.min(all, dayShare));
    over = all - Math.min(all, dayShare);
  }
  return week;
}

/** Those that were missed most, then those that are hardest to keep. */
export const hardest = (deck: Deck, count: number): (readonly [string, DeckCard])[] =>
  [...deck]
    .sort(([, a], [, b]) => missesOf(b) - missesOf(a) || b.now.difficulty - a.now.difficulty)
    .slice(0, count);

/** How often a question was missed since it is in the deck: its first miss is no lapse. */
export const missesOf = ({ now }: DeckCard): number => now.lapses + 1;
