import { isRight } from './awards.js';
import type { Round } from './game.js';
import { answersIn, type QuizAnswer } from './given.js';
import type { QuizState } from './players.js';

/** Below this share of right first votes, people need a hint rather than each other. */
const hintBelowPercent = 35;
/** Above this one, there is nothing to discuss. */
const answerAbovePercent = 70;
/** So few have nobody to convince. */
const fewestVoters = 4;

/** Right answers among all. */
export interface Share {
  readonly right: number;
  readonly all: number;
}

export function shareOf(round: Round, votes: Iterable<QuizAnswer>): Share {
  let right = 0;
  let all = 0;
  for (const vote of votes) {
    all++;
    if (isRight(round, vote)) right++;
  }
  return { right, all };
}

/**
 * What follows a first vote (peer instruction: Crouch and Mazur 2001): the answer at once, a hint and a second vote,
 * or a discussion and a second vote.
 */
export function afterFirstVote(round: Round, votes: readonly QuizAnswer[]): 'answer' | 'hint' | 'discuss' {
  const chosen = new Set(votes.map(({ shown, text }) => JSON.stringify(text?.toLowerCase() ?? shown)));
  if (votes.length < fewestVoters || chosen.size < 2) return 'answer';
  const { right, all } = shareOf(round, votes);
  if (right * 100 > answerAbovePercent * all) return 'answer';
  return right * 100 < hintBelowPercent * all ? 'hint' : 'discuss';
}

/** Of a round that was voted on twice: the first vote and the second. */
export function sharesOf({ game, given }: QuizState, index: number): [Share, Share] | undefined {
  const round = game.rounds[index];
  if (!round?.second || !round.ended) return undefined;
  return [
    shareOf(round, answersIn(given, index).values()),
    shareOf(round, (given.second.get(index) ?? new Map<string, QuizAnswer>()).values()),
  ];
}
