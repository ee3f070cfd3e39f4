import { ButtonStyle } from 'discord.js';
import { letters, shownTexts } from '../asking/asked.js';
import { levelColours } from '../asking/layout.js';
import type { Question } from '../bank/question.js';
import { button, buttonRows, container, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { cut } from '../discord/text.js';
import { quizId } from './ids.js';
import type { AskedQuestion } from './views.js';
import * as words from './words.js';

/** Longer options are cut in the picker; they stand in full on the card. */
const longestOption = 300;

/** Kinds whose answer is several letters. */
export const isPicked = ({ kind }: Question): boolean => kind === 'multiple-choice' || kind === 'ordering';

/** The choice after a letter was pressed: put to it, or taken away. */
export function toggled({ question }: AskedQuestion, chosen: readonly number[], shown: number): number[] {
  if (chosen.includes(shown)) return chosen.filter((one) => one !== shown);
  return question.kind === 'ordering' ? [...chosen, shown] : [...chosen, shown].sort((a, b) => a - b);
}

/** Whether a choice can be handed in: an order of all steps, or at least one option. */
export const isComplete = ({ question, asked }: AskedQuestion, chosen: readonly number[]): boolean =>
  question.kind === 'ordering' ? chosen.length === asked.order.length : chosen.length > 0;

/** The private message in which several letters are chosen; what is chosen so far is in its custom ids. */
export function pickerCard(
  { id, round }: { readonly id: string; readonly round: number },
  put: AskedQuestion,
  chosen: readonly number[],
): Outgoing {
  const { question, asked } = put;
  const state = chosen.map((shown) => letters[shown]).join('');
  const isOrder = question.kind === 'ordering';
  const lines = shownTexts(question, asked).map((option, shown) => {
    const place = chosen.indexOf(shown);
    const mark = place < 0 ? '☐' : isOrder ? `\`${place + 1}\`` : '☑';
    return `${mark} **${letters[shown]}**  ${cut(option, longestOption)}`;
  });
  return {
    components: [
      container(
        [
          text(isOrder ? words.orderSoFar : words.choiceSoFar),
          text(lines.join('\n')),
          ...buttonRows(
            asked.order.map((_, shown) =>
              button(letters.charAt(shown), quizId('pick', id, round, state, shown), {
                style: chosen.includes(shown) ? ButtonStyle.Primary : ButtonStyle.Secondary,
              }),
            ),
          ),
          ...buttonRows([
            button(words.submitLabel, quizId('done', id, round, state), {
              style: ButtonStyle.Success,
              disabled: !isComplete(put, chosen),
            }),
          ]),
        ],
        levelColours[question.level],
      ),
    ],
  };
}
