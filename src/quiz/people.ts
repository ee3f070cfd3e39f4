import { nobody } from '../asking/nobody.js';
import type { QuizEntry } from './entries.js';
import { changed, lobbyChanged, type QuizEffect, type QuizStep, stays } from './events.js';
import { countingVotes } from './given.js';
import { isRoundComplete, playerOf, type QuizState } from './players.js';
import { teamFor } from './teams.js';

/** Somebody who comes, or comes back. */
export function coming(state: QuizState, member: string, name: string): QuizEntry {
  const team = teamFor(state, playerOf(state, member));
  return { member, name, present: true, ...(team !== undefined && { team }) };
}

const enters = (entry: QuizEntry): QuizEffect => ({ kind: 'enter', entry });

export function join(state: QuizState, member: string, name: string): QuizStep {
  const { game } = state;
  if (game.phase.name === 'over') return stays(game, 'over');
  if (playerOf(state, member)?.present) return stays(game, 'already');
  return changed(game, [enters(coming(state, member, name)), lobbyChanged]);
}

export function leave(state: QuizState, member: string): QuizStep {
  const { game } = state;
  if (game.phase.name === 'over') return stays(game, 'over');
  const player = playerOf(state, member);
  if (!player?.present) return stays(game, 'absent');
  const { name, team } = player;
  // Nothing to keep of somebody who has not played, but for their team, should they come back.
  const isGone = game.phase.name === 'lobby' && team === undefined;
  const entry: QuizEntry = {
    member,
    name,
    present: false,
    ...(team !== undefined && { team }),
    ...(isGone && { gone: true }),
  };
  const next = isGone && Object.hasOwn(game.players, member) ? without(state, member) : game;
  return changed(next, [enters(entry), lobbyChanged, ...completed(state, member)]);
}

/** To the next team; in the lobby only. */
export function switchTeam(state: QuizState, member: string): QuizStep {
  const { game } = state;
  const { teams } = game.settings;
  if (game.phase.name !== 'lobby' || teams === undefined) return stays(game, 'nothing');
  const player = playerOf(state, member);
  if (!player?.present) return stays(game, 'absent');
  const team = ((player.team ?? 0) + 1) % teams;
  const { name, present } = player;
  return { ...changed(game, [enters({ member, name, present, team }), lobbyChanged]), team };
}

/** Takes out a member's place, their name, and their being the host. Their answers and entries go on their own. */
export function forget(state: QuizState, member: string): QuizStep {
  const next = without(state, member);
  const game = {
    ...next,
    hostId: next.hostId === member ? nobody : next.hostId,
    rounds: next.rounds.map((round) =>
      round.again ? { ...round, again: round.again.filter((one) => one !== member) } : round,
    ),
  };
  return changed(game, game.phase.name === 'over' ? [] : [lobbyChanged, ...completed({ ...state, game })]);
}

function without({ game }: QuizState, member: string): QuizState['game'] {
  const { [member]: _, ...players } = game.players;
  return { ...game, players };
}

/** @param leaves who is about to leave the quiz */
export function completed(state: QuizState, leaves?: string): QuizEffect[] {
  const { phase } = state.game;
  if (phase.name !== 'open') return [];
  const answers = countingVotes(state, phase.round);
  return isRoundComplete(state, answers, leaves)
    ? [{ kind: 'complete', round: phase.round, answers: answers.size }]
    : [];
}
