import type { Game } from './game.js';
import { countingVotes } from './given.js';
import type { QuizState } from './players.js';
import { type Share, shareOf } from './votes.js';

const mostShown = 3;

export interface Missed extends Share {
  readonly round: number;
}

/** The rounds whose question was missed by most of those who answered it, the hardest first. */
export const mostMissed = (state: QuizState): Missed[] => missedRounds(state).slice(0, mostShown);

/** The questions that somebody has missed, the hardest first. */
export const missedQuestions = (state: QuizState): string[] =>
  missedRounds(state).flatMap(({ round }) => state.game.rounds[round]?.asked.questionId ?? []);

function missedRounds(state: QuizState): Missed[] {
  return state.game.rounds
    .flatMap((round, index) => {
      if (!round.ended || round.ended === 'void') return [];
      const share = shareOf(round, countingVotes(state, index).values());
      return share.right < share.all ? [{ round: index, ...share }] : [];
    })
    .sort((a, b) => a.right / a.all - b.right / b.all || b.all - a.all || a.round - b.round);
}

/** The quiz with the thread in which a round's question is discussed; the first one stays. */
export function withThread(game: Game, round: number, threadId: string): Game {
  return {
    ...game,
    rounds: game.rounds.map((one, index) =>
      index === round && one.threadId === undefined ? { ...one, threadId } : one,
    ),
  };
}
