import { answerRows, type OpenCard } from '../asking/card-answers.js';
import {
  answerText,
  commonMistakeText,
  heading,
  questionText,
  solutionText,
  spreadText,
  verdictColours,
  verdictText,
} from '../asking/layout.js';
import type { Answer } from '../bank/question.js';
import { accent, button, buttonRows, container, separator, text } from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import type { Outgoing } from '../discord/outgoing.js';
import { codeSpan } from '../discord/text.js';
import type { HiddenMembers } from '../people/hidden.js';
import { openButtons } from './open-answers.js';
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
  const openFrom = card.askedAt + revealForAllMs;
  return {
    components: [
      container(
        [
          text(heading(question, topicTitle)),
          ...questionText(question, asked),
          ...answerRows(questionFeature, id, view),
          // Of a private message Discord says itself who sees it.
          ...(card.isPrivate ? [] : [text(words.openStatus(view.given.size, card.askerId, openFrom))]),
          ...buttonRows([button('Reveal', customId(questionFeature, 'reveal', id)), anotherButton(id, card)]),
        ],
        accent,
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
  const mistake = card.isPrivate ? undefined : commonMistakeText(question, asked, answers);
  return {
    components: [
      container(
        [
          text(heading(question, topicTitle)),
          ...questionText(question, asked),
          ...answerRows(questionFeature, id, view, { closed: true, own: mine?.answer }),
          separator(),
          ...(mine ? [text(ownVerdict(view, mine))] : []),
          ...solutionText(question, asked),
          ...(spread ? [text(spread)] : []),
          ...(mistake ? [text(mistake)] : []),
          ...(card.isPrivate ? [] : [text(groupText(view))]),
          ...buttonRows([
            ...(question.kind === 'open' ? openButtons(questionFeature, id, view, given.length) : []),
            anotherButton(id, card),
          ]),
        ],
        colourOf(mine),
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

function ownVerdict(
  { question, asked }: OpenCard,
  { answer, right }: PracticeAnswer,
  as?: { readonly alone: boolean },
): string {
  if (right !== undefined) return verdictText(question, asked, { answer, right }, as);
  const typed = 'text' in answer ? codeSpan(answer.text, longestQuote) : '';
  return `${words.yourAnswer}\n> ${typed}\n${words.compare}`;
}

/** Right or wrong shows in the colour of a card only where it is for whoever answered. */
const colourOf = (mine: PracticeAnswer | undefined): number =>
  mine?.right === undefined ? accent : mine.right ? verdictColours.right : verdictColours.wrong;

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
          text(mine ? `${said}\n${ownVerdict(view, mine, { alone: true })}` : said),
          ...solutionText(view.question, view.asked),
        ],
        colourOf(mine),
      ),
    ],
  };
}
