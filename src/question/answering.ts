import { isCurrent } from '../asking/asked.js';
import type { Answerer, OpenCard } from '../asking/card-answers.js';
import type { Parts } from '../asking/parts.js';
import { grade } from '../bank/grade.js';
import type { Answer } from '../bank/question.js';
import { plain } from '../discord/components.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { CardBook } from './card-book.js';
import { type CardView, changedCard, practiceCard, questionReceipt, revealedNotice } from './cards.js';
import type { PracticeCard } from './records.js';
import * as words from './words.js';

export interface PracticeAnsweringParts extends Pick<Parts, 'bank' | 'edits' | 'metrics'> {
  readonly book: CardBook;
  /** Reveals a card, if nobody has, and lets its message show it. */
  readonly close: (cardId: string) => void;
}

/** Takes the members' answers to cards, and shows cards as they stand. */
export class PracticeAnswering {
  readonly #parts: PracticeAnsweringParts;

  constructor(parts: PracticeAnsweringParts) {
    this.#parts = parts;
  }

  /** @throws {UserError} for a card that is no longer stored */
  async open(cardId: string, member: string): Promise<OpenCard | Outgoing> {
    const card = await this.#find(cardId);
    const view = this.#view(cardId, card);
    if (!view) return this.#closeChanged(cardId, card);
    return this.#refusal(view, member, words.revealedBefore) ?? view;
  }

  /** @throws {UserError} for a card that is no longer stored, and a private one whose question is open elsewhere */
  async submit(cardId: string, { id: member }: Answerer, answer: Answer, atMs: number): Promise<Outgoing> {
    const before = await this.#find(cardId);
    const asked = this.#view(cardId, before);
    if (!asked) return this.#closeChanged(cardId, before);
    const { right } = grade(asked.question, answer);
    const step = await this.#parts.book.step(cardId, { kind: 'answered', member, answer, right, atMs });
    if (!step) throw new UserError(words.cardGone);
    const view = { ...asked, card: step.card };
    if (step.refused) return this.#refusal(view, member, words.revealedJustNow) ?? practiceCard(view);
    this.#parts.metrics.answer('practice');
    for (const effect of step.effects) if (effect.kind === 'count') this.#count(cardId, step.card);
    return step.card.isPrivate ? practiceCard(view) : questionReceipt(view, answer, true);
  }

  /** The card as it stands. */
  render(id: string, card: PracticeCard): Outgoing {
    const view = this.#view(id, card);
    return view ? practiceCard(view) : changedCard(id, card);
  }

  async #find(cardId: string): Promise<PracticeCard> {
    const card = await this.#parts.book.cards.get(cardId);
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

  /** What a member sees who cannot answer. */
  #refusal(view: CardView, member: string, said: string): Outgoing | undefined {
    const { card, id } = view;
    const mine = Object.hasOwn(card.answers, member) ? card.answers[member] : undefined;
    if (card.isPrivate) return card.revealedAt === undefined ? undefined : practiceCard(view);
    if (card.revealedAt !== undefined) {
      // Who presses an open card whose answer is out helps it along.
      if (card.toShow) this.#parts.close(id);
      return revealedNotice(view, mine, said);
    }
    return mine && questionReceipt(view, mine.answer, false);
  }

  /** A card that can be answered no more is closed by whoever comes first. */
  #closeChanged(id: string, card: PracticeCard): Outgoing {
    if (card.isPrivate) return changedCard(id, card);
    this.#parts.close(id);
    return plain(words.questionChanged);
  }

  #count(id: string, { messageId, channelId }: PracticeCard): void {
    const { edits, book } = this.#parts;
    if (messageId === undefined) return;
    edits.soon(channelId, messageId, async () => {
      const card = await book.cards.get(id);
      return card && card.revealedAt === undefined ? this.render(id, card) : undefined;
    });
  }
}
