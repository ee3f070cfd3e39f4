import { z } from 'zod';
import type { AnswerOutcome, Occasion } from './outcomes.js';

const count = z.int().nonnegative();

/** What a member did with one question. */
const metSchema = z.object({
  /** The revision that was answered last. */
  rev: z.string(),
  times: count,
  right: count,
  /** Whether the last answer was right. */
  lastRight: z.boolean(),
  lastAt: z.int(),
  /** True when a former revision was missed. */
  missedBefore: z.boolean().optional(),
});
export type Met = z.infer<typeof metSchema>;

/** By question: what a member met in one topic. Never changed in place. */
export const historySchema = z.record(z.string(), metSchema);
export type History = Readonly<Record<string, Met>>;

/** First answers of members to a question, and how many of them were right. */
export const firstsSchema = z.object({ first: count, right: count });
export type Firsts = z.infer<typeof firstsSchema>;

/** The history after an answer; a question whose answer changed is met anew. */
export function met(history: History, occasion: Occasion, outcome: AnswerOutcome): History {
  const { question, rev } = occasion;
  const { right, at } = outcome;
  const before = metBefore(history, question);
  if (before && before.rev !== rev && at < before.lastAt)
    return right ? history : { ...history, [question]: { ...before, missedBefore: true } };
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
      ...((same ? same.missedBefore : before && everMissed(before)) && { missedBefore: true }),
    },
  };
}

/** Whether an answer is a member's first to a question as it stands; one to a former revision that comes late is not. */
export function isFirstTry(history: History, { question, rev }: Occasion, { at }: AnswerOutcome): boolean {
  const before = metBefore(history, question);
  return before === undefined || (before.rev !== rev && at >= before.lastAt);
}

/** What is known of one question. */
export const metBefore = (history: History, question: string): Met | undefined =>
  Object.hasOwn(history, question) ? history[question] : undefined;

/** Whether a member has ever answered a question wrong, as it stands. */
export const hasMissed = ({ times, right }: Pick<Met, 'times' | 'right'>): boolean => right < times;

/** The same, former revisions included. */
export const everMissed = (known: Met): boolean => hasMissed(known) || known.missedBefore === true;
