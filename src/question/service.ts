import { z } from 'zod';
import { isCurrent } from '../asking/asked.js';
import type { Answerer, OpenCard } from '../asking/card-answers.js';
import type { Parts } from '../asking/parts.js';
import { ServerReads } from '../asking/server-reads.js';
import { grade } from '../bank/grade.js';
import type { Answer } from '../bank/question.js';
import { isInteractionGone } from '../discord/api-errors.js';
import { plain } from '../discord/components.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Belonging, Route } from '../discord/route.js';
import { type PracticeCards, practiceRoutes } from './buttons.js';
import { type Asking, CardBook, direct } from './card-book.js';
import {
  type CardView,
  cardMark,
  changedCard,
  practiceCard,
  questionFeature,
  questionReceipt,
  revealedNotice,
} from './cards.js';
import { Closing } from './closing.js';
import { Forgetting } from './forgetting.js';
import { AskingPace } from './pace.js';
import type { PracticeCard, PracticeFilter } from './records.js';
import { type CardStep, revealForAllMs } from './rules.js';
import * as words from './words.js';

/** Questions on demand: cards that everybody answers once, in private, until the answer is revealed. */
export class Practice implements PracticeCards {
  readonly name = questionFeature;
  readonly feature = questionFeature;
  readonly cardId = z.string().regex(/^\d{1,20}$/);
  readonly routes: Readonly<Record<string, Route>>;
  readonly #parts: Parts;
  readonly #book: CardBook;
  readonly #closing: Closing;
  readonly #forgetting: Forgetting;
  readonly #pace = new AskingPace();
  readonly #reads: ServerReads<Record<string, number>>;
  readonly #noting = new Set<Promise<void>>();

