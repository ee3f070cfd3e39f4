import type { Level } from '../bank/question.js';

/** Right answers and all answers. */
export interface Tally {
  readonly right: number;
  readonly total: number;
}

/** The answers to one topic at one level. An entry without answers stands for questions that were never met. */
export interface Cell extends Tally {
  readonly topic: string;
  readonly level: Level;
}

export interface Readiness {
  /** 0 to 100. */
  readonly percent: number;
  readonly word: string;
}

/** A harder level says more about an interview, in the ratio of its points. */
const weights: Readonly<Record<Level, number>> = { basic: 1, intermediate: 1.5, advanced: 2 };

/** Somebody who guesses among four options is right this often. */
const guessing = 0.25;
/** How many answers of a guesser everybody starts with, in each cell. */
const priorAnswers = 2;

const words = ['just starting', 'getting going', 'halfway there', 'nearly ready', 'ready'] as const;

/**
 * How ready somebody is for an interview on all that the bank asks.
 *
 * For each topic and level the share of right answers is estimated as the mean of a Beta-binomial model whose
 * prior is two answers of a guesser, Beta(0.5, 1.5) (Gelman et al., "Bayesian Data Analysis", section 2.4):
 * `p = (right + 0.5) / (total + 2)`. So one lucky answer says little and many say what they are. What guessing
 * would reach is taken off (Diamond and Evans, "The Correction for Guessing", 1973):
 * `ability = max(0, (p - 0.25) / 0.75)`. Readiness is the mean ability over every topic and level that the bank
 * has, basic, intermediate and advanced weighing 1, 1.5 and 2. What was never asked is worth 0, so it grows with
 * the topics covered as well as with accuracy: five right answers and no wrong one everywhere make 71.
 *
 * @param cells one for each topic and level that the bank has questions for
 */
export function readiness(cells: readonly Cell[]): Readiness {
  let reached = 0;
  let possible = 0;
  for (const { level, right, total } of cells) {
    reached += weights[level] * ability({ right, total });
    possible += weights[level];
  }
  const percent = possible > 0 ? Math.round((100 * reached) / possible) : 0;
  return { percent, word: words[Math.min(words.length - 1, Math.floor(percent / 20))] ?? words[0] };
}

/** 0 to 1: the share of right answers beyond guessing, cautious where there are few. */
export function ability({ right, total }: Tally): number {
  const estimate = (right + guessing * priorAnswers) / (total + priorAnswers);
  return Math.max(0, (estimate - guessing) / (1 - guessing));
}

/** So many right answers in a row are a step that somebody can take at one sitting. */
export const stepAnswers = 3;

/** More right answers to one topic at one level, and by how many percent they would raise {@link readiness}. */
export interface RaisingStep {
  readonly topic: string;
  readonly level: Level;
  readonly gain: number;
}

/**
 * Where the next right answers raise readiness most, best first. Of steps that raise it alike, those where something
 * is known already come first, then the order of the cells.
 * @param cells as for {@link readiness}
 */
export function raisingSteps(cells: readonly Cell[]): RaisingStep[] {
  const possible = cells.reduce((all, { level }) => all + weights[level], 0);
  return cells
    .map(({ topic, level, right, total }) => {
      const after = ability({ right: right + stepAnswers, total: total + stepAnswers });
      const gain = (100 * weights[level] * (after - ability({ right, total }))) / possible;
      return { topic, level, gain, isMet: total > 0 };
    })
    .sort((a, b) => b.gain - a.gain || Number(b.isMet) - Number(a.isMet))
    .map(({ isMet: _, ...step }) => step);
}
