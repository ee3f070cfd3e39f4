import type { Level } from '../../src/bank/question.js';
import { topics } from './bank.js';
import { dateAt, dayAt, dayNumber, type Note } from './notes.js';

const worth: Readonly<Record<Level, number>> = { basic: 100, intermediate: 150, advanced: 200 };
const weight: Readonly<Record<Level, number>> = { basic: 1, intermediate: 1.5, advanced: 2 };
export const levelNames = ['basic', 'intermediate', 'advanced'] as const;
const weekMs = 7 * 86_400_000;

export interface Earned {
  readonly member: string;
  readonly atMs: number;
  readonly points: number;
  readonly right: boolean;
}

/** What stands behind the leaderboard: answers to daily questions, and to rounds that two or more answered. */
export function earnedBy(notes: readonly Note[]): Earned[] {
  const inRound = new Map<string, number>();
  for (const { round } of notes) if (round) inRound.set(round.id, (inRound.get(round.id) ?? 0) + 1);
  const last = new Map<string, number>();
  const earned: Earned[] = [];
  for (const note of [...notes].sort((a, b) => a.atMs - b.atMs)) {
    const { member, atMs, right, level, round, post } = note;
    if (post === undefined && !(round && (inRound.get(round.id) ?? 0) > 1)) continue;
    const key = `${member} ${note.id}`;
    const isAgain = atMs - (last.get(key) ?? Number.NEGATIVE_INFINITY) < weekMs;
    let points = 0;
    if (right && !isAgain) {
      points = worth[level];
      if (round) {
        const left = Math.min(1, Math.max(0, 1 - (atMs - round.openedMs) / round.totalMs));
        points = Math.round(points * (1 + left / 2));
      } else points += Math.min(100, 10 * streakAt(notes, member, post ?? 0));
      last.set(key, atMs);
    }
    earned.push({ member, atMs, points, right });
  }
  return earned;
}

/** Posts in a row that somebody has answered, up to that one. */
export function streakAt(notes: readonly Note[], member: string, post: number): number {
  const answered = new Set(notes.filter((note) => note.member === member).map((note) => note.post));
  let streak = 0;
  for (let at = post; at >= 0 && answered.has(at); at--) streak++;
  return streak;
}

export function dailyStreak(notes: readonly Note[], member: string, open: number) {
  const now = streakAt(notes, member, open) || streakAt(notes, member, open - 1);
  const all = Array.from({ length: open + 1 }, (_, post) => streakAt(notes, member, post));
  return { now, best: Math.max(0, ...all) };
}

/** Days in a row with an answer, the longest such row, and all of them. */
export function activeDays(own: readonly Note[], nowMs: number) {
  const days = new Set(own.map(({ atMs }) => dayAt(atMs)));
  const rowUpTo = (day: number): number => (days.has(day) ? 1 + rowUpTo(day - 1) : 0);
  const today = dayAt(nowMs);
  return {
    now: rowUpTo(today) || rowUpTo(today - 1),
    best: Math.max(0, ...[...days].map(rowUpTo)),
    all: days.size,
  };
}

export function shareOf(own: readonly Note[], level: Level): { right: number; total: number } {
  const ofLevel = own.filter((note) => note.level === level);
  return { right: ofLevel.filter(({ right }) => right).length, total: ofLevel.length };
}

/** The mean over all topics and levels of how far somebody is beyond guessing, in percent. */
export function readinessOf(own: readonly Note[]): number {
  let reached = 0;
  let possible = 0;
  for (const topic of topics)
    for (const level of levelNames) {
      const { right, total } = shareOf(
        own.filter((note) => note.topic === topic),
        level,
      );
      reached += weight[level] * Math.max(0, ((right + 0.5) / (total + 2) - 0.25) / 0.75);
      possible += weight[level];
    }
  return Math.round((100 * reached) / possible);
}

/** Since Monday of the week, on the wall. */
export const isThisWeek = (atMs: number, nowMs: number): boolean => {
  const today = dayNumber(dateAt(nowMs));
  // The first day of 1970 was a Thursday.
  const monday = today - ((today + 3) % 7);
  return dayAt(atMs) >= monday;
};
