import {
  answerButtons,
  closedButtons,
  heading,
  levelColours,
  questionText,
  solutionText,
} from '../asking/layout.js';
import type { Bank } from '../bank/bank.js';
import { button, buttonRows, container, separator, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { awards } from './awards.js';
import type { Game, Round } from './game.js';
import { answersIn } from './given.js';
import { answerIds, quizId } from './ids.js';
import { presentCount, type QuizState } from './players.js';
import { commonMistake, spreadOf } from './spread.js';
import type { RoundView } from './views.js';
import * as words from './words.js';

const titleOf = ({ question, topicTitle, round }: RoundView, { planned }: Game): string =>
  heading(question, topicTitle, `${words.roundOf(round, planned)} · `);

/** The card of an open round. `endsAt` is when the countdown reaches zero. */
export function openRoundCard(state: QuizState, view: RoundView, endsAt: number): Outgoing {
  const { game, given } = state;
  const { asked, extended, seconds } = game.rounds[view.round] as Round;
  const answered = answersIn(given, view.round).size;
  const isLonger = seconds !== undefined && seconds > game.settings.seconds;
  return {
    components: [
      container(
        [
          text(titleOf(view, game)),
          ...questionText(view.question, asked),
          ...buttonRows(answerButtons(view.question, asked, answerIds(game.id, view.round))),
          ...(isLonger ? [text(words.longerLine)] : []),
          ...(extended ? [text(words.extendedLine)] : moreTime(game.id, view.round)),
          text(words.openRoundLine(endsAt, answered, presentCount(state))),
        ],
        levelColours[view.question.level],
      ),
    ],
    nonce: `${game.id}r${view.round}`,
  };
}

/** In a row of its own, so that nobody takes it for an answer. */
const moreTime = (gameId: string, round: number) =>
  buttonRows([button('+15 s', quizId('extend', gameId, round))]);

/** The card of a closed round: the right option, why, how the answers were spread, who was fastest. */
export function closedRoundCard(state: QuizState, view: RoundView): Outgoing {
  const { game, given } = state;
  const round = game.rounds[view.round] as Round;
  const { asked } = round;
  const answers = [...answersIn(given, view.round).values()];
  const spread = spreadOf(view, round, answers);
  const mistake = commonMistake(view, round, answers);
  return {
    components: [
      container(
        [
          text(titleOf(view, game)),
          ...questionText(view.question, asked),
          ...buttonRows(closedButtons(view.question, asked, answerIds(game.id, view.round))),
          separator(),
          ...solutionText(view.question, asked),
          ...(spread ? [text(spread)] : []),
          ...(mistake ? [text(mistake)] : []),
          text(outcomeLines(state, view.round, round, answers.length).join('\n')),
        ],
        levelColours[view.question.level],
      ),
    ],
  };
}

function outcomeLines(state: QuizState, index: number, round: Round, given: number): string[] {
  const earned = awards(state, index);
  const right = earned.filter((award) => award.right);
  const [fastest] = right;
  return [
    words.outcomeLine(round.ended ?? 'time', right.length, given),
    ...(fastest ? [words.fastestLine(fastest.member, fastest.tookMs, fastest.points)] : []),
    ...(round.practice ? [words.practiceLine] : []),
    ...(round.again && round.again.length > 0 ? [words.againLine(round.again)] : []),
  ];
}

/** A round whose question has left the bank, or never came to be posted. */
export function voidRoundCard({ rounds, planned }: Game, round: number, bank: Bank): Outgoing {
  const { asked } = rounds[round] as Round;
  const isCurrent = bank.get(asked.questionId)?.rev === asked.rev;
  return {
    components: [
      container([
        text(`### ${words.roundOf(round, planned)}`),
        text(isCurrent ? words.voidWords.unposted : words.voidWords.changed),
      ]),
    ],
  };
}
