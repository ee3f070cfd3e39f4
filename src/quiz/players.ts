import { type HiddenMembers, nobodyHidden } from '../people/hidden.js';
import { type Game, newPlayer, type Player } from './game.js';
import type { Given } from './given.js';

/** A quiz with its answers, which are stored apart: they grow fast, the game changes seldom. */
export interface QuizState {
  readonly game: Game;
  readonly given: Given;
  /** Members of the server whom nothing names that everybody sees; absent: nobody. What the rules decide is the same. */
  readonly hidden?: HiddenMembers;
}

type Players = Game['players'];

const presentIn = new WeakMap<Players, readonly string[]>();

/** The game's own players who are there; counted once for each state of the record, because every answer asks. */
function presentOf({ players }: Game): readonly string[] {
  let present = presentIn.get(players);
  if (!present) {
    present = Object.keys(players).filter((member) => players[member]?.present);
    presentIn.set(players, present);
  }
  return present;
}

export function playerOf({ game, given }: QuizState, member: string): Player | undefined {
  const known = Object.hasOwn(game.players, member) ? game.players[member] : undefined;
  const newcomer = known ? undefined : given.newcomers.get(member);
  return known ?? (newcomer === undefined ? undefined : newPlayer(newcomer));
}

/** Everybody who is or was in the quiz, those who joined by an answer included. */
export function playersOf({ game, given }: QuizState): Players {
  const joined = [...given.newcomers].filter(([member]) => !Object.hasOwn(game.players, member));
  if (joined.length === 0) return game.players;
  return { ...game.players, ...Object.fromEntries(joined.map(([id, name]) => [id, newPlayer(name)])) };
}

export const presentCount = (state: QuizState): number =>
  Object.values(playersOf(state)).filter(({ present }) => present).length;

/**
 * True when nobody is left to wait for in a round. Those who joined by an answer since the last round ended need
 * not be looked at: they have answered this one.
 * @param answered who has answered it, and whoever does so now
 */
export function isComplete(game: Game, answered: { has(member: string): boolean; size: number }): boolean {
  const present = presentOf(game);
  return answered.size > 0 && answered.size >= present.length && present.every((id) => answered.has(id));
}

export interface QuizStanding extends Player {
  readonly member: string;
  /** Equal points share a place: 1, 2, 2, 4. */
  readonly place: number;
}

/** Whether everybody may see this member named. */
export const isSeen = ({ hidden = nobodyHidden }: QuizState, member: string): boolean => !hidden.has(member);

/**
 * Everybody who answered or is still there and may be seen, best first; others move up into the places of the hidden.
 * @param reader who sees their own place, hidden or not
 */
export function standings(state: QuizState, reader?: string): QuizStanding[] {
  const players = Object.entries(playersOf(state))
    .filter(([, player]) => player.present || player.answered > 0)
    .filter(([member]) => member === reader || isSeen(state, member))
    .sort(
      ([a, one], [b, other]) =>
        other.points - one.points || other.right - one.right || (BigInt(a) < BigInt(b) ? -1 : 1),
    );
  let place = 0;
  let points = Number.NaN;
  return players.map(([member, player], index) => {
    if (player.points !== points) place = index + 1;
    points = player.points;
    return { ...player, member, place };
  });
}
