import { letters, toBank } from '../asking/asked.js';
import {
  answerButtons,
  closedButtons,
  heading,
  questionText,
  solutionText,
  whyWrongText,
} from '../asking/layout.js';
import type { Bank } from '../bank/bank.js';
import { accent, button, buttonRows, container, separator, text } from '../discord/components.js';
import type { Outgoing } from '../discord/outgoing.js';
import { awards } from './awards.js';
import type { Game, Round } from './game.js';
import { countingVotes } from './given.js';
import { quizId, roundAnswerIds } from './ids.js';
import { isSeen, presentCount, type QuizState } from './players.js';
import { commonMistake, spreadOf } from './spread.js';
import type { RoundView } from './views.js';
import { sharesOf } from './votes.js';
import * as words from './words.js';

const titleOf = ({ question, topicTitle, round }: RoundView, { planned }: Game): string =>
  heading(question, topicTitle, `${words.roundOf(round, planned)} · `);

/** The card of an open round. `endsAt` is when the countdown reaches zero. */
export function openRoundCard(state: QuizState, view: RoundView, endsAt: number): Outgoing {
  const { game } = state;
  const round = game.rounds[view.round] as Round;
  const { asked, extended, seconds, second } = round;
  const answered = countingVotes(state, view.round).size;
  const isFirst = game.settings.mode === 'discuss' && !second;
  const isLonger = seconds !== undefined && seconds > game.settings.seconds;
  return {
    components: [
      container(
        [
          text(titleOf(view, game)),
          ...questionText(view.question, asked),
          ...(second ? [text(hintLine(view, round))] : []),
          ...buttonRows(answerButtons(view.question, asked, roundAnswerIds(game.id, view.round))),
          ...(isLonger ? [text(words.longerLine)] : []),
          ...(extended ? [text(words.extendedLine)] : moreTime(game.id, view.round)),
          text(
            isFirst
              ? words.firstVoteLine(endsAt)
              : words.openRoundLine(endsAt, answered, presentCount(state)),
          ),
        ],
        accent,
      ),
    ],
    nonce: `${game.id}${second ? 'v' : 'r'}${view.round}`,
  };
}

/** Over the second vote: what to think of. */
function hintLine({ question }: RoundView, { asked, hint, hinted }: Round): string {
  if (!hinted) return words.secondVoteLine;
  if (hint === undefined) return words.readAgainLine;
  const why = whyWrongText(question, asked, toBank(asked, [hint]));
  return words.hintLine(letters[hint] ?? '', why);
}

/** The card of a first vote that is over: no counts, nothing of what is right. */
export function firstVoteCard({ game }: QuizState, view: RoundView): Outgoing {
  const { asked } = game.rounds[view.round] as Round;
  const { phase } = game;
  const buttons = answerButtons(view.question, asked, roundAnswerIds(game.id, view.round));
  return {
    components: [
      container(
        [
          text(titleOf(view, game)),
          ...questionText(view.question, asked),
          ...buttonRows(buttons.map((one) => ({ ...one, disabled: true }))),
          text(phase.name === 'discussing' ? words.discussLine(phase.nextAt) : words.firstOverLine),
        ],
        accent,
      ),
    ],
  };
}

/** In a row of its own, so that nobody takes it for an answer. */
const moreTime = (gameId: string, round: number) =>
  buttonRows([button('+15 s', quizId('extend', gameId, round))]);

/** The card of a closed round: the right option, why, how the answers were spread, who was fastest. */
export function closedRoundCard(state: QuizState, view: RoundView): Outgoing {
  const { game } = state;
  const round = game.rounds[view.round] as Round;
  const { asked } = round;
  const answers = [...countingVotes(state, view.round).values()];
  const spread = spreadOf(view, round, answers);
  const mistake = commonMistake(view, round, answers);
  return {
    components: [
      container(
        [
          text(titleOf(view, game)),
          ...questionText(view.question, asked),
          ...buttonRows(closedButtons(view.question, asked, roundAnswerIds(game.id, view.round))),
          separator(),
          ...solutionText(view.question, asked),
          ...(spread ? [text(spread)] : []),
          ...(mistake ? [text(mistake)] : []),
          text(outcomeLines(state, view.round, round, answers.length).join('\n')),
        ],
        accent,
      ),
    ],
  };
}

function outcomeLines(state: QuizState, index: number, round: Round, given: number): string[] {
  const earned = awards(state, index);
  const right = earned.filter((award) => award.right);
  const fastest = right.find(({ member }) => isSeen(state, member));
  const again = round.again?.filter((member) => isSeen(state, member)) ?? [];
  return [
    words.outcomeLine(round.ended ?? 'time', right.length, given),
    ...(fastest ? [words.fastestLine(fastest.member, fastest.tookMs, fastest.points)] : []),
    ...changeLines(state, index),
    ...(round.practice ? [words.practiceLine] : []),
    ...(again.length > 0 ? [words.againLine(again)] : []),
  ];
}

/** What discussing has changed. */
function changeLines(state: QuizState, index: number): string[] {
  const shares = sharesOf(state, index);
  return shares ? [words.changeLine(...shares)] : [];
}

/** A round whose question has left the bank, or never came to be posted. */
export function voidRoundCard({ rounds, planned }: Game, round: number, bank: Bank): Outgoing {
  const { asked } = rounds[round] as Round;
  const isCurrent = bank.get(asked.questionId, asked.rev)?.rev === asked.rev;
  return {
    components: [
      container([
        text(`### ${words.roundOf(round, planned)}`),
        text(isCurrent ? words.voidWords.unposted : words.voidWords.changed),
      ]),
    ],
  };
}
