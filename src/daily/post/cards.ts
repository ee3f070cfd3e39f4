import { answerRows, type OpenCard } from '../../asking/card-answers.js';
import {
  commonMistakeText,
  heading,
  questionText,
  rightAnswerText,
  solutionText,
  spreadText,
  verdictColours,
  verdictText,
} from '../../asking/layout.js';
import { accent, buttonRows, container, plain, separator, text } from '../../discord/components.js';
import type { Outgoing } from '../../discord/outgoing.js';
import { cut } from '../../discord/text.js';
import { basePoints } from '../../ledger/points.js';
import { keepGoingButton } from '../../next/buttons.js';
import type { DailyAnswer, Week } from '../records.js';
import * as words from '../words.js';
import type { Recap } from './recap.js';

export const dailyFeature = 'daily';

/** The right answer of the last question within a recap; options are longer than that only rarely. */
const longestAnswer = 250;
const longestAsked = 160;
/** Of those who share the first place of a week. */
const winnersNamed = 5;

/** A question whose asked revision is still in the bank, as it is shown. */
export type ShownCard = OpenCard;

/** How the post before went; without a card when its question has left the bank since. */
export interface LastPost {
  readonly recap: Recap;
  readonly card?: OpenCard | undefined;
  /** Where it stands, if that is known. */
  readonly link?: string | undefined;
}

export function postCard(post: {
  readonly id: string;
  readonly number: number;
  readonly card: ShownCard;
  readonly roleId?: string | undefined;
  readonly last?: LastPost | undefined;
  /** How the week went, in words. */
  readonly week?: string | undefined;
  /** How many have answered, and how many have taken part of late, these included. */
  readonly answered?: number;
  readonly takingPart?: number;
}): Outgoing {
  const { id, number, card, roleId, last, week, answered = 0, takingPart = 0 } = post;
  const soFar = answered > 0 ? `${words.answeredSoFar(answered, takingPart)}\n` : '';
  return {
    components: [
      container(
        [
          ...(roleId ? [text(`<@&${roleId}>`)] : []),
          ...(week ? [text(week), separator()] : []),
          ...(last ? [text(recapText(last)), separator()] : []),
          text(title(number, card)),
          ...questionText(card.question, card.asked),
          ...answerRows(dailyFeature, id, card),
          text(`${soFar}${words.openHint}`),
        ],
        accent,
      ),
    ],
    ...(roleId && { mentionRoles: [roleId] }),
  };
}

/** The card of a post that is closed: what was right, why, and how the answers were spread. */
export function revealedCard(post: {
  readonly id: string;
  readonly number: number;
  readonly card: ShownCard;
  readonly given: readonly DailyAnswer[];
  readonly recap: Recap;
}): Outgoing {
  const { id, number, card, given, recap } = post;
  const answers = given.map(({ answer }) => answer);
  const spread = spreadText(card.question, card.asked, answers);
  const mistake = commonMistakeText(card.question, card.asked, answers);
  return {
    components: [
      container(
        [
          text(title(number, card)),
          ...questionText(card.question, card.asked),
          ...answerRows(dailyFeature, id, card, { closed: true }),
          separator(),
          ...solutionText(card.question, card.asked),
          text([spread, mistake, words.closedLine(countsOf(recap))].filter((part) => part).join('\n')),
        ],
        accent,
      ),
    ],
  };
}

/** The card of a closed post whose question has been changed or removed since. */
export function goneCard(number: number, recap: Recap): Outgoing {
  return {
    components: [
      container([
        text(`### ${words.questionNumber(number)}`),
        text(words.changedSince),
        text(words.closedLine(countsOf(recap))),
      ]),
    ],
  };
}

const title = (number: number, { question, topicTitle }: ShownCard): string =>
  heading(question, topicTitle, `${words.questionNumber(number)} · `);

function recapText({ recap, card, link }: LastPost): string {
  const lines = [words.lastOne(countsOf(recap))];
  if (card) {
    lines.push(words.askedWas(cut(card.question.prompt, longestAsked), link));
    const answer = cut(rightAnswerText(card.question, card.asked), longestAnswer);
    lines.push(words.answerWas(answer));
  }
  const honours: string[] = [];
  if (recap.firstRight) honours.push(words.firstRight(recap.firstRight));
  if (recap.longest && recap.longest.streak > 1)
    honours.push(words.longestStreak(recap.longest.member, recap.longest.streak));
  if (honours.length > 0) lines.push(honours.join(' · '));
  return lines.join('\n');
}

/** @param hardestPrompt the prompt of the hardest question, if the bank still has it */
export function weekText(
  { winners, points, hardest, improved }: Week,
  hardestPrompt: string | undefined,
): string {
  return [
    words.weekTitle,
    ...(winners.length > 0 ? [words.weekWinners(winners.slice(0, winnersNamed), points)] : []),
    ...(hardest && hardestPrompt
      ? [words.weekHardest(cut(hardestPrompt, longestAsked), hardest.right, hardest.answered)]
      : []),
    ...(improved ? [words.weekImproved(improved.member, improved.gain)] : []),
  ].join('\n');
}

const countsOf = ({ answered, right }: Recap): string => words.countsText(answered, right);

/** What a member gets for an answer, at once or when they press again. */
export function dailyReceipt(
  card: OpenCard,
  given: DailyAnswer,
  { again, held }: { readonly again: boolean /** Points are booked later. */; readonly held: boolean },
): Outgoing {
  const { question, asked } = card;
  return {
    components: [
      container(
        [
          text(`${again ? words.answeredBefore : ''}${ownVerdict(card, given)}`),
          ...solutionText(question, asked),
          text(
            `-# ${words.streakText(given.streak)}${held && given.points > 0 ? `\n-# ${words.countedLater}` : ''}`,
          ),
          ...buttonRows([keepGoingButton()]),
        ],
        given.right ? verdictColours.right : verdictColours.wrong,
      ),
    ],
  };
}

function ownVerdict({ question, asked }: OpenCard, { answer, right, points, repeated }: DailyAnswer): string {
  const verdict = verdictText(question, asked, { answer, right }, { alone: true });
  if (!right) return verdict;
  return `${verdict}\n${repeated ? words.earnedBefore : words.earned(points, basePoints(question.level))}`;
}

/** For a press on a post that is closed. */
export function closedNotice(card: OpenCard | undefined, given: DailyAnswer | undefined): Outgoing {
  if (!card) return plain(words.closedAndChanged);
  const mine = given ? `\n${ownVerdict(card, given)}` : '';
  return {
    components: [container([text(`${words.closedNow}${mine}`), ...solutionText(card.question, card.asked)])],
  };
}
