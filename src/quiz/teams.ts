import type { Player } from './game.js';
import { playersOf, type QuizState } from './players.js';

/** The team of somebody who comes: the one that they were in, else the smallest; undefined without teams. */
export const teamFor = (state: QuizState, player: Player | undefined): number | undefined =>
  player?.team ?? smallestTeam(state);

/** The team with the fewest members who are there, the first of those that are equal. */
function smallestTeam({ game: { settings, players }, entries }: QuizState): number | undefined {
  const { teams } = settings;
  if (teams === undefined) return undefined;
  const sizes = Array.from({ length: teams }, (_, team) => entries.inTeam(players, team));
  return sizes.indexOf(Math.min(...sizes));
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
