import { answerRows, type OpenCard } from '../asking/card-answers.js';
import {
  answerLetters,
  answerText,
  heading,
  levelColours,
  questionText,
  solutionText,
  spreadText,
  whyWrongText,
} from '../asking/layout.js';
import { grade } from '../bank/grade.js';
import type { Answer } from '../bank/question.js';
import {
  button,
  buttonRows,
  clip,
  container,
  count,
  separator,
  text,
  timestamp,
} from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { PracticeCard } from './records.js';

export const questionFeature = 'practice';
/** After this, anybody may reveal the answer. */
export const revealForAllMs = 60_000;
/** After this, the answer shows itself. */
export const revealItselfMs = 24 * 60 * 60_000;
/** Names that fit on a card. */
const namesShown = 10;

export interface CardView extends OpenCard {
  readonly id: string;
  readonly card: PracticeCard;
  readonly topicTitle: string;
}

/** The card as it stands: open with its buttons, or revealed. `member` is its reader, on a private card. */
export function practiceCard(view: CardView): Outgoing {
  return view.card.revealedAt === undefined ? openCard(view) : revealedCard(view);
}

function openCard(view: CardView): Outgoing {
  const { id, card, question, asked, topicTitle } = view;
  const answered = Object.keys(card.answers).length;
  const status = card.isPrivate
    ? '-# Only you see this question.'
    : `${answered} answered · <@${card.askerId}> can reveal now, everybody ${timestamp(card.askedAt + revealForAllMs)}`;
  return {
    components: [
      container(
        [
          text(heading(question, topicTitle)),
          ...questionText(question, asked),
          ...answerRows(questionFeature, id, view),
          text(status),
          ...buttonRows([
            button('Reveal', customId(questionFeature, 'reveal', id)),
            button('Another', customId(questionFeature, 'another', id)),
          ]),
        ],
        levelColours[question.level],
      ),
    ],
  };
}

function revealedCard(view: CardView): Outgoing {
  const { id, card, question, asked, topicTitle } = view;
  const given = Object.values(card.answers);
  const mine = card.isPrivate ? given[0] : undefined;
  const spread = card.isPrivate
    ? undefined
    : spreadText(
        question,
        asked,
        given.map(({ answer }) => answer),
      );
  return {
    components: [
      container(
        [
          text(heading(question, topicTitle)),
          ...questionText(question, asked),
          ...answerRows(questionFeature, id, view, true),
          separator(),
          ...(mine ? [text(verdictText(view, mine))] : []),
          ...solutionText(question, asked),
          ...(spread ? [text(spread)] : []),
          ...(card.isPrivate ? [] : [text(groupText(card))]),
          ...buttonRows([button('Another', customId(questionFeature, 'another', id))]),
        ],
        levelColours[question.level],
      ),
    ],
  };
}

function verdictText(
  { question, asked }: CardView,
  { answer, right }: PracticeCard['answers'][string],
): string {
  if (right === undefined) {
    const { matched = [] } = grade(question, answer);
    const points = 'keyPoints' in question ? question.keyPoints.length : 0;
    return `**Your answer** names ${matched.length} of ${count(points, 'key point')}. Compare it with the model answer:\n> ${quote(answer)}`;
  }
  const why = whyWrongText(question, asked, answer);
  return `${right ? '✅ **Right.**' : '❌ **Not right.**'} Your answer: ${answerLetters(question, asked, answer)}${why && `\n${why}`}`;
}

const quote = (answer: Answer): string =>
  'text' in answer ? clip(answer.text, 600).replaceAll(/\s*\n\s*/g, '\n> ') : '';

/** How the group did; who was right is named once everything is open. */
function groupText({ answers }: PracticeCard): string {
  const given = Object.entries(answers);
  if (given.length === 0) return 'Nobody answered.';
  const right = given.filter(([, { right }]) => right).map(([member]) => `<@${member}>`);
  const judged = given.some(([, { right }]) => right !== undefined);
  if (!judged)
    return `${count(given.length, 'person', 'people')} answered. Compare your answers with the key points.`;
  const more = right.length > namesShown ? ` and ${right.length - namesShown} more` : '';
  return `${right.length} of ${given.length} right${right.length ? `: ${right.slice(0, namesShown).join(' ')}${more}` : '.'}`;
}

/** The private receipt of an answer on a public card; it does not tell right from wrong. */
export function questionReceipt({ question, asked }: CardView, answer: Answer, isFirst: boolean): Outgoing {
  const words = isFirst ? 'Your answer is recorded:' : 'You have answered already. Your first answer counts:';
  return {
    components: [
      container([
        text(`${words}\n${answerText(question, asked, answer)}`),
        text('-# The answer comes with the reveal.'),
      ]),
    ],
  };
}
