import { isCurrent } from '../asking/asked.js';
import type { Answerer, OpenCard } from '../asking/card-answers.js';
import type { Parts } from '../asking/parts.js';
import { grade } from '../bank/grade.js';
import type { Answer } from '../bank/question.js';
import { plain } from '../discord/components.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import { type HiddenMembers, nobodyHidden } from '../people/hidden.js';
import type { CardBook } from './card-book.js';
import { changedCard, practiceCard, questionFeature, questionReceipt, revealedNotice } from './cards.js';
import { allAnswersCard, pointsCard } from './open-answers.js';
import type { CardAnswersGiven, PracticeAnswer, PracticeCard } from './records.js';
import type { CardStep } from './rules.js';
import * as words from './words.js';

export interface PracticeAnsweringParts extends Pick<Parts, 'bank' | 'edits' | 'metrics' | 'hidden'> {
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
    const { card, mine } = await this.#look(cardId, member);
    const asked = this.#ofBank(card);
    if (!asked) return this.#closeChanged(cardId, card);
    return this.#refusal(cardId, { card, asked, mine }, words.revealedBefore) ?? asked;
  }

  /** @throws {UserError} for a card that is no longer stored, and a private one whose question is open elsewhere */
  async submit(cardId: string, { id: member }: Answerer, answer: Answer, atMs: number): Promise<Outgoing> {
    const before = await this.#look(cardId, member);
    const asked = this.#ofBank(before.card);
    if (!asked) return this.#closeChanged(cardId, before.card);
    const { right } = grade(asked.question, answer);
    const step = await this.#parts.book.step(cardId, { kind: 'answered', member, answer, right, atMs });
    if (!step) throw new UserError(words.cardGone);
    const { card, mine } = step;
    if (step.refused)
      return (
        this.#refusal(cardId, { card, asked, mine }, words.revealedJustNow) ?? plain(words.revealedBefore)
      );
    this.#parts.metrics.answer('practice');
    this.count(cardId, step);
    return card.isPrivate ? ownCard(cardId, card, asked) : questionReceipt(asked, answer, true);
  }

  /** @throws {UserError} while the answer is not out */
  async answers(cardId: string, page: number): Promise<Outgoing> {
    const found = await this.#parts.book.look(cardId, (card, given) => ({ card, given: new Map(given) }));
    if (!found) throw new UserError(words.cardGone);
    requireRevealed(found.card);
    const hidden = await this.#parts.hidden.of(found.card.guildId);
    return allAnswersCard(questionFeature, cardId, { given: found.given, hidden }, page);
  }

  /** @throws {UserError} while the answer is not out, and for a question that has changed */
  async points(cardId: string, member: string, ticked?: readonly number[]): Promise<Outgoing> {
    const { card, mine } = await this.#look(cardId, member);
    requireRevealed(card);
    const question = this.#ofBank(card)?.question;
    if (question?.kind !== 'open') throw new UserError(words.questionChanged);
    return pointsCard(questionFeature, cardId, { question, mine }, ticked);
  }

  /** A card that has just been asked. */
  fresh(id: string, card: PracticeCard): Outgoing {
    return this.#render(id, card, new Map(), nobodyHidden);
  }

  /** The card as it stands; undefined where there is none. */
  async show(id: string): Promise<Outgoing | undefined> {
    const found = await this.#parts.book.look(id, (card, given) => ({ card, given: new Map(given) }));
    return (
      found && this.#render(id, found.card, found.given, await this.#parts.hidden.of(found.card.guildId))
    );
  }

  #render(id: string, card: PracticeCard, given: CardAnswersGiven, hidden: HiddenMembers): Outgoing {
    const asked = this.#ofBank(card);
    return asked ? practiceCard({ ...asked, id, card, given, hidden }) : changedCard(id, card);
  }

  async #look(cardId: string, member: string) {
    const found = await this.#parts.book.look(cardId, (card, given) => ({ card, mine: given.get(member) }));
    if (!found) throw new UserError(words.cardGone);
    return found;
  }

  /** Undefined where the question is no longer in the bank as it was asked. */
  #ofBank({ asked, isPrivate }: PracticeCard): OpenCard | undefined {
    const { bank } = this.#parts;
    const question = bank.get(asked.questionId, asked.rev);
    if (!isCurrent(question, asked)) return undefined;
    const topicTitle = bank.titleOf(question.topic);
    return { question, asked, topicTitle, isOwn: isPrivate };
  }

  /** What a member sees who cannot answer. */
  #refusal(id: string, { card, asked, mine }: Refused, said: string): Outgoing | undefined {
    if (card.isPrivate) return card.revealedAt === undefined ? undefined : ownCard(id, card, asked);
    if (card.revealedAt !== undefined) {
      // Who presses an open card whose answer is out helps it along.
      if (card.toShow) this.#parts.close(id);
      return revealedNotice(asked, mine, said);
    }
    return mine && questionReceipt(asked, mine.answer, false);
  }

  /** A card that can be answered no more is closed by whoever comes first. */
  #closeChanged(id: string, card: PracticeCard): Outgoing {
    if (card.isPrivate) return changedCard(id, card);
    this.#parts.close(id);
    return plain(words.questionChanged);
  }

  /** Lets the card's message show, after a moment, how many have answered; if the step wants it, and as soon as it is known. */
  count(id: string, { card: { messageId, channelId }, effects }: CardStep): void {
    const { edits, book } = this.#parts;
    if (messageId === undefined || !effects.some(({ kind }) => kind === 'count')) return;
    edits.soon(channelId, messageId, async () => {
      const isOpen = await book.look(id, (card) => card.revealedAt === undefined);
      return isOpen ? this.show(id) : undefined;
    });
  }
}

function requireRevealed({ revealedAt }: PracticeCard): void {
  if (revealedAt === undefined) throw new UserError(words.notRevealedYet);
}

interface Refused {
  readonly card: PracticeCard;
  readonly asked: OpenCard;
  readonly mine: PracticeAnswer | undefined;
}

const ownCard = (id: string, card: PracticeCard, asked: OpenCard): Outgoing =>
  practiceCard({ ...asked, id, card, given: new Map(Object.entries(card.answers)), hidden: nobodyHidden });
