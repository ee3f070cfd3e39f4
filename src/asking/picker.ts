import { ButtonStyle } from 'discord.js';
import type { Question } from '../bank/question.js';
import { button, buttonRows, clip, container, text } from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import type { Outgoing } from '../discord/outgoing.js';
import { letters, shownTexts } from './asked.js';
import type { OpenCard } from './card-answers.js';
import { heading, levelColours, questionText } from './layout.js';
import { choiceSoFar, orderSoFar, submitLabel } from './words.js';

/** Longer options are cut in the picker; they stand in full on the card. */
const longestOption = 400;

/** Kinds whose answer is several letters. */
export const isPicked = ({ kind }: Question): boolean => kind === 'multiple-choice' || kind === 'ordering';

/** The choice after a letter was pressed: put to it, or taken away. */
export function toggled({ question }: OpenCard, chosen: readonly number[], shown: number): number[] {
  if (chosen.includes(shown)) return chosen.filter((one) => one !== shown);
  return question.kind === 'ordering' ? [...chosen, shown] : [...chosen, shown].sort((a, b) => a - b);
}

/** Whether a choice can be handed in: an order of all steps, or at least one option. */
export const isComplete = ({ question, asked }: OpenCard, chosen: readonly number[]): boolean =>
  question.kind === 'ordering' ? chosen.length === asked.order.length : chosen.length > 0;

/**
 * The message in which several letters are chosen. What is chosen so far is in its custom ids. On somebody's own
 * card it takes the card's place, with the question above.
 */
export function pickerCard(
  feature: string,
  cardId: string,
  card: OpenCard,
  chosen: readonly number[],
): Outgoing {
  const { question, asked, topicTitle, isOwn } = card;
  const state = chosen.map((shown) => letters[shown]).join('');
  const above = isOwn
    ? [text(heading(question, topicTitle)), ...questionText(question, asked, { options: false })]
    : [];
  return {
    components: [
      container(
        [
          ...above,
          text(question.kind === 'ordering' ? orderSoFar : choiceSoFar),
          text(linesOf(card, chosen).join('\n')),
          ...buttonRows(
            asked.order.map((_, shown) =>
              button(letters.charAt(shown), customId(feature, 'pick', cardId, state, shown), {
                style: chosen.includes(shown) ? ButtonStyle.Primary : ButtonStyle.Secondary,
              }),
            ),
          ),
          ...buttonRows([
            button(submitLabel, customId(feature, 'done', cardId, state), {
              style: ButtonStyle.Success,
              disabled: !isComplete(card, chosen),
            }),
          ]),
        ],
        levelColours[question.level],
      ),
    ],
  };
}

function linesOf({ question, asked }: OpenCard, chosen: readonly number[]): string[] {
  return shownTexts(question, asked).map((option, shown) => {
    const place = chosen.indexOf(shown);
    const isChosen = place >= 0;
    const mark = question.kind === 'ordering' && isChosen ? `\`${place + 1}\`` : isChosen ? '☑' : '☐';
    return `${mark} **${letters[shown]}**  ${clip(option, longestOption)}`;
  });
}
