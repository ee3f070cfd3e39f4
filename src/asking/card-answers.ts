import {
  type APIModalInteractionResponseCallbackData,
  type ButtonInteraction,
  ButtonStyle,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import type { Answer, Question } from '../bank/question.js';
import type { ComponentInteraction } from '../discord/command.js';
import { button, buttonRows, container, oneLine, text } from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import { reply, showForm, update } from '../discord/respond.js';
import { type Asked, letters, shownTexts, toBank } from './asked.js';
import { answerButtons, closedButtons, takesText } from './layout.js';

/** What a card that is answered in private needs from the feature that posted it. */
export interface CardAnswers {
  /** The feature's name, the first part of its custom ids. */
  readonly feature: string;
  /**
   * The question of a card, if this member may still answer it. Otherwise a message that says why not: the
   * card is closed, gone, or answered by them already.
   */
  open(cardId: string, member: string): Promise<OpenCard | Outgoing>;
  /**
   * Stores the answer; resolves when it is durable. Gives back the member's receipt, or the card's own new
   * state where the card is the member's alone.
   * @param atMs when Discord took the answer, from the interaction's id
   */
  submit(cardId: string, answerer: Answerer, answer: Answer, atMs: number): Promise<Submitted>;
}

export interface OpenCard {
  readonly question: Question;
  readonly asked: Asked;
}

export interface Answerer {
  readonly id: string;
  /** The name that the server shows. */
  readonly name: string;
}

export interface Submitted {
  readonly receipt: Outgoing;
  /** Set for a private card: replaces the card whose button was pressed, instead of a receipt. */
  readonly card?: Outgoing;
}

const longestTyped = { 'short-answer': 100, open: 2000 } as const;

/** Custom ids of a card's answer buttons. */
export const answerIds = (feature: string, cardId: string) => ({
  letter: (shown: number) => customId(feature, 'a', cardId, shown),
  form: customId(feature, 'form', cardId),
});

/** The answer buttons of a card, open or closed, as rows. */
export function answerRows(feature: string, cardId: string, { question, asked }: OpenCard, closed = false) {
  const make = closed ? closedButtons : answerButtons;
  return buttonRows(make(question, asked, answerIds(feature, cardId)));
}

/**
 * The flow by which members answer a card in private: a letter at once for single choice and true or false, a
 * picker for several letters, a form for words.
 * @returns whether the action was one of this flow's
 */
export async function handleCardAnswer(
  source: CardAnswers,
  interaction: ComponentInteraction,
  action: string,
  args: readonly string[],
): Promise<boolean> {
  const [cardId = ''] = args;
  if (!['a', 'form', 'text', 'pick', 'done'].includes(action)) return false;
  const card = await source.open(cardId, interaction.user.id);
  if (!('question' in card)) {
    if (action === 'pick' || action === 'done') await update(interaction, card);
    else await reply(interaction, card);
    return true;
  }
  const submit = async (answer: Answer): Promise<Submitted> =>
    source.submit(cardId, answererOf(interaction), answer, interaction.createdTimestamp);

  if (action === 'a' && interaction.isButton()) {
    const shown = letterIndex(card, args[1]);
    if (isPicked(card.question)) await reply(interaction, picker(source.feature, cardId, card, [shown]));
    else await show(interaction, await submit(toBank(card.asked, [shown])));
  } else if (action === 'form' && interaction.isButton()) {
    await openForm(interaction, source.feature, cardId, card);
  } else if (action === 'text' && interaction.isModalSubmit()) {
    await show(interaction, await submit({ text: interaction.fields.getTextInputValue('answer').trim() }));
  } else if (action === 'pick') {
    const chosen = toggle(card, parseLetters(card, args[1]), letterIndex(card, args[2]));
    await update(interaction, picker(source.feature, cardId, card, chosen));
  } else if (action === 'done') {
    const chosen = parseLetters(card, args[1]);
    if (chosen.length === 0) throw new UserError('Choose at least one option first.');
    await update(interaction, (await submit(toBank(card.asked, chosen))).receipt);
  } else {
    throw new UserError('That does not answer this question. Press one of the buttons on its card.');
  }
  return true;
}

export function answererOf(interaction: Pick<ComponentInteraction, 'user' | 'member'>): Answerer {
  const { user, member } = interaction;
  const nick = member && 'displayName' in member ? member.displayName : member?.nick;
  return { id: user.id, name: nick ?? user.displayName };
}

/** Kinds whose answer is several letters are collected in a private picker. */
const isPicked = (question: Question): boolean =>
  question.kind === 'multiple-choice' || question.kind === 'ordering';

async function show(interaction: ComponentInteraction, { receipt, card }: Submitted): Promise<void> {
  if (card) await update(interaction, card);
  else await reply(interaction, receipt);
}

function letterIndex({ asked }: OpenCard, arg: string | undefined): number {
  const shown = Number(arg);
  if (arg === undefined || !Number.isInteger(shown) || shown < 0 || shown >= asked.order.length)
    throw new UserError('That is not one of the options of this question.');
  return shown;
}

function parseLetters(card: OpenCard, arg = ''): number[] {
  const shown = [...arg].map((letter) => letterIndex(card, String(letters.indexOf(letter))));
  if (new Set(shown).size !== shown.length)
    throw new UserError('That is not one of the options of this question.');
  return shown;
}

function toggle({ question }: OpenCard, chosen: readonly number[], shown: number): number[] {
  if (chosen.includes(shown)) return chosen.filter((one) => one !== shown);
  return question.kind === 'ordering' ? [...chosen, shown] : [...chosen, shown].sort((a, b) => a - b);
}

/** The private message in which several letters are chosen; what is chosen so far is in its custom ids. */
function picker(feature: string, cardId: string, card: OpenCard, chosen: readonly number[]): Outgoing {
  const { question, asked } = card;
  const state = chosen.map((shown) => letters[shown]).join('');
  const ordering = question.kind === 'ordering';
  const complete = ordering ? chosen.length === asked.order.length : chosen.length > 0;
  const texts = shownTexts(question, asked);
  const lines = ordering
    ? chosen.map((shown, index) => `${index + 1}. **${letters[shown]}**  ${oneLine(texts[shown] ?? '', 100)}`)
    : texts.map(
        (option, shown) =>
          `${chosen.includes(shown) ? '☑' : '☐'} **${letters[shown]}**  ${oneLine(option, 100)}`,
      );
  return {
    components: [
      container([
        text(ordering ? '**Your order so far**' : '**Your choice so far**'),
        text(lines.join('\n') || '-# Nothing yet: press the first letter.'),
        ...buttonRows(
          asked.order.map((_, shown) =>
            button(letters.charAt(shown), customId(feature, 'pick', cardId, state, shown), {
              style: chosen.includes(shown) ? ButtonStyle.Primary : ButtonStyle.Secondary,
            }),
          ),
        ),
        ...buttonRows([
          button('Submit', customId(feature, 'done', cardId, state), {
            style: ButtonStyle.Success,
            disabled: !complete,
          }),
        ]),
      ]),
    ],
  };
}

async function openForm(
  interaction: ButtonInteraction,
  feature: string,
  cardId: string,
  { question }: OpenCard,
): Promise<void> {
  if (!takesText(question.kind)) throw new UserError('Answer this question with its letters.');
  const kind = question.kind as keyof typeof longestTyped;
  const form: APIModalInteractionResponseCallbackData = {
    custom_id: customId(feature, 'text', cardId),
    title: 'Your answer',
    components: [
      {
        type: ComponentType.Label,
        label: kind === 'open' ? 'Answer in a few sentences' : 'A word, a name or a number',
        // Discord allows 100 characters here.
        description: oneLine(question.prompt.replaceAll('`', ''), 100),
        component: {
          type: ComponentType.TextInput,
          custom_id: 'answer',
          style: kind === 'open' ? TextInputStyle.Paragraph : TextInputStyle.Short,
          min_length: 1,
          max_length: longestTyped[kind],
          required: true,
        },
      },
    ],
  };
  await showForm(interaction, form);
}
