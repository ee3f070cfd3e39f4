import { z } from 'zod';
import { logType } from '../store/log-segments.js';
import { recordType } from '../store/store.js';
import { gradeSchema, memorySchema } from './fsrs.js';

const gradedSchema = z.object({
  /** The local day of the answer, since 1970-01-01. */
  day: z.int(),
  /** When Discord took the answer. */
  at: z.int(),
  grade: gradeSchema,
});
/** An answer as the deck counts it. */
export type Graded = z.infer<typeof gradedSchema>;

export const deckCardSchema = z.object({
  /** The revision of the question that the grades are of. */
  rev: z.string(),
  /** True where the first grade that is listed was given to a card of a former revision, which was due. */
  anew: z.literal(true).optional(),
  /** What was remembered before the grades that are listed; absent while all of them are. */
  before: memorySchema.optional(),
  /** The last few, one for each day, oldest first: answers can become known in another order than they were given. */
  grades: z.array(gradedSchema).min(1),
  /** After all of them. */
  now: memorySchema,
});
/** One question that comes back. Never changed in place. */
export type DeckCard = z.infer<typeof deckCardSchema>;

/** By scope, member and share: cards by question. A question is always in the same share. */
export const deckRecord = recordType('deck', z.record(z.string(), deckCardSchema));

/** How sure somebody said that they were, when they were right and of all answers. */
const surenessSchema = z.tuple([z.int().nonnegative(), z.int().nonnegative()]);
const count = z.partialRecord(z.enum(['guess', 'unsure', 'sure']), surenessSchema);

export const reviewerSchema = z.object({
  /** When they last answered in a session of their own. */
  reviewedAt: z.int().optional(),
  /** By topic. */
  sureness: z.record(z.string(), count),
});
/** What is kept of a member in a scope beside their cards. There is one for whoever has cards. */
export type Reviewer = z.infer<typeof reviewerSchema>;
export const reviewerRecord = recordType('reviewer', reviewerSchema);

/** Who has a {@link reviewerRecord} in a scope. */
export const reviewersLog = logType('reviewers', z.string());
