import { type APIComponentInContainer, ButtonStyle } from 'discord.js';
import type { Question } from '../bank/question.js';
import { accent, button, buttonRows, container, text } from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import type { Outgoing } from '../discord/outgoing.js';
import { letters, shownTexts } from './asked.js';
import type { OpenCard } from './card-answers.js';
import { heading, questionText } from './layout.js';
import { choiceSoFar, orderSoFar, submitLabel } from './words.js';

/** A question as it was put, on a card or in a round. */
type Put = Pick<OpenCard, 'question' | 'asked'>;

/** The custom ids of a picker's buttons; `state` is what is chosen so far, as letters. */
export interface PickerIds {
  pick(state: string, shown: number): string;
  done(state: string): string;
}

/** Kinds whose answer is several letters. */
export const isPicked = ({ kind }: Question): boolean => kind === 'multiple-choice' || kind === 'ordering';

/** The choice after a letter was pressed: put to it, or taken away. */
export function toggled({ question }: Put, chosen: readonly number[], shown: number): number[] {
  if (chosen.includes(shown)) return chosen.filter((one) => one !== shown);
  return question.kind === 'ordering' ? [...chosen, shown] : [...chosen, shown].sort((a, b) => a - b);
}

/** Whether a choice can be handed in: an order of all steps, or at least one option. */
export const isComplete = ({ question, asked }: Put, chosen: readonly number[]): boolean =>
  question.kind === 'ordering' ? chosen.length === asked.order.length : chosen.length > 0;

/** The choice so far, a button for each letter, and one to hand it in. */
export function pickerParts(put: Put, chosen: readonly number[], ids: PickerIds): APIComponentInContainer[] {
  const { question, asked } = put;
  const state = chosen.map((shown) => letters[shown]).join('');
  const isOrder = question.kind === 'ordering';
  const lines = shownTexts(question, asked).map((option, shown) => {
    const place = chosen.indexOf(shown);
    const mark = place < 0 ? '☐' : isOrder ? `\`${place + 1}\`` : '☑';
    return `${mark} **${letters[shown]}**  ${option}`;
  });
  return [
    text(isOrder ? orderSoFar : choiceSoFar),
    text(lines.join('\n')),
    ...buttonRows(
      asked.order.map((_, shown) =>
        button(letters.charAt(shown), ids.pick(state, shown), {
          style: chosen.includes(shown) ? ButtonStyle.Primary : ButtonStyle.Secondary,
        }),
      ),
    ),
    ...buttonRows([
      button(submitLabel, ids.done(state), {
        style: ButtonStyle.Success,
        disabled: !isComplete(put, chosen),
      }),
    ]),
  ];
}

/**
 * The message in which several letters are chosen. What is chosen so far is in its custom ids. On somebody's own
 * card it takes the card's place, with the question above.
 */
export function answerPickerCard(
  feature: string,
  cardId: string,
  card: OpenCard,
  chosen: readonly number[],
): Outgoing {
  const { question, asked, topicTitle, isOwn } = card;
  const above = isOwn
    ? [text(heading(question, topicTitle)), ...questionText(question, asked, { options: false })]
    : [];
  const ids = {
    pick: (state: string, shown: number) => customId(feature, 'pick', cardId, state, shown),
    done: (state: string) => customId(feature, 'done', cardId, state),
  };
  const parts = pickerParts(card, chosen, ids);
  return { components: [container([...above, ...parts], accent)] };
}
