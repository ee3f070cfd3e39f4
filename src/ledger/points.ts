import type { Level } from '../bank/question.js';

/** What a right answer earns before any bonus. A wrong one earns nothing, and so does practice. */
const base: Readonly<Record<Level, number>> = { basic: 100, intermediate: 150, advanced: 200 };

/** The most that a streak adds to a right daily answer. */
const mostStreakBonus = 100;
const streakBonusPerDay = 10;

export function basePoints(level: Level): number {
  return base[level];
}

/**
 * Points of a right quiz answer: the base and up to half as much again for speed, linear in the time left.
 * All of the time left earns the whole bonus, none of it nothing; rounded to the nearest integer, halves up.
 * @param leftMs time left when the answer was given; one that was early or late counts as the nearest end
 */
export function quizPoints(answer: { level: Level; leftMs: number; totalMs: number }): number {
  const { level, leftMs, totalMs } = answer;
  const left = totalMs > 0 ? Math.min(1, Math.max(0, leftMs / totalMs)) : 0;
  return Math.round(base[level] * (1 + left / 2));
}

/**
 * Points of a right daily answer: the base and 10 for each day of the streak, that bonus being at most 100.
 * @param streak days in a row with this one: the first day is 1 and earns 10
 */
export function dailyPoints(level: Level, streak: number): number {
  return base[level] + Math.min(mostStreakBonus, streakBonusPerDay * Math.max(0, Math.trunc(streak)));
}
