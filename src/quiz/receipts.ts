import type { RESTPatchAPIInteractionOriginalResponseJSONBody } from 'discord.js';
import type { Logger } from 'pino';
import type { Bank } from '../bank/bank.js';
import type { ComponentInteraction } from '../discord/command.js';
import { replyChangeableMs } from '../discord/outgoing.js';
import { type GivenReply, replyTo } from '../discord/respond.js';
import { newest } from '../store/newest.js';
import type { Clock } from '../time/clock.js';
import type { UnderWay } from '../time/under-way.js';
import { ownResult } from './own-result.js';
import type { QuizStorage } from './storage.js';

const quizzesInMemory = 500;
/** Of what one member pressed again and again, the last ones go. */
const mostOlder = 5;
/** Edited at once; the rest follows. */
const editsAtOnce = 10;

/** A private reply that told somebody that their answer was recorded. */
interface Receipt {
  readonly round: number;
  readonly at: number;
  readonly reply: GivenReply;
  readonly form: ReceiptForm;
}

/** What changes it, by what it says. */
export type ReceiptForm = (content: string) => RESTPatchAPIInteractionOriginalResponseJSONBody;

interface ReceiptParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly bank: Bank;
  readonly storage: QuizStorage;
  readonly underWay: UnderWay;
}

interface OfQuiz {
  readonly told: Set<number>;
  /** By member, the last one. */
  readonly last: Map<string, Receipt>;
  readonly older: Map<string, readonly Receipt[]>;
}

/**
 * Turns the receipts of a round into its players' own results when its answer is shown, and takes the ones before
 * away, so that everybody has one private message of a quiz. What was sent before a restart stays a receipt.
 */
export class QuizReceipts {
  readonly #parts: ReceiptParts;
  readonly #quizzes = newest<string, OfQuiz>(quizzesInMemory);

  constructor(parts: ReceiptParts) {
    this.#parts = parts;
  }

  /** A receipt has been sent as the reply to this interaction. */
  keep(
    interaction: ComponentInteraction,
    { id, round }: { readonly id: string; readonly round: number },
    form: ReceiptForm,
  ): void {
    const quiz = this.#of(id);
    const member = interaction.user.id;
    const before = quiz.last.get(member);
    if (before) quiz.older.set(member, [...(quiz.older.get(member) ?? []), before].slice(-mostOlder));
    const at = interaction.createdTimestamp;
    quiz.last.set(member, { round, at, reply: replyTo(interaction), form });
    // The answer may have been shown while the receipt was on its way.
    if (quiz.told.has(round)) void this.#parts.underWay.add(this.#tell(id, quiz, [member]));
  }

  /** The answer of a round is shown. */
  tell(id: string, round: number): void {
    const quiz = this.#of(id);
    quiz.told.add(round);
    const members = [...quiz.last].flatMap(([member, receipt]) => (receipt.round === round ? [member] : []));
    void this.#parts.underWay.add(this.#tell(id, quiz, members));
  }

  async #tell(id: string, quiz: OfQuiz, members: readonly string[]): Promise<void> {
    for (let from = 0; from < members.length; from += editsAtOnce)
      await Promise.all(
        members.slice(from, from + editsAtOnce).map((member) => this.#tellOne(id, quiz, member)),
      );
  }

  async #tellOne(id: string, quiz: OfQuiz, member: string): Promise<void> {
    const { storage, bank, log, clock } = this.#parts;
    const receipt = quiz.last.get(member);
    if (!receipt || clock.now() - receipt.at > replyChangeableMs) return;
    try {
      const content = await storage.look(id, (state) => ownResult(state, receipt.round, member, bank));
      if (content) await receipt.reply.edit(receipt.form(content));
      const older = quiz.older.get(member) ?? [];
      quiz.older.delete(member);
      for (const one of older) await this.#remove(id, one);
    } catch (error) {
      // Dismissed, or Discord is away: the round's card tells the same.
      log.debug({ err: error, game: id }, 'Somebody’s own result could not be shown');
    }
  }

  /** Never rejects: one that is gone, or that cannot go, keeps none of the others. */
  async #remove(id: string, { at, reply }: Receipt): Promise<void> {
    const { log, clock } = this.#parts;
    if (clock.now() - at >= replyChangeableMs) return;
    try {
      await reply.remove();
    } catch (error) {
      log.debug({ err: error, game: id }, 'An older receipt could not be taken away');
    }
  }

  #of(id: string): OfQuiz {
    let quiz = this.#quizzes.get(id);
    if (!quiz) {
      quiz = { told: new Set(), last: new Map(), older: new Map() };
      this.#quizzes.set(id, quiz);
    }
    return quiz;
  }
}
