import { changed, type QuizStep, stays, withRound } from './events.js';
import type { Game, Round } from './game.js';
import { answersIn } from './given.js';
import { lengthOf } from './length.js';
import { playersOf, type QuizState } from './players.js';
import { afterFirstVote } from './votes.js';

/** Of the round's time, how much there is to discuss. */
const discussion = 0.5;

/** What follows the first vote of a round; undefined where that is the answer. */
export function secondVote(state: QuizState, index: number, now: number): QuizStep | undefined {
  const { game, given } = state;
  const round = game.rounds[index] as Round;
  if (game.settings.mode !== 'discuss' || round.second) return undefined;
  const next = afterFirstVote(round, [...answersIn(given, index).values()]);
  if (next === 'answer') return undefined;
  // Who joined by a first vote is waited for in the second.
  const joined: Game = { ...game, players: playersOf(state) };
  if (next === 'discuss')
    return changed({
      ...joined,
      phase: { name: 'discussing', round: index, nextAt: now + lengthOf(game, round) * discussion },
    });
  return changed(voting(withRound(joined, index, { hinted: true }), index));
}

/** The discussion is over. */
export function revote(game: Game, index: number): QuizStep {
  const { phase } = game;
  if (phase.name !== 'discussing' || phase.round !== index) return stays(game, 'nothing');
  return changed(voting(game, index));
}

/** The first vote's card says that it is over. */
export function firstShown(game: Game, index: number): QuizStep {
  return game.rounds[index]?.firstShown
    ? stays(game, 'nothing')
    : changed(withRound(game, index, { firstShown: true }));
}

const voting = (game: Game, round: number): Game => ({
  ...withRound(game, round, { second: true, extended: false }),
  phase: { name: 'opening', round },
});
