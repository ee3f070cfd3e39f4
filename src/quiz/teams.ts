import type { Game, Player } from './game.js';
import { playersOf, type QuizState } from './players.js';

/** The team with the fewest members who are there, the first of those that are equal; undefined without teams. */
function smallestTeam({ settings, players }: Game): number | undefined {
  const { teams } = settings;
  if (teams === undefined) return undefined;
  const sizes = Array.from({ length: teams }, (_, team) => membersOf(players, team).length);
  return sizes.indexOf(Math.min(...sizes));
}

const membersOf = (players: Game['players'], team: number): Player[] =>
  Object.values(players).filter((player) => player.present && player.team === team);

/** The player in a team: the one that they were in, else the smallest. */
export function inTeam(game: Game, player: Player): Player {
  const team = player.team ?? smallestTeam(game);
  return team === undefined ? player : { ...player, team };
}

export interface TeamStanding {
  /** From 0. */
  readonly team: number;
  /** The mean of its members' points, so that size is no advantage; rounded to a whole number. */
  readonly points: number;
  readonly size: number;
  /** Equal means share a place: 1, 2, 2, 4. */
  readonly place: number;
}

/** Teams with somebody who answered or is still there, best first; none in a quiz without teams. */
export function teamStandings(state: QuizState): TeamStanding[] {
  const { teams = 0 } = state.game.settings;
  const players = Object.values(playersOf(state)).filter(({ present, answered }) => present || answered > 0);
  const rows = Array.from({ length: teams }, (_, team) => {
    const own = players.filter((player) => player.team === team);
    const sum = own.reduce((total, { points }) => total + points, 0);
    return { team, size: own.length, mean: own.length > 0 ? sum / own.length : 0 };
  }).filter(({ size }) => size > 0);
  const sorted = rows.sort((a, b) => b.mean - a.mean || a.team - b.team);
  return sorted.map(({ team, size, mean }) => ({
    team,
    size,
    points: Math.round(mean),
    place: 1 + sorted.filter((other) => other.mean > mean).length,
  }));
}
