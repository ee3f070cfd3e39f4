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
import { button, buttonRows, container, separator, text } from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import type { Outgoing } from '../discord/outgoing.js';
import { codeSpan } from '../discord/text.js';
import type { HiddenMembers } from '../people/hidden.js';
import type { CardAnswersGiven, PracticeAnswer, PracticeCard } from './records.js';
import { revealForAllMs } from './rules.js';
import * as words from './words.js';

export const questionFeature = 'practice';
/** Names that fit on a card. */
const namesShown = 10;
const longestQuote = 600;

/** A card whose question stands in the bank as it was asked. */
export interface CardView extends OpenCard {
  readonly id: string;
  readonly card: PracticeCard;
  readonly given: CardAnswersGiven;
  /** Counted, and not named. */
  readonly hidden: HiddenMembers;
}

/** The card as it stands: open with its buttons, or revealed. */
export function practiceCard(view: CardView): Outgoing {
  return view.card.revealedAt === undefined ? openCard(view) : revealedCard(view);
}

const anotherButton = (id: string, { isPrivate }: PracticeCard) =>
  button('Another', customId(questionFeature, isPrivate ? 'own-another' : 'another', id));

/** Stands in a custom id of a public card's message and in no other message. */
export const cardMark = (id: string): string => customId(questionFeature, 'another', id);

function openCard(view: CardView): Outgoing {
  const { id, card, question, asked, topicTitle } = view;
  const status = card.isPrivate
    ? words.onlyYouSee
    : words.openStatus(view.given.size, card.askerId, card.askedAt + revealForAllMs);
  return {
    components: [
      container(
        [
          text(heading(question, topicTitle)),
          ...questionText(question, asked),
          ...answerRows(questionFeature, id, view),
          text(status),
          ...buttonRows([button('Reveal', customId(questionFeature, 'reveal', id)), anotherButton(id, card)]),
        ],
        levelColours[question.level],
      ),
    ],
  };
}

function revealedCard(view: CardView): Outgoing {
  const { id, card, question, asked, topicTitle } = view;
  const given = [...view.given.values()];
  const mine = card.isPrivate ? given[0] : undefined;
  const answers = given.map(({ answer }) => answer);
  const spread = card.isPrivate ? undefined : spreadText(question, asked, answers);
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
          ...(card.isPrivate ? [] : [text(groupText(view))]),
          ...buttonRows([anotherButton(id, card)]),
        ],
        levelColours[question.level],
      ),
    ],
  };
}

/** The card of a question that is no longer in the bank as it was asked. */
export function changedCard(id: string, card: PracticeCard): Outgoing {
  return {
    components: [container([text(words.questionChanged), ...buttonRows([anotherButton(id, card)])])],
  };
}

function verdictText({ question, asked }: OpenCard, { answer, right }: PracticeAnswer): string {
  if (right === undefined) {
    const { matched = [] } = grade(question, answer);
    const points = 'keyPoints' in question ? question.keyPoints.length : 0;
    const typed = 'text' in answer ? codeSpan(answer.text, longestQuote) : '';
    return words.pointsNamed(matched.length, points, typed);
  }
  return words.verdict(right, answerLetters(question, asked, answer), whyWrongText(question, asked, answer));
}

/** How the group did; who was right is named once everything is open. */
function groupText({ given: answers, hidden }: CardView): string {
  const given = [...answers];
  if (given.length === 0) return words.nobodyAnswered;
  const right = given.filter(([, { right }]) => right).map(([member]) => member);
  const judged = given.some(([, { right }]) => right !== undefined);
  if (!judged) return words.peopleAnswered(given.length);
  const seen = right.filter((member) => !hidden.has(member));
  const names = seen.slice(0, namesShown).map((member) => `<@${member}>`);
  return words.groupResult(names, right.length - names.length, right.length, given.length);
}

/** The private receipt of an answer on a public card; it does not tell right from wrong. */
export function questionReceipt({ question, asked }: OpenCard, answer: Answer, isFirst: boolean): Outgoing {
  return {
    components: [
      container([
        text(`${isFirst ? words.recorded : words.recordedBefore}\n${answerText(question, asked, answer)}`),
        text(words.comesWithReveal),
      ]),
    ],
  };
}

/** For a press on a public card whose answer is out, or is about to be shown: the answer, to the presser alone. */
export function revealedNotice(view: OpenCard, mine: PracticeAnswer | undefined, said: string): Outgoing {
  return {
    components: [
      container(
        [
          text(mine ? `${said}\n${verdictText(view, mine)}` : said),
          ...solutionText(view.question, view.asked),
        ],
        levelColours[view.question.level],
      ),
    ],
  };
}
