import { quizPoints } from '../ledger/points.js';
import type { Game, Round } from './game.js';
import { countingVotes, type QuizAnswer } from './given.js';
import { lengthOf } from './length.js';
import type { QuizState } from './players.js';

/** What a member earned in a round. */
export interface Award {
  readonly member: string;
  readonly right: boolean;
  readonly points: number;
  /** When Discord took the press, and the time between the card and it. */
  readonly at: number;
  readonly tookMs: number;
}

export const isRight = (round: Round, { shown, text, right }: QuizAnswer): boolean =>
  text === undefined
    ? shown.length === round.right.length && shown.every((letter, index) => letter === round.right[index])
    : right === true;

/** What one answer earns; undefined in a void round. */
export function awardOf(game: Game, round: Round, answer: QuizAnswer): Award | undefined {
  const { openedAt, level } = round;
  if (openedAt === undefined || round.ended === 'void') return undefined;
  const { scoring, mode } = game.settings;
  // The first of two votes is not for the quick.
  const isTimed = scoring === 'speed' && (mode === 'race' || round.second === true);
  const totalMs = lengthOf(game, round);
  const { member, at } = answer;
  const tookMs = Math.max(0, at - openedAt);
  const right = isRight(round, answer);
  const leftMs = isTimed ? Math.max(0, totalMs - tookMs) : 0;
  return { member, right, at, tookMs, points: right ? quizPoints({ level, leftMs, totalMs }) : 0 };
}

/** Points of the round's answers, fastest first. Void rounds earn nothing. */
export function awards({ game, given }: QuizState, roundIndex: number): Award[] {
  const round = game.rounds[roundIndex];
  if (!round) return [];
  return [...countingVotes({ game, given }, roundIndex).values()]
    .flatMap((answer) => awardOf(game, round, answer) ?? [])
    .sort((a, b) => a.tookMs - b.tookMs || (BigInt(a.member) < BigInt(b.member) ? -1 : 1));
}

/** A round's end, for ledger and profiles. */
export interface Booking {
  /** From 0. */
  readonly round: number;
  readonly questionId: string;
  readonly rev: string;
  /** When Discord had taken its card. */
  readonly openedAt: number;
  readonly level: Round['level'];
  readonly topic: string;
  /** Whether enough members answered for the leaderboard. */
  readonly isRanked: boolean;
  /** `again`: the question earned the member points a few days ago, and earns none now. */
  readonly answers: readonly (Award & { readonly again: boolean })[];
}

/** A round counts for the leaderboard when so many members answered it. */
const fewestForRank = 2;

export function bookingOf(
  { asked, level, topic, openedAt = 0 }: Round,
  round: number,
  earned: readonly Award[],
  spent: ReadonlySet<string>,
): Booking {
  return {
    round,
    questionId: asked.questionId,
    rev: asked.rev,
    openedAt,
    level,
    topic,
    isRanked: earned.length >= fewestForRank,
    answers: earned.map((award) => ({ ...award, again: spent.has(award.member) })),
  };
}

/** The players after a round, with what it earned them in the quiz itself, where every answer counts. */
export function withAwards(players: Game['players'], earned: readonly Award[]): Game['players'] {
  const next = { ...players };
  for (const { member, right, points } of earned) {
    const player = next[member];
    if (!player) continue;
    next[member] = {
      ...player,
      answered: player.answered + 1,
      points: player.points + points,
      right: player.right + (right ? 1 : 0),
    };
  }
  return next;
}

/**
 * By member, what the rounds brought them that enough people answered; 0 for somebody who answered none of those.
 * Unlike the leaderboard it does not ask what a question earned them before.
 */
export function rankedPoints(state: QuizState): Map<string, number> {
  const points = new Map<string, number>();
  for (const index of state.game.rounds.keys()) {
    const earned = awards(state, index);
    for (const award of earned) {
      const gain = earned.length >= fewestForRank ? award.points : 0;
      points.set(award.member, (points.get(award.member) ?? 0) + gain);
    }
  }
  return points;
}
