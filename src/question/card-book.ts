import { ask } from '../asking/asked.js';
import type { Parts } from '../asking/parts.js';
import { UserError } from '../discord/errors.js';
import { directList, directScope } from '../people/scope.js';
import type { Fold } from '../store/log-slot.js';
import { HeldLogs } from '../store/logs.js';
import { HeldRecords, type RecordSlot } from '../store/records.js';
import type { Transaction } from '../store/transaction.js';
import { localDay } from '../time/local-day.js';
import { dayMs, minuteMs } from '../time/spans.js';
import {
  askedCardsLog,
  type CardAnswersGiven,
  cardAnswersLog,
  cardRecord,
  openCardsRecord,
  type PracticeAnswer,
  type PracticeAnswerRow,
  type PracticeCard,
  type PracticeFilter,
} from './records.js';
import { type CardEvent, type CardStep, type CountedAnswer, listingOf, stepCard } from './rules.js';
import { allOpen, nothingFits, openElsewhere } from './words.js';

/** So long a card keeps others from asking its question, should it never close: a private one, and a public one. */
const holdMs = { private: 15 * minuteMs, public: 7 * dayMs } as const;

/** Where a card is asked, and by whom. */
export interface Asking {
  /** Of the interaction that asks; becomes the card's. */
  readonly id: string;
  readonly guildId: string | undefined;
  readonly channelId: string;
  readonly askerId: string;
  readonly isPrivate: boolean;
  /** When Discord took the command or press. */
  readonly atMs: number;
}

/** A server, or the direct messages of one member. */
const scopeOf = ({ guildId, askerId }: Pick<PracticeCard, 'guildId' | 'askerId'>): string =>
  guildId ?? directScope(askerId);

const byMember: Fold<PracticeAnswerRow, Map<string, PracticeAnswer>> = {
  empty: () => new Map(),
  add: (given, { member, ...answer }) => {
    if (!given.has(member)) given.set(member, answer);
  },
  drop: (given, { member }) => void given.delete(member),
};

/** A change that a card is in. */
interface CardChange {
  readonly id: string;
  /** By whose days its answers count. */
  readonly zone: string;
  readonly slot: RecordSlot<PracticeCard>;
  readonly change: Transaction;
}

/** The cards on the disk, the list of those that are open, and what goes with each change of one. */
export class CardBook {
  readonly cards: HeldRecords<PracticeCard>;
  readonly open: HeldRecords<Record<string, number>>;
  readonly asked: HeldLogs<string>;
  readonly given: HeldLogs<PracticeAnswerRow, Map<string, PracticeAnswer>>;
  readonly #parts: Pick<Parts, 'bank' | 'draws' | 'outcomes' | 'random' | 'clock' | 'zoneOf'>;

  constructor(parts: Pick<Parts, 'memory' | 'bank' | 'draws' | 'outcomes' | 'random' | 'clock' | 'zoneOf'>) {
    this.#parts = parts;
    this.cards = new HeldRecords(parts.memory, cardRecord);
    this.open = new HeldRecords(parts.memory, openCardsRecord);
    this.asked = new HeldLogs(parts.memory, askedCardsLog);
    this.given = new HeldLogs(parts.memory, cardAnswersLog, byMember);
  }

  /**
   * Draws a question and stores its card.
   * @throws {UserError} when no question fits
   */
  ask({ id, atMs, ...place }: Asking, filter: PracticeFilter): Promise<PracticeCard> {
    const { bank, draws, random, clock } = this.#parts;
    const { level, topic, kind } = filter;
    const wanted = { level, topic, ...(kind && { kinds: [kind] }) };
    const scope = scopeOf(place);
    return this.cards.use(id, (slot, change) => {
      const nowMs = clock.now();
      const untilMs = nowMs + holdMs[place.isPrivate ? 'private' : 'public'];
      const question = draws.draw(change, { scope, filter: wanted, opener: cardOpener(id), nowMs, untilMs });
      if (!question) throw new UserError(bank.pool(wanted).length === 0 ? nothingFits : allOpen);
      const card: PracticeCard = {
        ...place,
        asked: ask(question, random),
        filter,
        askedAt: atMs,
        answers: {},
      };
      slot.set(card);
      change.at(this.asked, scope).append([id]);
      this.#list(change, id, card);
      return card;
    });
  }

