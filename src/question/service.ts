import { z } from 'zod';
import type { PastAsking } from '../asked/past.js';
import type { Answerer, OpenCard } from '../asking/card-answers.js';
import type { Parts } from '../asking/parts.js';
import { type ClassmateHelp, helpOnCard, isRightOnCard } from '../asking/peek.js';
import { ServerReads } from '../asking/server-reads.js';
import type { Answer } from '../bank/question.js';
import { isReplyRefused, isTextRefused } from '../discord/api-errors.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Belonging, Route } from '../discord/route.js';
import { directList } from '../people/scope.js';
import { PracticeAnswering } from './answering.js';
import { type PracticeCards, practiceRoutes } from './buttons.js';
import { type Asking, CardBook } from './card-book.js';
import { cardMark, questionFeature } from './cards.js';
import { Closing } from './closing.js';
import { Forgetting } from './forgetting.js';
import { cardsOfMember } from './member-data.js';
import { AskingPace } from './pace.js';
import { pastCards } from './past.js';
import type { PracticeCard, PracticeFilter } from './records.js';
import { type CardStep, revealForAllMs } from './rules.js';
import * as words from './words.js';

/** Questions on demand: cards that everybody answers once, in private, until the answer is revealed. */
export class Practice implements PracticeCards {
  readonly name = questionFeature;
  readonly feature = questionFeature;
  readonly memberData = cardsOfMember;
  readonly cardId = z.string().regex(/^\d{1,20}$/);
  readonly routes: Readonly<Record<string, Route>>;
  readonly #parts: Parts;
  readonly #book: CardBook;
  readonly #closing: Closing;
  readonly #answering: PracticeAnswering;
  readonly #forgetting: Forgetting;
  readonly #pace = new AskingPace();
  readonly #reads: ServerReads<Record<string, number>>;
  readonly #noting = new Set<Promise<void>>();

  constructor(parts: Parts) {
    const { memory, clock, log } = parts;
    this.#parts = parts;
    const book = new CardBook(parts);
    this.#book = book;
    const render = (id: string): Promise<Outgoing | undefined> => this.#answering.show(id);
    const closing = new Closing({ ...parts, book, render, mark: cardMark });
    this.#closing = closing;
    this.#answering = new PracticeAnswering({ ...parts, book, close: (id) => closing.due(id) });
    this.#forgetting = new Forgetting({ memory, book, unwatch: (id) => closing.unwatch(id) });
    this.#reads = new ServerReads({
      clock,
      log,
      what: 'open question cards',
      read: (guildIds) => book.open.present(guildIds),
      found: (guildId, cards) => this.#watch(guildId === directList ? undefined : guildId, cards),
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
    const messageId = await this.#posted(id, post(this.#answering.fresh(id, card)));
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

  open(cardId: string, member: string): Promise<OpenCard | Outgoing> {
    return this.#answering.open(cardId, member);
  }

  submit(cardId: string, answerer: Answerer, answer: Answer, atMs: number): Promise<Outgoing> {
    return this.#answering.submit(cardId, answerer, answer, atMs);
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

  answers(cardId: string, page: number): Promise<Outgoing> {
    return this.#answering.answers(cardId, page);
  }

  points(cardId: string, member: string, ticked?: readonly number[]): Promise<Outgoing> {
    return this.#answering.points(cardId, member, ticked);
  }

  isRight(customId: string): Promise<boolean | undefined> {
    return isRightOnCard(this, customId);
  }

  /** What a card's picker or form takes, for the sandbox's classmates. */
  helpFor(customId: string): Promise<ClassmateHelp | undefined> {
    return helpOnCard(this, customId);
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
    await this.#reads.take([directList]);
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

  membersOf(scope: string): AsyncIterable<string> {
    return this.#forgetting.people(scope);
  }

  scopesWithMembers(scopes: readonly string[]): Promise<readonly string[]> {
    return this.#book.asked.begun(scopes);
  }

  pastAskings(scope: string): AsyncGenerator<PastAsking> {
    const { bank, zoneOf } = this.#parts;
    return pastCards({ book: this.#book, bank, zoneOf }, scope);
  }

  scopesWithPast(scopes: readonly string[]): Promise<readonly string[]> {
    return this.#book.asked.begun(scopes);
  }

  async #note(id: string, messageId: string): Promise<void> {
    const card = await this.#book.cards.get(id);
    if (!card || card.isPrivate || card.messageId !== undefined) return;
    const step = await this.#book.step(id, { kind: 'posted', messageId });
    if (step) this.#answering.count(id, step);
  }

  async #posted(id: string, posting: Promise<string | undefined>): Promise<string | undefined> {
    try {
      return await posting;
    } catch (error) {
      // Nobody has seen it. Whether anybody has, after another failure, the next press or the day's end tells.
      if (isReplyRefused(error)) {
        await this.#book.step(id, { kind: 'withdrawn', atMs: this.#parts.clock.now() });
        this.#closing.unwatch(id);
      }
      if (isTextRefused(error)) throw new UserError(words.autoModBlocks);
      throw error;
    }
  }

  async #show(id: string, { card }: CardStep, show: (message: Outgoing) => Promise<void>): Promise<void> {
    try {
      const message = await this.#answering.show(id);
      if (message) await show(message);
    } catch (error) {
      if (card.toShow) this.#closing.due(id);
      throw error;
    }
    if (card.toShow) await this.#closing.shown(id);
  }

  #watch(guildId: string | undefined, cards: Readonly<Record<string, number>>): void {
    for (const [id, askedAt] of Object.entries(cards)) this.#closing.watch(id, guildId, askedAt);
  }
}
