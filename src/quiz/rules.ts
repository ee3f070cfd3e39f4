import { z } from 'zod';
import { type Asked, askedSchema } from '../asking/asked.js';
import { type Kind, type Level, levels } from '../bank/question.js';
import { quizPoints } from '../ledger/points.js';

/** Kinds that one press answers, so that a round can be timed. */
export const quizKinds = ['single-choice', 'true-false'] as const satisfies readonly Kind[];

/** Answers in time arrive late over a slow network: a round waits this long for them before it closes. */
export const graceMs = 2_000;
/** Time to read the answer before the next round. */
export const pauseMs = 6_000;
/** After a restart, everybody has at least this long to answer the open round. */
export const leastLeftMs = 5_000;
/** So many rounds in a row without one answer end the quiz. */
export const quietRoundsAllowed = 2;

const settingsSchema = z.object({
  level: z.enum(levels).optional(),
  topic: z.string().optional(),
  rounds: z.int().min(1).max(30),
  /** Of a round. */
  seconds: z.int().min(5).max(300),
  /** Seconds until the quiz starts by itself; 0: at once. */
  lobby: z.int().min(0).max(300),
});
export type Settings = z.infer<typeof settingsSchema>;

const playerSchema = z.object({
  name: z.string(),
  /** False for somebody who left: a round does not wait for them, their points stay. */
  present: z.boolean(),
  points: z.int(),
  right: z.int(),
  answered: z.int(),
});
export type Player = z.infer<typeof playerSchema>;

const roundSchema = z.object({
  asked: askedSchema,
  level: z.enum(levels),
  topic: z.string(),
  /** The letter that is right, as shown. */
  right: z.int(),
  messageId: z.string().optional(),
  /** When Discord accepted the card: the round's clock starts here. */
  openedAt: z.int().optional(),
  /** Answers until then count; later than `openedAt` + seconds only after a restart. */
  endsAt: z.int().optional(),
  ended: z.enum(['time', 'all', 'skip', 'stop', 'void']).optional(),
  /** Set when the standings have been posted. */
  told: z.boolean().optional(),
});
export type Round = z.infer<typeof roundSchema>;
export type RoundEnd = NonNullable<Round['ended']>;

const endings = ['finished', 'stopped', 'abandoned', 'unreachable'] as const;
export type Ending = (typeof endings)[number];

const phaseSchema = z.discriminatedUnion('name', [
  z.object({ name: z.literal('lobby'), endsAt: z.int() }),
  /** The round's card is on its way to Discord. */
  z.object({ name: z.literal('opening'), round: z.int() }),
  z.object({ name: z.literal('open'), round: z.int() }),
  z.object({ name: z.literal('closed'), round: z.int(), nextAt: z.int() }),
  z.object({ name: z.literal('over'), ending: z.enum(endings), at: z.int(), told: z.boolean() }),
]);
export type Phase = z.infer<typeof phaseSchema>;

export const gameSchema = z.object({
  id: z.string(),
  guildId: z.string(),
  channelId: z.string(),
  hostId: z.string(),
  createdAt: z.int(),
  settings: settingsSchema,
  lobbyMessageId: z.string().optional(),
  players: z.record(z.string(), playerSchema),
  rounds: z.array(roundSchema),
  quietRounds: z.int(),
  phase: phaseSchema,
});
/** A quiz, as plain JSON that can be saved at any step. Rounds are counted from 0 here, from 1 for people. */
export type Game = z.infer<typeof gameSchema>;

/** One recorded press. */
export const quizAnswerSchema = z.object({
  round: z.int(),
  member: z.string(),
  letter: z.int(),
  /** When Discord took the press (from the interaction's id). */
  at: z.int(),
  /** The member's name, where the answer made them join. */
  name: z.string().optional(),
});
export type QuizAnswer = z.infer<typeof quizAnswerSchema>;

/** A game with the answers of its rounds, which are stored apart (they grow fast, the game changes seldom). */
export interface GameState {
  readonly game: Game;
  /** By round, then by member; the first press counts. */
  readonly answers: Map<number, Map<string, QuizAnswer>>;
  /** How many players are present: counted along, because every answer asks. */
  present: number;
}

export interface NewGame {
  readonly id: string;
  readonly guildId: string;
  readonly channelId: string;
  readonly host: { readonly id: string; readonly name: string };
  readonly settings: Settings;
  readonly rounds: readonly { asked: Asked; level: Level; topic: string; right: number }[];
}

