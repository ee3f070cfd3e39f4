import { answerRows, type OpenCard } from '../../asking/card-answers.js';
import {
  answerText,
  heading,
  levelColours,
  questionText,
  rightAnswerText,
  solutionText,
  spreadText,
} from '../../asking/layout.js';
import { container, oneLine, plain, separator, text } from '../../discord/components.js';
import type { Outgoing } from '../../discord/outgoing.js';
import type { DailyAnswer } from '../records.js';
import type { Recap } from './recap.js';

export const dailyFeature = 'daily';

/** The right answer of the last question within a recap; options are longer than that only rarely. */
const longestAnswer = 250;

/** A question whose asked revision is still in the bank, as it is shown. */
export interface ShownCard extends OpenCard {
  readonly topicTitle: string;
}

/** How the post before went; without a card when its question has left the bank since. */
export interface LastPost {
  readonly recap: Recap;
  readonly card?: OpenCard | undefined;
}

export function postCard(post: {
  readonly id: string;
  readonly number: number;
  readonly card: ShownCard;
  readonly roleId?: string | undefined;
  readonly last?: LastPost | undefined;
}): Outgoing {
  const { id, number, card, roleId, last } = post;
  return {
    components: [
      container(
        [
          ...(roleId ? [text(`<@&${roleId}>`)] : []),
          ...(last ? [text(recapText(last)), separator()] : []),
          text(title(number, card)),
          ...questionText(card.question, card.asked),
          ...answerRows(dailyFeature, id, card),
          text(
            '-# Everybody answers once, in private, until the next question comes. Days in a row earn more.',
          ),
        ],
        levelColours[card.question.level],
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
  const spread = spreadText(
    card.question,
    card.asked,
    given.map(({ answer }) => answer),
  );
  return {
    components: [
      container(
        [
          text(title(number, card)),
          ...questionText(card.question, card.asked),
          ...answerRows(dailyFeature, id, card, true),
          separator(),
          ...solutionText(card.question, card.asked),
          text(`${spread ? `${spread}\n` : ''}-# Closed · ${countsText(recap)}`),
        ],
        levelColours[card.question.level],
      ),
    ],
  };
}

/** The card of a closed post whose question has been changed or removed since. */
export function goneCard(number: number, recap: Recap): Outgoing {
  return {
    components: [
      container([
        text(`### Daily question ${number}`),
        text('This question has been changed since, so it is no longer shown.'),
        text(`-# Closed · ${countsText(recap)}`),
      ]),
    ],
  };
}

const title = (number: number, { question, topicTitle }: ShownCard): string =>
  heading(question, topicTitle, `Daily question ${number} · `);

function recapText({ recap, card }: LastPost): string {
  const lines = [`**How the last one went** · ${countsText(recap)}`];
  if (card) {
    const answer = oneLine(rightAnswerText(card.question, card.asked), longestAnswer);
    lines.push(`The answer was ${closedMarkup(answer)}`);
  }
  const honours: string[] = [];
  if (recap.firstRight) honours.push(`First right: <@${recap.firstRight}>`);
  if (recap.longest && recap.longest.streak > 1)
    honours.push(`Longest streak: <@${recap.longest.member}>, ${recap.longest.streak} in a row`);
  if (honours.length > 0) lines.push(honours.join(' · '));
  return lines.join('\n');
}

function countsText({ answered, right }: Recap): string {
  if (answered === 0) return 'nobody answered';
  return `${answered} answered, ${Math.round((right / answered) * 100)} % right`;
}

/** Closes a code span or bold text that cutting has left open, so that it does not run into what follows. */
function closedMarkup(cut: string): string {
  const ticks = cut.split('`').length % 2 === 0 ? '`' : '';
  return `${cut}${ticks}`;
}

/** What a member gets for an answer, at once or when they press again. */
export function dailyReceipt(card: OpenCard, given: DailyAnswer, again: boolean): Outgoing {
  const { question, asked } = card;
  const verdict = given.right ? `**Right!** +${given.points} points` : '**Not right this time.**';
  const mine = given.right ? '' : `\nYour answer: ${oneLine(answerText(question, asked, given.answer), 300)}`;
  return {
    components: [
      container(
        [
          text(
            `${again ? 'You have answered this one already; the first answer counts.\n' : ''}${verdict}${mine}`,
          ),
          ...solutionText(question, asked),
          text(`-# ${streakText(given.streak)}`),
        ],
        given.right ? 0x3ba55d : 0xed4245,
      ),
    ],
  };
}

function streakText(streak: number): string {
  return streak === 1
    ? 'A streak begins: answer the next one too, right or wrong, to keep it.'
    : `${streak} daily questions in a row. Answer the next one too, right or wrong, to keep your streak.`;
}

/** For a press on a post that is closed. */
export function closedNotice(card: OpenCard | undefined, given: DailyAnswer | undefined): Outgoing {
  if (!card)
    return plain('This question is closed. It has been changed since, so its answer is no longer shown.');
  const { question, asked } = card;
  const mine = given
    ? `\nYou answered ${oneLine(answerText(question, asked, given.answer), 300)}: ${given.right ? `right, +${given.points} points` : 'not right'}.`
    : '';
  return {
    components: [
      container([
        text(`This question is closed: the newest daily question takes answers.${mine}`),
        ...solutionText(question, asked),
      ]),
    ],
  };
}

export const changedNotice: Outgoing = plain(
  'This question has been changed since it was posted, so it takes no answers any more. The next one comes as planned.',
);

export const unknownNotice: Outgoing = plain(
  'This daily question is no longer known here. The next one comes as planned.',
);
