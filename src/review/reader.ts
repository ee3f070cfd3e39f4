import type { Bank } from '../bank/bank.js';
import type { SessionDeck } from '../session/parts.js';
import type { Transaction } from '../store/transaction.js';
import type { Clock } from '../time/clock.js';
import { dayOf } from '../time/days.js';
import { localDay } from '../time/local-day.js';
import type { Decks } from './decks.js';
import type { DueCards, DueDeck, PlanDateOf } from './due.js';
import { type Deck, type DeckView, dueCards, dueDay } from './rules.js';

export interface ReaderParts {
  readonly decks: Decks;
  readonly bank: Pick<Bank, 'get'>;
  readonly clock: Clock;
  /** The zone by whose days a scope's decks go. */
  readonly zoneIn: (scope: string) => Promise<string>;
  readonly planDateOf: PlanDateOf;
}

/** What members' decks say today. */
export class DeckReader implements DueDeck, SessionDeck {
  readonly #parts: ReaderParts;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  async due(scope: string, member: string): Promise<DueCards> {
    const [deck, view] = await Promise.all([this.deck(scope, member), this.view(scope, member)]);
    return dueCards(deck, view);
  }

  /** A member's cards; without those whose questions have left the bank. */
  async deck(scope: string, member: string): Promise<Deck> {
    const { decks, bank } = this.#parts;
    const all = await decks.cards(scope, member);
    return new Map([...all].filter(([question]) => isAsked(bank, question)));
  }

  async comesBack(
    scope: string,
    member: string,
    questions: readonly string[],
  ): Promise<ReadonlyMap<string, number>> {
    const [cards, view] = await Promise.all([
      this.#parts.decks.some(scope, member, questions),
      this.view(scope, member),
    ]);
    return new Map(
      [...cards].map(([question, card]) => [
        question,
        Math.max(0, dueDay(question, card, view) - view.today),
      ]),
    );
  }

  forget(change: Transaction, scope: string, member: string, question: string): void {
    this.#parts.decks.forget(change, scope, member, question);
  }

  /** Takes questions that have left the bank out of a deck. */
  prune(scope: string, member: string): Promise<void> {
    const { decks, bank } = this.#parts;
    return decks.prune(scope, member, (question) => !isAsked(bank, question));
  }

  async view(scope: string, member: string): Promise<DeckView> {
    const { bank, clock, zoneIn, planDateOf } = this.#parts;
    const [zone, planDate] = await Promise.all([zoneIn(scope), planDateOf(scope, member)]);
    return {
      today: dayOf(localDay(zone, clock.now())),
      planDay: planDate === undefined ? undefined : dayOf(planDate),
      revOf: (question) => (isAsked(bank, question) ? bank.get(question)?.rev : undefined),
    };
  }
}

const isAsked = (bank: Pick<Bank, 'get'>, question: string): boolean => {
  const kind = bank.get(question)?.kind;
  return kind !== undefined && kind !== 'open';
};
