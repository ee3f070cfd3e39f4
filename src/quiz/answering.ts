import { type ButtonInteraction, MessageFlags } from 'discord.js';
import { isCurrent, toBank } from '../asking/asked.js';
import { answererOf } from '../asking/card-answers.js';
import { typedField, typedForm } from '../asking/form.js';
import { answerLetters } from '../asking/layout.js';
import { isComplete, isPicked, toggled } from '../asking/picker.js';
import { blankForm, notForThis } from '../asking/words.js';
import type { Bank } from '../bank/bank.js';
import { grade } from '../bank/grade.js';
import type { ComponentInteraction } from '../discord/command.js';
import { plain } from '../discord/components.js';
import { UserError } from '../discord/errors.js';
import { reply, showForm, update, whisper } from '../discord/respond.js';
import { isBlank } from '../discord/text.js';
import type { QuizPress } from './events.js';
import { isTaking } from './game.js';
import { countingVotes } from './given.js';
import { quizId } from './ids.js';
import { pickerCard } from './picking.js';
import type { ReceiptForm } from './receipts.js';
import type { Quizzes } from './service.js';
import type { AskedQuestion } from './views.js';
import * as words from './words.js';

interface Where {
  readonly id: string;
  readonly round: number;
}

/** The ways by which members answer rounds: a letter at once, a private picker, a form. */
export class QuizAnswering {
  readonly #quizzes: Quizzes;
  readonly #bank: Bank;

  constructor(quizzes: Quizzes, bank: Bank) {
    this.#quizzes = quizzes;
    this.#bank = bank;
  }

  /** A letter is the answer, or the first of several. */
  async letter(interaction: ComponentInteraction, where: Where, shown: number): Promise<void> {
    const put = await this.#put(where);
    if (isPicked(put.question)) await this.#pick(interaction, where, put, [shown]);
    else
      await this.#whisper(
        interaction,
        where,
        await this.#submit(interaction, where, put, { shown: [shown] }),
      );
  }

  async choose(interaction: ComponentInteraction, where: Where): Promise<void> {
    const put = await this.#put(where);
    if (!isPicked(put.question)) throw new UserError(notForThis);
    await this.#pick(interaction, where, put, []);
  }

  async pick(
    interaction: ComponentInteraction,
    where: Where,
    chosen: readonly number[],
    shown: number,
  ): Promise<void> {
    const put = await this.#put(where);
    const next = toggled(put, chosen, shown);
    await update(interaction, pickerCard(where, put, next));
  }

  async done(interaction: ComponentInteraction, where: Where, chosen: readonly number[]): Promise<void> {
    const put = await this.#put(where);
    if (!isPicked(put.question)) throw new UserError(notForThis);
    if (!isComplete(put, chosen)) throw new UserError(words.chooseFirstWords);
    const receipt = await this.#submit(interaction, where, put, { shown: chosen });
    await update(interaction, plain(receipt));
    this.#quizzes.receipts.keep(interaction, where, asCard);
  }

  async form(interaction: ButtonInteraction, where: Where): Promise<void> {
    const { question } = await this.#put(where);
    if (question.kind !== 'short-answer') throw new UserError(notForThis);
    // A form that is opened again under the same id shows what was typed before, to another question.
    const id = quizId('text', where.id, where.round, interaction.id.slice(-8));
    await showForm(interaction, typedForm(id, question));
  }

  async text(interaction: ComponentInteraction, where: Where): Promise<void> {
    const put = await this.#put(where);
    if (!interaction.isModalSubmit() || put.question.kind !== 'short-answer') throw new UserError(notForThis);
    const text = interaction.fields.getTextInputValue(typedField).trim();
    if (isBlank(text)) throw new UserError(blankForm);
    const right = grade(put.question, { text }).right === true;
    const receipt = await this.#submit(interaction, where, put, { shown: [], typed: { text, right } });
    await this.#whisper(interaction, where, receipt);
  }

  /** The receipt becomes the player's own result when the round's answer is shown. */
  async #whisper(interaction: ComponentInteraction, where: Where, receipt: string): Promise<void> {
    await whisper(interaction, receipt);
    this.#quizzes.receipts.keep(interaction, where, asText);
  }

  /** @throws {UserError} when the question has been changed meanwhile, or there is no such round */
  async #put({ id, round }: Where): Promise<AskedQuestion> {
    const game = await this.#quizzes.game(id);
    if (!game) throw new UserError(words.goneWords);
    const asked = game.rounds[round]?.asked;
    const question = asked ? this.#bank.get(asked.questionId, asked.rev) : undefined;
    if (!asked || !isCurrent(question, asked)) throw new UserError(words.lateWords);
    return { question, asked };
  }

  async #pick(
    interaction: ComponentInteraction,
    where: Where,
    put: AskedQuestion,
    chosen: readonly number[],
  ): Promise<void> {
    const { id, round } = where;
    const found = await this.#quizzes.look(id, (state) => ({
      earlier: countingVotes(state, round).get(interaction.user.id),
      isOn: isTaking(state.game, round),
    }));
    if (found?.earlier) throw new UserError(words.firstCountsWords(nameOf(put, found.earlier)));
    if (!found?.isOn) throw new UserError(words.lateWords);
    await reply(interaction, pickerCard(where, put, chosen));
  }

  /** @returns the receipt @throws {UserError} for an answer that does not count */
  async #submit(
    interaction: ComponentInteraction,
    { id, round }: Where,
    put: AskedQuestion,
    given: Pick<QuizPress, 'shown' | 'typed'>,
  ): Promise<string> {
    const { id: member, name } = answererOf(interaction);
    const press = { round, member, name, at: interaction.createdTimestamp, ...given };
    const { outcome, earlier } = await this.#quizzes.answer(id, press);
    switch (outcome) {
      case 'done':
        return words.recordedWords(nameOf(put, { shown: given.shown, text: given.typed?.text }));
      case 'already':
        return words.firstCountsWords(nameOf(put, earlier ?? { shown: [] }));
      case 'early':
        throw new UserError(words.earlyWords);
      case 'invalid':
        throw new UserError(words.noSuchOptionWords);
      default:
        throw new UserError(words.lateWords);
    }
  }
}

const asText: ReceiptForm = (content) => ({ content, allowed_mentions: { parse: [] } });
const asCard: ReceiptForm = (content) => ({
  ...plain(content),
  flags: MessageFlags.IsComponentsV2,
  allowed_mentions: { parse: [] },
});

/** An answer as it stood on the card: its letters, or what was typed. */
const nameOf = (
  { question, asked }: AskedQuestion,
  { shown, text }: { readonly shown: readonly number[]; readonly text?: string | undefined },
): string =>
  text === undefined
    ? answerLetters(question, asked, toBank(asked, shown))
    : answerLetters(question, asked, { text });