/** A game in its lobby, with its host in it. */
export function createGame({ host, rounds, ...rest }: NewGame, now: number): GameState {
  const game: Game = {
    ...rest,
    hostId: host.id,
    createdAt: now,
    rounds: rounds.map((round) => ({ ...round })),
    players: { [host.id]: newPlayer(host.name) },
    quietRounds: 0,
    phase: { name: 'lobby', endsAt: now + rest.settings.lobby * 1000 },
  };
  return { game, answers: new Map(), present: 1 };
}

const newPlayer = (name: string): Player => ({ name, present: true, points: 0, right: 0, answered: 0 });

/** Puts stored answers back into a game read from the disk; they can be ahead of the game's own record. */
export function replay(game: Game, given: Iterable<QuizAnswer>): GameState {
  const state: GameState = { game, answers: new Map(), present: 0 };
  for (const one of given) {
    if (!game.players[one.member]) game.players[one.member] = newPlayer(one.name ?? 'A member');
    answersOf(state, one.round).set(one.member, one);
  }
  state.present = Object.values(game.players).filter((player) => player.present).length;
  return state;
}

export function answersOf(state: GameState, round: number): Map<string, QuizAnswer> {
  let answers = state.answers.get(round);
  if (!answers) {
    answers = new Map();
    state.answers.set(round, answers);
  }
  return answers;
}

export function join(state: GameState, member: string, name: string): 'joined' | 'already' | 'over' {
  const { game } = state;
  if (game.phase.name === 'over') return 'over';
  const player = game.players[member];
  if (player?.present) return 'already';
  game.players[member] = { ...(player ?? newPlayer(name)), name, present: true };
  state.present++;
  return 'joined';
}

export function leave(state: GameState, member: string): 'left' | 'absent' | 'over' {
  const { game } = state;
  if (game.phase.name === 'over') return 'over';
  const player = game.players[member];
  if (!player?.present) return 'absent';
  player.present = false;
  state.present--;
  // Nothing to keep of somebody who has not played.
  if (game.phase.name === 'lobby') delete game.players[member];
  return 'left';
}

/** From the lobby to the first round. False when the lobby is over already. */
export function begin({ game }: GameState): boolean {
  if (game.phase.name !== 'lobby') return false;
  game.phase = { name: 'opening', round: 0 };
  return true;
}

/** Discord has accepted the round's card at `openedAt`. False when the game has moved on since. */
export function opened({ game }: GameState, round: number, messageId: string, openedAt: number): boolean {
  const one = game.rounds[round];
  if (!one || game.phase.name !== 'opening' || game.phase.round !== round) return false;
  Object.assign(one, { messageId, openedAt, endsAt: openedAt + game.settings.seconds * 1000 });
  game.phase = { name: 'open', round };
  return true;
}

export type Verdict =
  | { readonly kind: 'recorded'; readonly given: QuizAnswer }
  | { readonly kind: 'already'; readonly letter: number }
  | { readonly kind: 'late' }
  | { readonly kind: 'invalid' };

/**
 * Judges a press by the time at which Discord took it, however late it arrives. Recording it joins the member.
 * The caller stores `given`.
 */
export function answer(
  state: GameState,
  press: { round: number; member: string; name: string; letter: number; at: number },
): Verdict {
  const { game } = state;
  const round = game.rounds[press.round];
  if (!round || !(press.letter >= 0 && press.letter < round.asked.order.length)) return { kind: 'invalid' };
  const earlier = answersOf(state, press.round).get(press.member);
  if (earlier) return { kind: 'already', letter: earlier.letter };
  const isOpen = game.phase.name === 'open' && game.phase.round === press.round;
  if (!isOpen || round.endsAt === undefined || press.at > round.endsAt) return { kind: 'late' };
  const isNew = join(state, press.member, press.name) === 'joined';
  const { name, ...rest } = press;
  const given: QuizAnswer = isNew ? { ...rest, name } : rest;
  answersOf(state, press.round).set(press.member, given);
  return { kind: 'recorded', given };
}

/** True when nobody is left to wait for in the open round. */
export function everyoneAnswered(state: GameState): boolean {
  const { game } = state;
  if (game.phase.name !== 'open') return false;
  const answers = answersOf(state, game.phase.round);
  if (answers.size === 0 || answers.size < state.present) return false;
  for (const member in game.players) if (game.players[member]?.present && !answers.has(member)) return false;
  return true;
}

