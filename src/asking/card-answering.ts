import type { Answer } from '../bank/question.js';
import type { ComponentInteraction } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import { update } from '../discord/respond.js';
import { isBlank } from '../discord/text.js';
import { toBank } from './asked.js';
import { answererOf, type CardAnswers, type OpenCard } from './card-answers.js';
import { openForm, typedField } from './form.js';
import { takesText } from './layout.js';
import { answerPickerCard, isComplete, isPicked, toggled } from './picker.js';
import type { Pickers } from './pickers.js';
import { blankForm, chooseFirst, noSuchOption, notForThis, orderFirst } from './words.js';

/** Answers a press: beside the card, or in its place. */
export type Say = (interaction: ComponentInteraction, message: Outgoing) => Promise<void>;

/** What has been chosen so far on a card. */
interface Picked {
  readonly cardId: string;
  readonly card: OpenCard;
  readonly chosen: readonly number[];
}

/** What a press, a choice or a form does to a card's answers. */
export class CardAnswering {
  readonly #source: CardAnswers;
  readonly #pickers: Pickers;

  constructor(source: CardAnswers, pickers: Pickers) {
    this.#source = source;
    this.#pickers = pickers;
  }

  async letter(interaction: ComponentInteraction, cardId: string, shown: number, say: Say): Promise<void> {
    const card = await this.#open(interaction, cardId, say);
    if (!card) return;
    requireOption(card, shown);
    // Cards of before had a letter here that opened the picker.
    if (isPicked(card.question)) await this.#pick(interaction, { cardId, card, chosen: [shown] }, say);
    else if (takesText(card.question.kind)) throw new UserError(notForThis);
    else await say(interaction, await this.#submit(interaction, cardId, toBank(card.asked, [shown])));
    this.#seen(interaction, cardId);
  }

  async choose(interaction: ComponentInteraction, cardId: string, say: Say): Promise<void> {
    const card = await this.#open(interaction, cardId, say);
    if (!card) return;
    if (!isPicked(card.question)) throw new UserError(notForThis);
    const chosen = this.#pickers.chosen(cardId, interaction.user.id);
    await this.#pick(interaction, { cardId, card, chosen }, say);
    this.#seen(interaction, cardId);
  }

  async form(interaction: ComponentInteraction, cardId: string, say: Say): Promise<void> {
    const card = await this.#open(interaction, cardId, say);
    if (!card) return;
    if (!interaction.isButton()) throw new UserError(notForThis);
    await openForm(interaction, this.#source.feature, cardId, card);
    this.#seen(interaction, cardId);
  }

  async text(interaction: ComponentInteraction, cardId: string, say: Say): Promise<void> {
    if (!interaction.isModalSubmit()) throw new UserError(notForThis);
    const typed = interaction.fields.getTextInputValue(typedField);
    const card = await this.#open(interaction, cardId, say);
    if (!card) return;
    if (!takesText(card.question.kind)) throw new UserError(notForThis);
    if (isBlank(typed)) throw new UserError(blankForm);
    await say(interaction, await this.#submit(interaction, cardId, { text: typed.trim() }));
  }

  async pick(
    interaction: ComponentInteraction,
    cardId: string,
    chosen: readonly number[],
    shown: number,
  ): Promise<void> {
    const card = await this.#open(interaction, cardId, update);
    if (!card) return;
    for (const one of [...chosen, shown]) requireOption(card, one);
    if (!isPicked(card.question)) throw new UserError(notForThis);
    const next = toggled(card, chosen, shown);
    this.#pickers.changed(cardId, interaction.user.id, next);
    await update(interaction, answerPickerCard(this.#source.feature, cardId, card, next));
  }

  async done(interaction: ComponentInteraction, cardId: string, chosen: readonly number[]): Promise<void> {
    const card = await this.#open(interaction, cardId, update);
    if (!card) return;
    for (const one of chosen) requireOption(card, one);
    if (!isPicked(card.question)) throw new UserError(notForThis);
    if (!isComplete(card, chosen))
      throw new UserError(card.question.kind === 'ordering' ? orderFirst : chooseFirst);
    const told = await this.#submit(interaction, cardId, toBank(card.asked, chosen));
    this.#pickers.done(cardId, interaction.user.id);
    await update(interaction, told);
  }

  /** The card, or undefined when its member has been told why they cannot answer it. */
  async #open(interaction: ComponentInteraction, cardId: string, say: Say): Promise<OpenCard | undefined> {
    const card = await this.#source.open(cardId, interaction.user.id);
    if ('question' in card) return card;
    await say(interaction, card);
    return undefined;
  }

  #submit(interaction: ComponentInteraction, cardId: string, answer: Answer): Promise<Outgoing> {
    return this.#source.submit(cardId, answererOf(interaction), answer, interaction.createdTimestamp);
  }

  async #pick(interaction: ComponentInteraction, { cardId, card, chosen }: Picked, say: Say): Promise<void> {
    await say(interaction, answerPickerCard(this.#source.feature, cardId, card, chosen));
    if (!card.isOwn && interaction.isButton()) this.#pickers.opened(cardId, interaction, chosen);
  }

  #seen(interaction: ComponentInteraction, cardId: string): void {
    const { message } = interaction;
    if (message && !message.flags.has('Ephemeral')) this.#source.seen?.(cardId, message.id);
  }
}

/** @throws {UserError} for a letter that the question does not have */
function requireOption({ asked }: OpenCard, shown: number): void {
  if (shown >= asked.order.length) throw new UserError(noSuchOption);
}
