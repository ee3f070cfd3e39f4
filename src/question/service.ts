import type { Logger } from 'pino';
import type { AnswerMetrics } from '../asking/answer-metrics.js';
import { ask, isCurrent, type Random } from '../asking/asked.js';
import type { Answerer, CardAnswers, OpenCard, Submitted } from '../asking/card-answers.js';
import type { Bank } from '../bank/bank.js';
import { grade } from '../bank/grade.js';
import type { Picker } from '../bank/picker.js';
import type { Answer } from '../bank/question.js';
import { plain } from '../discord/components.js';
import type { CoalescedEdits } from '../discord/edits.js';
import { UserError } from '../discord/errors.js';
import type { Messenger, Outgoing } from '../discord/outgoing.js';
import type { Profiles } from '../profiles/profiles.js';
import { HeldRecords } from '../store/held.js';
import { HeldLogs } from '../store/held-logs.js';
import { KeyedQueue } from '../store/queue.js';
import { Batch, type Store } from '../store/store.js';
import type { Clock, Timer } from '../time/clock.js';
import { localDay } from '../time/local-day.js';
import {
  type CardView,
  practiceCard,
  questionFeature,
  questionReceipt,
  revealForAllMs,
  revealItselfMs,
} from './cards.js';
import { Forgetting } from './forgetting.js';
import {
  askedCardsLog,
  cardRecord,
  openCardsRecord,
  type PracticeCard,
  type PracticeFilter,
} from './records.js';

/** A card is some kilobytes at most. */
const cardsInMemory = 2_000;
const scopesInMemory = 5_000;
const direct = 'direct';

export interface PracticeParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: Random;
  readonly bank: Bank;
  readonly picker: Picker;
  readonly messenger: Messenger;
  readonly edits: CoalescedEdits;
  readonly profiles: Profiles;
  readonly metrics: AnswerMetrics;
  readonly zoneOf: (guildId: string) => Promise<string>;
}

/** Where a card is asked, and by whom. */
export interface Asking {
  readonly id: string;
  readonly guildId: string | undefined;
  readonly channelId: string;
  readonly askerId: string;
  readonly isPrivate: boolean;
}

/** Questions on demand: cards that everybody answers once, in private, until the answer is revealed. */
export class Practice implements CardAnswers {
  readonly feature = questionFeature;
  readonly #parts: PracticeParts;
  readonly #cards: HeldRecords<PracticeCard>;
  readonly #open: HeldRecords<Record<string, number>>;
  readonly #asked: HeldLogs<string>;
  readonly #reveals = new Map<string, Timer>();
  readonly #queue = new KeyedQueue();
  #stopped = false;

  constructor(parts: PracticeParts) {
    this.#parts = parts;
    this.#cards = new HeldRecords(parts.store, cardRecord, cardsInMemory);
    this.#open = new HeldRecords(parts.store, openCardsRecord, scopesInMemory);
    this.#asked = new HeldLogs(parts.store, askedCardsLog, scopesInMemory);
  }

  /**
   * Puts a question up.
   * @param post posts the card and gives back its message's id
   * @throws {UserError} when no question fits
   */
  async ask(
    asking: Asking,
    filter: PracticeFilter,
    post: (card: Outgoing) => Promise<string | undefined>,
  ): Promise<void> {
    const { picker, random, clock, store } = this.#parts;
    const { id, ...place } = asking;
    const { level, topic, kind } = filter;
    const picked = await picker.pick(
      scopeOf(place),
      { level, topic, ...(kind && { kinds: [kind] }) },
      random,
    );
    if (!picked) throw new UserError('No question of the bank fits that. Try another topic, level or kind.');
    await this.#asked.get(scopeOf(place));
    const open = asking.isPrivate ? undefined : await this.#openCards(asking.guildId);
    const askedCards = await this.#asked.get(scopeOf(place));
    const card: PracticeCard = {
      ...place,
      asked: ask(picked.question, random),
      filter,
      askedAt: clock.now(),
      answers: {},
    };
    this.#cards.add(id, card);
    const batch = new Batch().put(cardRecord, id, () => card);
    picked.stage(batch);
    askedCards.append(batch, [id]);
    if (open) {
      open[id] = card.askedAt;
      batch.put(openCardsRecord, asking.guildId ?? direct, () => open);
    }
    await store.commit(batch);
    const messageId = await post(practiceCard(this.#view(id, card)));
    if (asking.isPrivate) return;
    await this.#change(id, (stored) => {
      stored.messageId = messageId;
    });
    this.#revealLater(id, card.askedAt);
  }

