import { type APIActionRowComponent, type APIStringSelectComponent, ComponentType } from 'discord.js';
import type { OpenCard } from '../asking/card-answers.js';
import { grade } from '../bank/grade.js';
import type { OpenQuestion } from '../bank/question.js';
import { accent, button, buttonRows, clip, container, plain, text } from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import type { Outgoing } from '../discord/outgoing.js';
import { codeSpan } from '../discord/text.js';
import type { HiddenMembers } from '../people/hidden.js';
import type { CardAnswersGiven, PracticeAnswer } from './records.js';
import * as words from './words.js';

/** Four of them fit a message with what stands around them. */
const longestShown = 900;
const answersOnPage = 4;
const longestQuote = 600;
/** Discord's limit of an option in a select. */
const longestOption = 100;

/** The buttons below the answer of an open question, which people judge by themselves. */
export function openButtons(feature: string, id: string, { isOwn }: OpenCard, answered: number) {
  const points = button(words.pointsLabel, customId(feature, 'points', id));
  const all = button(words.answersLabel, customId(feature, 'answers', id, 0));
  return isOwn || answered === 0 ? [points] : [all, points];
}

/** What everybody wrote, a page at a time, for whoever wants to read it; the hidden without their names. Only for a card whose answer is out. */
export function allAnswersCard(
  feature: string,
  id: string,
  { given, hidden }: { readonly given: CardAnswersGiven; readonly hidden: HiddenMembers },
  page: number,
): Outgoing {
  const written = [...given].flatMap(([member, { answer }]) =>
    'text' in answer
      ? [`${hidden.has(member) ? words.somebody : `<@${member}>`}\n${codeSpan(answer.text, longestShown)}`]
      : [],
  );
  const pages = Math.max(1, Math.ceil(written.length / answersOnPage));
  const shown = Math.min(page, pages - 1);
  const turn = (label: string, to: number) =>
    button(label, customId(feature, 'answers-page', id, to), { disabled: to < 0 || to >= pages });
  return {
    components: [
      container(
        [
          text(words.answersTitle(written.length)),
          ...written.slice(shown * answersOnPage, (shown + 1) * answersOnPage).map(text),
          ...(pages > 1
            ? [
                text(words.pageOf(shown, pages)),
                ...buttonRows([turn('◀', Math.max(shown - 1, -1)), turn('▶', shown + 1)]),
              ]
            : []),
        ],
        accent,
      ),
    ],
  };
}

/**
 * One's own answer beside the key points, to tick those that it names.
 * @param ticked numbers of points; undefined before anything was chosen
 */
export function pointsCard(
  feature: string,
  id: string,
  view: { readonly question: OpenQuestion; readonly mine: PracticeAnswer | undefined },
  ticked?: readonly number[],
): Outgoing {
  const { question, mine } = view;
  const { keyPoints } = question;
  const typed = mine && 'text' in mine.answer ? mine.answer.text : undefined;
  if (typed === undefined) return plain(words.nothingToTick);
  const guessed = grade(question, { text: typed }).matched ?? [];
  const missing = ticked && keyPoints.filter((_, index) => !ticked.includes(index));
  return {
    components: [
      container(
        [
          text(`${words.yourAnswer}\n> ${codeSpan(typed, longestQuote)}`),
          text(keyPoints.map(({ point }, index) => `${index + 1}. ${point}`).join('\n')),
          pointsSelect(feature, id, question, ticked ?? []),
          text(
            missing
              ? words.ticked(
                  keyPoints.length - missing.length,
                  keyPoints.length,
                  missing.map(({ point }) => point),
                )
              : words.guessedPoints(guessed.map((index) => index + 1)),
          ),
        ],
        accent,
      ),
    ],
  };
}

function pointsSelect(
  feature: string,
  id: string,
  { keyPoints }: OpenQuestion,
  ticked: readonly number[],
): APIActionRowComponent<APIStringSelectComponent> {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: customId(feature, 'tick', id),
        placeholder: words.tickHere,
        min_values: 0,
        max_values: keyPoints.length,
        options: keyPoints.map(({ point }, index) => ({
          label: clip(`${index + 1}. ${point}`, longestOption),
          value: String(index),
          ...(ticked.includes(index) && { default: true }),
        })),
      },
    ],
  };
}
