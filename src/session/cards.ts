import { type APIComponentInContainer, ButtonStyle } from 'discord.js';
import { letters } from '../asking/asked.js';
import {
  closedButtons,
  heading,
  labelOf,
  questionText,
  solutionText,
  takesText,
  verdictColours,
  verdictText,
} from '../asking/layout.js';
import { isComplete } from '../asking/picker.js';
import type { Question } from '../bank/question.js';
import {
  accent,
  type Button,
  button,
  buttonRows,
  container,
  separator,
  text,
} from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { sessionIds } from './ids.js';
import { type Session, sureness } from './records.js';
import * as words from './words.js';

/** The question that a session shows, as it stands in the bank. */
export interface SessionView {
  readonly session: Session;
  readonly question: Question;
  readonly asked: NonNullable<Session['asked']>;
  readonly topicTitle: string;
}

/**
 * The question with its buttons, and what is chosen so far.
 * @param chosen letters as shown, from 0, in the order in which they were chosen
 */
export function askingCard(view: SessionView, chosen: readonly number[] = []): Outgoing {
  const { session, question, asked } = view;
  const isText = takesText(question.kind);
  return {
    components: [
      container(
        [
          ...headParts(view),
          ...questionText(question, asked),
          ...(isText ? textParts(view) : choosingParts(view, chosen)),
          ...buttonRows(onwardButtons(session)),
        ],
        accent,
      ),
    ],
  };
}

/** The question with the answer that was given, whether it was right, and why. */
export function answeredCard(view: SessionView, comesBackInDays: number | undefined): Outgoing {
  const { session, question, asked } = view;
  const { given } = session;
  if (!given) return askingCard(view);
  const { right, sure, answer } = given;
  const ids = sessionIds(session);
  const said = words.saidSure[sure][right ? 'right' : 'wrong'];
  const small = [
    ...(said ? [`-# ${said}`] : []),
    ...(comesBackInDays === undefined ? [] : [words.comesBack(comesBackInDays)]),
  ];
  const letterIds = { letter: (shown: number) => ids.pick([], shown), form: ids.form };
  return {
    components: [
      container(
        [
          ...headParts(view),
          ...questionText(question, asked),
          ...buttonRows(closedButtons(question, asked, letterIds, answer)),
          separator(),
          text([verdictText(question, asked, { answer, right }), ...small].join('\n')),
          ...solutionText(question, asked),
          ...buttonRows([
            button(words.labels.next, ids.next, { style: ButtonStyle.Primary }),
            ...onwardButtons(session),
          ]),
        ],
        right ? verdictColours.right : verdictColours.wrong,
      ),
    ],
  };
}

/** What is said of the questions before this one stands above it. */
function headParts({ session, question, topicTitle }: SessionView): APIComponentInContainer[] {
  const { title, done, given, most, ids, passed } = session;
  const number = done.length + (given ? 0 : 1);
  const lines = [
    words.progress(title, number, Math.min(most, Math.max(number, ids.length))),
    ...words.passedLines(passed),
  ];
  return [text(lines.join('\n')), text(heading(question, topicTitle))];
}

function choosingParts(
  { session, question, asked }: SessionView,
  chosen: readonly number[],
): APIComponentInContainer[] {
  const ids = sessionIds(session);
  const isOrder = question.kind === 'ordering';
  const order = chosen.map((shown) => `**${letters[shown]}**`).join(' → ');
  return [
    ...buttonRows(
      asked.order.map((_, shown) =>
        button(labelOf(question, shown), ids.pick(chosen, shown), {
          style: chosen.includes(shown) ? ButtonStyle.Primary : ButtonStyle.Secondary,
        }),
      ),
    ),
    ...(isOrder && order ? [text(words.orderSoFarLine(order))] : []),
    ...buttonRows(
      sureness.map((sure) =>
        button(words.labels[sure], ids.say(chosen, sure), {
          style: ButtonStyle.Success,
          disabled: !isComplete({ question, asked }, chosen),
        }),
      ),
    ),
    text(words.howSure),
  ];
}

function textParts({ session }: SessionView): APIComponentInContainer[] {
  return [
    ...buttonRows([button(words.labels.answer, sessionIds(session).form, { style: ButtonStyle.Primary })]),
    text(words.howSureInForm),
  ];
}

function onwardButtons(session: Session): Button[] {
  const ids = sessionIds(session);
  return [
    ...(session.kind === 'review' ? [button(words.labels.forget, ids.forget)] : []),
    button(words.labels.stop, ids.stop),
  ];
}
