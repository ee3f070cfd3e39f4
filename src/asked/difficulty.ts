import type { Level } from '../bank/question.js';
import type { Firsts } from './history.js';

/** Until so many members have answered for the first time, a question is as hard as its author says. */
export const enoughFirsts = 30;

/** Of a question of which nothing is known. */
export const noFirsts: Firsts = { first: 0, right: 0 };

/** The share of right first answers that is expected of each level. */
const expectedShare: Readonly<Record<Level, number>> = { basic: 0.75, intermediate: 0.55, advanced: 0.35 };

/**
 * How hard a question is: the logit of the share of wrong first answers, 0 where half of them are wrong, above where
 * more are. The share is smoothed by one right and one wrong answer (Laplace's rule of succession), so that it is
 * finite. With fewer than {@link enoughFirsts} first answers it is what the level stands for.
 */
export function difficulty({ first, right }: Firsts, level: Level): number {
  const share = first >= enoughFirsts ? (right + 1) / (first + 2) : expectedShare[level];
  return Math.log((1 - share) / share);
}