  async open(cardId: string, member: string): Promise<OpenCard | Outgoing> {
    const view = await this.#find(cardId);
    const mine = view.card.answers[member];
    if (mine && !view.card.isPrivate && view.card.revealedAt === undefined)
      return questionReceipt(view, mine.answer, false);
    if (view.card.revealedAt !== undefined)
      return plain('The answer to this question has been revealed already.');
    return view;
  }

  /** One member's answers to one card are taken in the order in which they came: the first counts. */
  submit(cardId: string, { id: member }: Answerer, answer: Answer, atMs: number): Promise<Submitted> {
    return this.#queue.run(`${cardId}:${member}`, () => this.#submit(cardId, member, answer, atMs));
  }

  async #submit(cardId: string, member: string, answer: Answer, atMs: number): Promise<Submitted> {
    const { profiles, store, metrics } = this.#parts;
    const { card: before } = await this.#find(cardId);
    const scope = scopeOf(before);
    const zone = before.guildId ? await this.#parts.zoneOf(before.guildId) : 'UTC';
    await profiles.load(scope, [member]);
    // From here to the commit nothing is awaited.
    const view = await this.#find(cardId);
    const { card, question } = view;
    const earlier = card.answers[member];
    if (earlier) return { receipt: questionReceipt(view, earlier.answer, false) };
    if (card.revealedAt !== undefined)
      return { receipt: plain('Too late: the answer has just been revealed.') };
    const { right } = grade(question, answer);
    card.answers[member] = { answer, ...(right !== undefined && { right }) };
    if (card.isPrivate) card.revealedAt = atMs;
    const batch = new Batch().put(cardRecord, cardId, () => card);
    if (right !== undefined) {
      const { level, topic } = question;
      const day = localDay(zone, atMs);
      profiles.stage(batch, scope, [{ member, right, level, topic, practice: true, at: atMs, day }]);
    }
    await store.commit(batch);
    metrics.answer('practice');
    if (card.isPrivate) return { receipt: practiceCard(view), card: practiceCard(view) };
    this.#showCount(cardId, card);
    return { receipt: questionReceipt(view, answer, true) };
  }

  /**
   * Shows the answer.
   * @returns the card's new state
   * @throws {UserError} for others than the asker in the first minute
   */
  async reveal(cardId: string, member: string): Promise<Outgoing> {
    const { clock, edits } = this.#parts;
    const { card } = await this.#find(cardId);
    const allowedAt = card.askedAt + revealForAllMs;
    if (member !== card.askerId && clock.now() < allowedAt)
      throw new UserError(
        `<@${card.askerId}> can reveal the answer now, everybody else <t:${Math.ceil(allowedAt / 1000)}:R>.`,
      );
    if (card.messageId) await edits.settle(card.messageId);
    const view = await this.#markRevealed(cardId);
    return practiceCard(view);
  }

  /** The filter and visibility with which a card was asked, for `Another`. */
  async recall(cardId: string): Promise<Pick<PracticeCard, 'filter' | 'isPrivate'> | undefined> {
    return this.#cards.get(cardId);
  }

  /** Sets the day's timers of the cards of servers that have become available. */
  async serversReady(guildIds: readonly string[]): Promise<void> {
    const found = await this.#parts.store.getMany(openCardsRecord, guildIds);
    for (const open of found.values())
      for (const [id, askedAt] of Object.entries(open)) this.#revealLater(id, askedAt);
  }

  /** The same for direct messages; for the process that gets those. */
  async directReady(): Promise<void> {
    await this.serversReady([direct]);
  }

  /** Removes all cards of a scope (a server, or `dm-<user>`). After a failure: once more. */
  async forgetScope(scope: string): Promise<void> {
    await this.#forgetting().scope(scope, isDirect(scope) ? direct : scope);
  }

  /**
   * Takes a member out of all cards of a scope; their private cards go as a whole. Reads all of them. After a
   * failure: once more.
   */
  async forgetMember(scope: string, member: string): Promise<void> {
    await this.#forgetting().member(scope, member);
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#reveals.values()) timer.cancel();
    this.#reveals.clear();
  }

  async #find(cardId: string): Promise<CardView> {
    const card = await this.#cards.get(cardId);
    if (!card) throw new UserError('This card is no longer stored. `/question any` asks a new one.');
    return this.#view(cardId, card);
  }

  #view(id: string, card: PracticeCard): CardView {
    const { bank } = this.#parts;
    const question = bank.get(card.asked.questionId);
    if (!isCurrent(question, card.asked))
      throw new UserError('This question has been changed in the bank since. `Another` asks a new one.');
    const topicTitle = bank.topic(question.topic)?.title ?? question.topic;
    return { id, card, question, asked: card.asked, topicTitle };
  }

  async #change(id: string, change: (card: PracticeCard) => void): Promise<void> {
    const card = await this.#cards.get(id);
    if (!card) return;
    change(card);
    await this.#parts.store.commit(new Batch().put(cardRecord, id, () => card));
  }

  #openCards(guildId: string | undefined): Promise<Record<string, number>> {
    return this.#open.get(guildId ?? direct, () => ({}));
  }

  #forgetting(): Forgetting {
    return new Forgetting({
      store: this.#parts.store,
      cards: this.#cards,
      open: this.#open,
      asked: this.#asked,
      stopTimer: (id) => {
        this.#reveals.get(id)?.cancel();
        this.#reveals.delete(id);
      },
    });
  }

  #showCount(id: string, card: PracticeCard): void {
    const { messageId, channelId } = card;
    if (messageId) this.#parts.edits.soon(channelId, messageId, () => practiceCard(this.#view(id, card)));
  }

  async #markRevealed(cardId: string): Promise<CardView> {
    const { card: before } = await this.#find(cardId);
    const open = await this.#openCards(before.guildId);
    const view = await this.#find(cardId);
    this.#reveals.get(cardId)?.cancel();
    this.#reveals.delete(cardId);
    view.card.revealedAt ??= this.#parts.clock.now();
    delete open[cardId];
    await this.#parts.store.commit(
      new Batch()
        .put(cardRecord, cardId, () => view.card)
        .put(openCardsRecord, view.card.guildId ?? direct, () => open),
    );
    return view;
  }

  #revealLater(id: string, askedAt: number): void {
    if (this.#stopped || this.#reveals.has(id)) return;
    const timer = this.#parts.clock.at(askedAt + revealItselfMs, () => {
      this.#revealNow(id).catch((error: unknown) => {
        this.#parts.log.warn({ err: error, card: id }, 'A card could not reveal its answer by itself');
      });
    });
    this.#reveals.set(id, timer);
  }

  async #revealNow(id: string): Promise<void> {
    const { card } = await this.#markRevealed(id);
    if (!card.messageId) return;
    await this.#parts.edits.settle(card.messageId);
    await this.#parts.messenger.edit(card.channelId, card.messageId, practiceCard(this.#view(id, card)));
  }
}

/** A server, or the direct messages of one member. */
const scopeOf = ({ guildId, askerId }: { guildId?: string | undefined; askerId: string }): string =>
  guildId ?? `dm-${askerId}`;

const isDirect = (scope: string): boolean => scope.startsWith('dm-');
