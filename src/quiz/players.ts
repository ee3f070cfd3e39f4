import { type HiddenMembers, nobodyHidden } from '../people/hidden.js';
import type { Entries } from './entries.js';
import { type Game, newPlayer, type Player } from './game.js';
import type { Given } from './given.js';

/** A quiz with its answers and who came into it, which are stored apart: they grow fast, the game changes seldom. */
export interface QuizState {
  readonly game: Game;
  readonly given: Given;
  /** Empty when the quiz is over: then everybody stands in the game. */
  readonly entries: Entries;
  /** Members of the server whom nothing names that everybody sees; absent: nobody. What the rules decide is the same. */
  readonly hidden?: HiddenMembers;
  /** Whether a question is asked in the server now, so that its answer must not be told. Within a look only. */
  readonly isAskedNow?: (questionId: string) => boolean;
  /** Whether fewer questions are asked first than there are rounds. It may be asked within a look only. */
  readonly isFilledUp?: () => boolean;
}

type Players = Game['players'];

export function playerOf({ game, given, entries }: QuizState, member: string): Player | undefined {
  const known = Object.hasOwn(game.players, member) ? game.players[member] : undefined;
  const newcomer = known ? undefined : given.newcomers.get(member);
  return entries.over(member, known) ?? (newcomer === undefined ? undefined : newPlayer(newcomer));
}

interface Everybody {
  readonly entries: Entries;
  readonly given: Given;
  readonly changes: string;
  readonly all: Players;
}

const everybodyIn = new WeakMap<Players, Everybody>();

/** Everybody who is or was in the quiz; the same object until that changes. */
export function playersOf({ game: { players }, given, entries }: QuizState): Players {
  const changes = `${entries.changes} ${given.newcomerChanges}`;
  const known = everybodyIn.get(players);
  if (known?.entries === entries && known.given === given && known.changes === changes) return known.all;
  const all = withNewcomers(entries.overAll(players), given.newcomers);
  everybodyIn.set(players, { entries, given, changes, all });
  return all;
}

function withNewcomers(players: Players, newcomers: Given['newcomers']): Players {
  const joined = [...newcomers].filter(([member]) => !Object.hasOwn(players, member));
  if (joined.length === 0) return players;
  return { ...players, ...Object.fromEntries(joined.map(([id, name]) => [id, newPlayer(name)])) };
}

/** Who is in the quiz now. */
export const presentMembers = (state: QuizState): string[] =>
  Object.entries(playersOf(state)).flatMap(([member, { present }]) => (present ? [member] : []));

export const presentCount = (state: QuizState): number => presentMembers(state).length;

/**
 * True when nobody is left to wait for in a round. Those who joined by an answer since the last round ended need
 * not be looked at: they have answered this one.
 * @param answered who has answered it, and whoever does so now
 * @param leaves who is about to leave the quiz
 */
export function isRoundComplete(
  { game: { players }, entries }: QuizState,
  answered: { has(member: string): boolean; size: number },
  leaves?: string,
): boolean {
  const left = leaves === undefined ? 0 : 1;
  if (answered.size === 0 || answered.size < entries.present(players) - left) return false;
  return !entries.isAwaited(players, (member) => member !== leaves && !answered.has(member));
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
