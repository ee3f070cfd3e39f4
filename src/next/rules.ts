import type { Level } from '../bank/question.js';

/** Some questions on a topic, at one of its levels or at any. */
export interface Drill {
  readonly topic: string;
  readonly level?: Level | undefined;
  readonly count: number;
}

/** What somebody could do now, for whoever decides between it. */
export interface Openings {
  /** Questions that are due for review. */
  readonly due: number;
  /** What is left of today's share of their plan. */
  readonly share: readonly Drill[];
  /** The weakest level of the weakest topic. */
  readonly weakest?: Omit<Drill, 'count'> | undefined;
}

export type NextThing =
  | { readonly kind: 'review'; readonly count: number }
  | ({ readonly kind: 'share' | 'weakest' } & Drill)
  | { readonly kind: 'any'; readonly count: number };

/** A session that nobody gave a length to. */
export const usualSession = 10;

/**
 * What helps most now: what is about to be forgotten, then today's share of the plan, then the weakest spot, then
 * anything at all.
 */
export function nextThing({ due, share, weakest }: Openings): NextThing {
  if (due > 0) return { kind: 'review', count: Math.min(due, usualSession) };
  const [first] = share;
  if (first) return { ...first, kind: 'share' };
  if (weakest) return { ...weakest, kind: 'weakest', count: usualSession };
  return { kind: 'any', count: usualSession };
}