  constructor(parts: Parts) {
    const { memory, clock, log } = parts;
    this.#parts = parts;
    const book = new CardBook(parts);
    this.#book = book;
    const render = (id: string, card: PracticeCard): Outgoing => this.#render(id, card);
    const closing = new Closing({ ...parts, book, render, mark: cardMark });
    this.#closing = closing;
    this.#forgetting = new Forgetting({ memory, book, unwatch: (id) => closing.unwatch(id) });
    this.#reads = new ServerReads({
      clock,
      log,
      what: 'open question cards',
      read: (guildIds) => book.open.getMany(guildIds),
      found: (guildId, cards) => this.#watch(guildId === direct ? undefined : guildId, cards),
    });
    this.routes = practiceRoutes(this, log);
  }

  /**
   * Puts a question up.
   * @param post posts the card and gives back its message's id
   * @throws {UserError} when no question fits, or the asker goes too fast
   */
  async ask(
    asking: Asking,
    filter: PracticeFilter,
    post: (card: Outgoing) => Promise<string | undefined>,
  ): Promise<void> {
    const giveBack = this.#pace.take(asking, this.#parts.clock.now());
    const { id, isPrivate, guildId } = asking;
    const card = await this.#book.ask(asking, filter).catch((error: unknown) => {
      giveBack();
      throw error;
    });
    if (!isPrivate) this.#closing.watch(id, guildId, card.askedAt);
    const messageId = await this.#posted(id, post(this.#render(id, card)));
    if (!isPrivate && messageId) this.seen(id, messageId);
  }

  /** Notes where a card is, if that is not known. */
  seen(cardId: string, messageId: string): void {
    const noting = this.#note(cardId, messageId)
      .catch((error: unknown) => {
        // The next press tells again.
        this.#parts.log.warn({ err: error, card: cardId }, 'Where a card is could not be stored');
      })
      .finally(() => this.#noting.delete(noting));
    this.#noting.add(noting);
  }

  async belongsTo(cardId: string): Promise<Belonging | undefined> {
    const card = await this.#book.cards.get(cardId);
    if (!card) return undefined;
    const { guildId = null, channelId, askerId, isPrivate } = card;
    return { guildId, channelId, ...(isPrivate && { memberId: askerId }) };
  }

  async open(cardId: string, member: string): Promise<OpenCard | Outgoing> {
    const card = await this.#find(cardId);
    const view = this.#view(cardId, card);
    if (!view) return this.#closeChanged(cardId, card);
    return this.#refusal(view, member, words.revealedBefore) ?? view;
  }

  async submit(cardId: string, { id: member }: Answerer, answer: Answer, atMs: number): Promise<Outgoing> {
    const before = await this.#find(cardId);
    const asked = this.#view(cardId, before);
    if (!asked) return this.#closeChanged(cardId, before);
    const { right } = grade(asked.question, answer);
    const step = await this.#book.step(cardId, { kind: 'answered', member, answer, right, atMs });
    if (!step) throw new UserError(words.cardGone);
    const view = { ...asked, card: step.card };
    if (step.refused) return this.#refusal(view, member, words.revealedJustNow) ?? practiceCard(view);
    this.#parts.metrics.answer('practice');
    for (const effect of step.effects) if (effect.kind === 'count') this.#count(view);
    return step.card.isPrivate ? practiceCard(view) : questionReceipt(view, answer, true);
  }

  /**
   * Shows the answer.
   * @param by.atMs when Discord took the press
   * @param show changes the card's message
   * @throws {UserError} for others than the asker in the first minute
   */
  async reveal(
    cardId: string,
    by: { readonly member: string; readonly atMs: number; readonly messageId?: string | undefined },
    show: (card: Outgoing) => Promise<void>,
  ): Promise<void> {
    const { member, atMs, messageId } = by;
    const event = { kind: 'revealed', by: member, atMs, ...(messageId && { messageId }) } as const;
    const step = await this.#book.step(cardId, event);
    if (!step) throw new UserError(words.cardGone);
    const { card } = step;
    if (step.refused) throw new UserError(words.revealTooEarly(card.askerId, card.askedAt + revealForAllMs));
    if (card.messageId) await this.#parts.edits.settle(card.messageId);
    await this.#show(cardId, step, show);
  }

  /** The filter and visibility with which a card was asked, for `Another`. */
  async recall(cardId: string): Promise<Pick<PracticeCard, 'filter' | 'isPrivate'> | undefined> {
    return this.#book.cards.get(cardId);
  }

  /** Sets the day's timers of the cards of servers that have become available, and shows what is still to be shown. */
  async serversReady(guildIds: readonly string[]): Promise<void> {
    await this.#reads.take(guildIds);
  }

  /** The same for direct messages; for the process that gets those. */
  async directReady(): Promise<void> {
    await this.#reads.take([direct]);
  }

  serverGone(guildId: string): void {
    this.#reads.forget(guildId);
    this.#closing.serverGone(guildId);
  }

  /** False while the open cards of some server could not be read. */
  healthy(): boolean {
    return this.#reads.unread === 0;
  }

  async idle(): Promise<void> {
    await Promise.all([...this.#noting, this.#closing.idle(), this.#reads.idle()]);
  }

  async stop(): Promise<void> {
    this.#reads.stop();
    await this.#closing.stop();
    await this.idle();
  }

  /** Removes all cards of a scope (a server, or `dm-<user>`). After a failure: once more. */
  async forgetScope(scope: string): Promise<void> {
    await this.#forgetting.scope(scope);
  }

  /**
   * Takes a member out of all cards of a scope; their private cards go as a whole. Reads all of them. After a
   * failure: once more.
   */
  async forgetMember(scope: string, member: string): Promise<void> {
    await this.#forgetting.member(scope, member);
  }

  exportMember(scope: string, member: string): Promise<unknown> {
    return this.#forgetting.export(scope, member);
  }

  async #note(id: string, messageId: string): Promise<void> {
    const card = await this.#book.cards.get(id);
    if (!card || card.isPrivate || card.messageId !== undefined) return;
    await this.#book.step(id, { kind: 'posted', messageId });
  }

  async #find(cardId: string): Promise<PracticeCard> {
    const card = await this.#book.cards.get(cardId);
    if (!card) throw new UserError(words.cardGone);
    return card;
  }

  /** Undefined where the question is no longer in the bank as it was asked. */
  #view(id: string, card: PracticeCard): CardView | undefined {
    const { bank } = this.#parts;
    const question = bank.get(card.asked.questionId);
    if (!isCurrent(question, card.asked)) return undefined;
    const topicTitle = bank.topic(question.topic)?.title ?? question.topic;
    return { id, card, question, asked: card.asked, topicTitle, isOwn: card.isPrivate };
  }

  #render(id: string, card: PracticeCard): Outgoing {
    const view = this.#view(id, card);
    return view ? practiceCard(view) : changedCard(id, card);
  }

  /** What a member sees who cannot answer. */
  #refusal(view: CardView, member: string, said: string): Outgoing | undefined {
    const { card, id } = view;
    const mine = Object.hasOwn(card.answers, member) ? card.answers[member] : undefined;
    if (card.isPrivate) return card.revealedAt === undefined ? undefined : practiceCard(view);
    if (card.revealedAt !== undefined) {
      // Who presses an open card whose answer is out helps it along.
      if (card.toShow) this.#closing.due(id);
      return revealedNotice(view, mine, said);
    }
    return mine && questionReceipt(view, mine.answer, false);
  }

  /** A card that can be answered no more is closed by whoever comes first. */
  async #closeChanged(id: string, card: PracticeCard): Promise<Outgoing> {
    if (!card.isPrivate) this.#closing.due(id);
    return card.isPrivate ? changedCard(id, card) : plain(words.questionChanged);
  }

  async #posted(id: string, posting: Promise<string | undefined>): Promise<string | undefined> {
    try {
      return await posting;
    } catch (error) {
      // Nobody has seen it. Whether anybody has, after another failure, the next press or the day's end tells.
      if (isInteractionGone(error)) {
        await this.#book.step(id, { kind: 'withdrawn', atMs: this.#parts.clock.now() });
        this.#closing.unwatch(id);
      }
      throw error;
    }
  }

  async #show(id: string, { card }: CardStep, show: (message: Outgoing) => Promise<void>): Promise<void> {
    try {
      await show(this.#render(id, card));
    } catch (error) {
      if (card.toShow) this.#closing.due(id);
      throw error;
    }
    if (card.toShow) await this.#closing.shown(id);
  }

  #count({ id, card }: CardView): void {
    const { messageId, channelId } = card;
    if (messageId) this.#parts.edits.soon(channelId, messageId, () => this.#render(id, card));
  }

  #watch(guildId: string | undefined, cards: Readonly<Record<string, number>>): void {
    for (const [id, askedAt] of Object.entries(cards)) this.#closing.watch(id, guildId, askedAt);
  }
}
