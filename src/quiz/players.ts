import { type HiddenMembers, nobodyHidden } from '../people/hidden.js';
import { type Game, newPlayer, type Player } from './game.js';
import type { Given } from './given.js';

/** A quiz with its answers, which are stored apart: they grow fast, the game changes seldom. */
export interface QuizState {
  readonly game: Game;
  readonly given: Given;
  /** Members of the server whom nothing names that everybody sees; absent: nobody. What the rules decide is the same. */
  readonly hidden?: HiddenMembers;
  /** Whether a question is asked in the server now, so that its answer must not be told. Within a look only. */
  readonly isAskedNow?: (questionId: string) => boolean;
  /** Whether fewer questions are asked first than there are rounds. It may be asked within a look only. */
  readonly isFilledUp?: () => boolean;
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

/** Who is in the quiz now. */
export const presentMembers = (state: QuizState): string[] =>
  Object.entries(playersOf(state)).flatMap(([member, { present }]) => (present ? [member] : []));

export const presentCount = (state: QuizState): number => presentMembers(state).length;

/**
 * True when nobody is left to wait for in a round. Those who joined by an answer since the last round ended need
 * not be looked at: they have answered this one.
 * @param answered who has answered it, and whoever does so now
 */
export function isRoundComplete(
  game: Game,
  answered: { has(member: string): boolean; size: number },
): boolean {
  const present = presentOf(game);
  return answered.size > 0 && answered.size >= present.length && present.every((id) => answered.has(id));
}

export interface QuizStanding extends Player {
  readonly member: string;
  /** Equal points share a place: 1, 2, 2, 4. */
  readonly place: number;
}

/** How many of these rounds are over and count. */
export const playedIn = (rounds: Game['rounds']): number =>
  rounds.filter(({ ended }) => ended && ended !== 'void').length;

/** Whether everybody may see this member named. */
export const isSeen = ({ hidden = nobodyHidden }: QuizState, member: string): boolean => !hidden.has(member);

/**
 * Everybody who answered or is still there and may be seen, best first; others move up into the places of the hidden.
 * @param reader who sees their own place, hidden or not
 */
export function standings(state: QuizState, reader?: string): QuizStanding[] {
  const players = ranked(playersOf(state)).filter(([member]) => member === reader || isSeen(state, member));
  let place = 0;
  let points = Number.NaN;
  return players.map(([member, player], index) => {
    if (player.points !== points) place = index + 1;
    points = player.points;
    return { ...player, member, place };
  });
}

type Ranked = readonly (readonly [member: string, player: Player])[];

const rankedIn = new WeakMap<Players, Ranked>();

/** Everybody who answered or is still there, best first; sorted once for each state of the record. */
function ranked(players: Players): Ranked {
  let rows = rankedIn.get(players);
  if (!rows) {
    rows = Object.entries(players)
      .filter(([, player]) => player.present || player.answered > 0)
      .sort(
        ([a, one], [b, other]) =>
          other.points - one.points || other.right - one.right || (BigInt(a) < BigInt(b) ? -1 : 1),
      );
    rankedIn.set(players, rows);
  }
  return rows;
}

/** Where one member stands. */
export interface OwnStanding {
  readonly place: number;
  readonly points: number;
  /** The next better one who may be seen. */
  readonly ahead: { readonly member: string; readonly points: number } | undefined;
  /** Whether somebody else who may be seen has as many points. */
  readonly isShared: boolean;
}

/** A member's line of {@link standings}, as they read it; after a round everybody asks for theirs. */
export function standingOf(state: QuizState, member: string): OwnStanding | undefined {
  const players = playersOf(state);
  const me = Object.hasOwn(players, member) ? players[member] : undefined;
  if (!me || !(me.present || me.answered > 0)) return undefined;
  let ahead: OwnStanding['ahead'];
  let better = 0;
  let isShared = false;
  for (const [other, { points }] of ranked(players)) {
    if (points < me.points || isShared) break;
    if (other === member || !isSeen(state, other)) continue;
    if (points === me.points) isShared = true;
    else {
      better++;
      ahead = { member: other, points };
    }
  }
  return { place: better + 1, points: me.points, ahead, isShared };
}