  /** What `look` finds on a card and in its answers, which must not be kept; undefined where there is no card. */
  look<T>(id: string, look: (card: PracticeCard, given: CardAnswersGiven) => T): Promise<T | undefined> {
    return this.cards.use(id, ({ value }, change) => value && look(value, this.#given(change, id, value)));
  }

  /** What an event makes of a card, stored with all that goes with it; undefined where there is no such card. */
  async step(id: string, event: CardEvent): Promise<CardStep | undefined> {
    const zone = await this.#zoneOf(id);
    return this.cards.use(id, (slot, change) => this.#step({ id, zone, slot, change }, event));
  }

  #step({ id, zone, slot, change }: CardChange, event: CardEvent): CardStep | undefined {
    const card = slot.value;
    if (!card) return undefined;
    const step = stepCard({ card, given: this.#given(change, id, card) }, event);
    if (step.added) change.at(this.given, id).append([step.added]);
    if (step.card === card) return step;
    this.#requireSecret(change, id, card, step.card);
    slot.set(step.card);
    if (listingOf(step.card) !== listingOf(card)) this.#list(change, id, step.card);
    if (isClosing(card, step.card)) this.#parts.draws.close(change, scopeOf(card), cardOpener(id));
    if (step.counted.length > 0) this.#count(change, [id, card], step.counted, zone);
    return step;
  }

  #given(change: Transaction, id: string, { answers, isPrivate }: PracticeCard): CardAnswersGiven {
    const inCard = Object.entries(answers);
    if (isPrivate) return new Map(inCard);
    const { index } = change.at(this.given, id);
    return inCard.length > 0 ? new Map([...index, ...inCard]) : index;
  }

  /**
   * A private card shows its answer at once, so it has to wait while others are asked the same.
   * @throws {UserError}
   */
  #requireSecret(change: Transaction, id: string, before: PracticeCard, after: PracticeCard): void {
    if (!before.isPrivate || !isClosing(before, after)) return;
    const nowMs = this.#parts.clock.now();
    const question = before.asked.questionId;
    const where = { scope: scopeOf(before), question, opener: cardOpener(id), nowMs };
    if (this.#parts.draws.isOpenElsewhere(change, where)) throw new UserError(openElsewhere);
  }

  #count(
    change: Transaction,
    [cardId, card]: readonly [string, PracticeCard],
    answers: readonly CountedAnswer[],
    zone: string,
  ): void {
    const question = this.#parts.bank.get(card.asked.questionId, card.asked.rev);
    // Of a question that has left the bank, nothing is known that a profile could take.
    if (!question) return;
    const { id, rev, level, topic } = question;
    const occasion = {
      id: cardOpener(cardId),
      where: 'question',
      question: id,
      rev,
      topic,
      level,
      at: card.askedAt,
    } as const;
    const outcomes = answers.map(({ member, right, atMs }) => ({
      member,
      right,
      practice: true,
      at: atMs,
      day: localDay(zone, atMs),
    }));
    this.#parts.outcomes.take(change, scopeOf(card), occasion, outcomes);
  }

  #list(change: Transaction, id: string, card: PracticeCard): void {
    const listing = listingOf(card);
    if (card.isPrivate) return;
    const list = change.at(this.open, card.guildId ?? directList);
    const { [id]: _, ...others } = list.value ?? {};
    const next = listing === undefined ? others : { ...others, [id]: listing };
    if (Object.keys(next).length === 0) list.remove();
    else list.set(next);
  }

  async #zoneOf(id: string): Promise<string> {
    const guildId = (await this.cards.get(id))?.guildId;
    return guildId ? this.#parts.zoneOf(guildId) : 'UTC';
  }
}

export const cardOpener = (id: string): string => `card:${id}`;

const isClosing = (before: PracticeCard, after: PracticeCard): boolean =>
  before.revealedAt === undefined && after.revealedAt !== undefined;
