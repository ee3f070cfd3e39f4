import { nobody } from '../asking/nobody.js';
import { changed, lobbyChanged, type QuizEffect, type QuizStep, stays } from './events.js';
import { newPlayer } from './game.js';
import { countingVotes } from './given.js';
import { isRoundComplete, playerOf, type QuizState } from './players.js';
import { inTeam } from './teams.js';

export function join(state: QuizState, member: string, name: string): QuizStep {
  const { game } = state;
  if (game.phase.name === 'over') return stays(game, 'over');
  const player = playerOf(state, member);
  if (player?.present) return stays(game, 'already');
  const joined = { ...inTeam(game, player ?? newPlayer(name)), name, present: true };
  return changed({ ...game, players: { ...game.players, [member]: joined } }, [lobbyChanged]);
}

export function leave(state: QuizState, member: string): QuizStep {
  const { game } = state;
  if (game.phase.name === 'over') return stays(game, 'over');
  const player = playerOf(state, member);
  if (!player?.present) return stays(game, 'absent');
  const { [member]: _, ...others } = game.players;
  // Nothing to keep of somebody who has not played, but for their team, should they come back.
  const players =
    game.phase.name === 'lobby' && player.team === undefined
      ? others
      : { ...others, [member]: { ...player, present: false } };
  const next = { ...game, players };
  return changed(next, [lobbyChanged, ...completed({ ...state, game: next })]);
}

/** To the next team; in the lobby only. */
export function switchTeam(state: QuizState, member: string): QuizStep {
  const { game } = state;
  const { teams } = game.settings;
  if (game.phase.name !== 'lobby' || teams === undefined) return stays(game, 'nothing');
  const player = playerOf(state, member);
  if (!player?.present) return stays(game, 'absent');
  const team = ((player.team ?? 0) + 1) % teams;
  return changed({ ...game, players: { ...game.players, [member]: { ...player, team } } }, [lobbyChanged]);
}

/** Takes out a member's place, their name, and their being the host. Their answers go on their own. */
export function forget(state: QuizState, member: string): QuizStep {
  const { game } = state;
  const { [member]: _, ...players } = game.players;
  const next = {
    ...game,
    hostId: game.hostId === member ? nobody : game.hostId,
    players,
    rounds: game.rounds.map((round) =>
      round.again ? { ...round, again: round.again.filter((one) => one !== member) } : round,
    ),
  };
  return changed(
    next,
    game.phase.name === 'over' ? [] : [lobbyChanged, ...completed({ ...state, game: next })],
  );
}

export function completed({ game, given }: QuizState): QuizEffect[] {
  const { phase } = game;
  if (phase.name !== 'open') return [];
  const answers = countingVotes({ game, given }, phase.round);
  return isRoundComplete(game, answers)
    ? [{ kind: 'complete', round: phase.round, answers: answers.size }]
    : [];
}