/** What a member earned in a round. */
export interface Award {
  readonly member: string;
  readonly right: boolean;
  readonly points: number;
  /** When Discord took the press, and the time between the card and it. */
  readonly at: number;
  readonly tookMs: number;
}

/** Points of the round's answers, fastest first. Void rounds earn nothing. */
export function awards(state: GameState, roundIndex: number): Award[] {
  const round = state.game.rounds[roundIndex];
  if (round?.openedAt === undefined || round.ended === 'void') return [];
  const totalMs = state.game.settings.seconds * 1000;
  const { openedAt, level } = round;
  return [...answersOf(state, roundIndex).values()]
    .map(({ member, letter, at }) => {
      const tookMs = Math.max(0, at - openedAt);
      const right = letter === round.right;
      const leftMs = Math.max(0, totalMs - tookMs);
      return { member, right, at, tookMs, points: right ? quizPoints({ level, leftMs, totalMs }) : 0 };
    })
    .sort((a, b) => a.tookMs - b.tookMs || (BigInt(a.member) < BigInt(b.member) ? -1 : 1));
}

/** Closes the open round and books its points. Undefined when that round is not the open one. */
export function close(state: GameState, round: number, ended: RoundEnd, now: number): Award[] | undefined {
  const { game } = state;
  const { phase } = game;
  const one = game.rounds[round];
  if (!one || (phase.name !== 'open' && phase.name !== 'opening') || phase.round !== round) return undefined;
  // A round whose card has not arrived can only be void.
  if (phase.name === 'opening' && ended !== 'void') return undefined;
  one.ended = ended;
  const earned = awards(state, round);
  for (const { member, right, points } of earned) {
    const player = game.players[member];
    if (!player) continue;
    player.answered++;
    player.points += points;
    if (right) player.right++;
  }
  game.quietRounds = earned.length > 0 || ended === 'void' ? 0 : game.quietRounds + 1;
  game.phase = { name: 'closed', round, nextAt: now + pauseMs };
  return earned;
}

/** After the pause: the next round, or the end. False when the pause of that round is not what is on. */
export function advance({ game }: GameState, round: number, now: number): boolean {
  if (game.phase.name !== 'closed' || game.phase.round !== round) return false;
  if (round + 1 >= game.rounds.length)
    game.phase = { name: 'over', ending: 'finished', at: now, told: false };
  else if (game.quietRounds >= quietRoundsAllowed)
    game.phase = { name: 'over', ending: 'abandoned', at: now, told: false };
  else game.phase = { name: 'opening', round: round + 1 };
  return true;
}

/** Ends the game from any phase but an open round, which is closed first. False when it is over already. */
export function end({ game }: GameState, ending: Ending, now: number): boolean {
  if (game.phase.name === 'over') return false;
  if (game.phase.name === 'open') throw new Error('The open round must be closed before the game ends');
  game.phase = { name: 'over', ending, at: now, told: false };
  return true;
}

/** After a restart: an open round goes on, with at least {@link leastLeftMs} to answer. */
export function resume({ game }: GameState, now: number): void {
  const { phase } = game;
  if (phase.name !== 'open') return;
  const round = game.rounds[phase.round];
  if (round?.endsAt !== undefined) round.endsAt = Math.max(round.endsAt, now + leastLeftMs);
}

/** What the passing of time will do to the game next; timers are made from this and carry their round. */
export type Due =
  | { readonly kind: 'begin'; readonly at: number }
  | { readonly kind: 'close'; readonly at: number; readonly round: number }
  | { readonly kind: 'advance'; readonly at: number; readonly round: number };

export function due({ phase, rounds }: Game): Due | undefined {
  switch (phase.name) {
    case 'lobby':
      return { kind: 'begin', at: phase.endsAt };
    case 'open': {
      const endsAt = rounds[phase.round]?.endsAt ?? 0;
      return { kind: 'close', at: endsAt + graceMs, round: phase.round };
    }
    case 'closed':
      return { kind: 'advance', at: phase.nextAt, round: phase.round };
    case 'opening':
    case 'over':
      return undefined;
    default:
      return phase satisfies never;
  }
}

export interface QuizStanding extends Player {
  readonly member: string;
  /** Equal points share a place: 1, 2, 2, 4. */
  readonly place: number;
}

/** Everybody who answered or is still there, best first. */
export function standings(game: Game): QuizStanding[] {
  const players = Object.entries(game.players)
    .filter(([, player]) => player.present || player.answered > 0)
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
