import { z } from 'zod';
import type { Occasion, Outcome } from './outcomes.js';

const count = z.int().nonnegative();

/** What a member did with one question. */
export const metSchema = z.object({
  /** The revision that was answered last. */
  rev: z.string(),
  times: count,
  right: count,
  /** Whether the last answer was right. */
  lastRight: z.boolean(),
  lastAt: z.int(),
});
export type Met = z.infer<typeof metSchema>;

/** By question: what a member met in one topic. Never changed in place. */
export const historySchema = z.record(z.string(), metSchema);
export type History = Readonly<Record<string, Met>>;

/** First answers of members to a question, and how many of them were right. */
export const firstsSchema = z.object({ first: count, right: count });
export type Firsts = z.infer<typeof firstsSchema>;

/** The history after an answer; a question whose answer changed is met anew. */
export function met(history: History, { question, rev }: Occasion, { right, at }: Outcome): History {
  const before = metBefore(history, question);
  const same = before?.rev === rev ? before : undefined;
  const gain = right ? 1 : 0;
  const isLast = before === undefined || at >= before.lastAt;
  return {
    ...history,
    [question]: {
      rev,
      times: (same?.times ?? 0) + 1,
      right: (same?.right ?? 0) + gain,
      lastRight: isLast ? right : before.lastRight,
      lastAt: isLast ? at : before.lastAt,
    },
  };
}

/** What is known of one question. */
export const metBefore = (history: History, question: string): Met | undefined =>
  Object.hasOwn(history, question) ? history[question] : undefined;

/** Whether a member has ever answered a question wrong. */
export const hasMissed = ({ times, right }: Met): boolean => right < times;
