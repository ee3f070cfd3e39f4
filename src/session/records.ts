import { z } from 'zod';
import { askedSchema } from '../asking/asked.js';
import { answerSchema } from '../bank/question.js';
import { logType } from '../store/log-segments.js';
import { recordType } from '../store/store.js';

/** How sure somebody says that they are of an answer. */
export const sureness = ['guess', 'unsure', 'sure'] as const;
export type Sureness = (typeof sureness)[number];

export const sessionSchema = z.object({
  /** Of the interaction that started it. */
  id: z.string(),
  kind: z.enum(['review', 'drill']),
  title: z.string(),
  startedAt: z.int(),
  /** What can be asked, in its order. */
  ids: z.array(z.string()),
  /** How many of these are asked at the most. */
  most: z.int().min(1),
  /** Which of `ids` is shown; their number when it is over. */
  at: z.int().nonnegative(),
  /** The question that is shown as it is asked; absent when the session is over. */
  asked: askedSchema.optional(),
  askedAt: z.int(),
  /** The answer to it. */
  given: z.object({ answer: answerSchema, right: z.boolean(), sure: z.enum(sureness) }).optional(),
  /** What was answered, this question's answer included. */
  done: z.array(z.object({ question: z.string(), right: z.boolean(), sure: z.enum(sureness) })),
  /** Why those just before the one that is shown were passed over. */
  passed: z.array(z.enum(['open', 'changed', 'forgotten'])),
  ended: z.enum(['done', 'stopped']).optional(),
});
/** A private sequence of questions. Never changed in place. */
export type Session = z.infer<typeof sessionSchema>;
export type PassedOver = Session['passed'][number];

/** By scope and member: the last session that they started. */
export const sessionRecord = recordType('session', sessionSchema);

/** Who has a {@link sessionRecord} in a scope. */
export const sessionMembersLog = logType('session-members', z.string());
