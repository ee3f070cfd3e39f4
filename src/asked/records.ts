import { z } from 'zod';
import { logType } from '../store/log-segments.js';
import { recordType } from '../store/store.js';
import { firstsSchema, historySchema } from './history.js';
import { places } from './outcomes.js';

const occasionSchema = z.object({
  id: z.string(),
  where: z.enum(places),
  question: z.string(),
  rev: z.string(),
  at: z.int(),
  /** How many answered, and how many of them rightly. */
  answered: z.int().nonnegative(),
  right: z.int().nonnegative(),
});
/** One asking whose result is out; answers that were taken later stand in a row of their own, of the same id. */
export type OccasionRow = z.infer<typeof occasionSchema>;

/** By scope: every asking whose result is out, in the order in which it came out. */
export const occasionsLog = logType('askings', occasionSchema);

/** By scope, member and topic: what the member met. */
export const historyRecord = recordType('met', historySchema);
/** By scope and member: the topics of which there is a {@link historyRecord}. */
export const metTopicsRecord = recordType('met-topics', z.array(z.string()));
/** Who has met anything in a scope. */
export const metMembersLog = logType('met-members', z.string());
/** By scope and topic: first answers to each question. */
export const firstsRecord = recordType('firsts', z.record(z.string(), firstsSchema));
/** The topics of which a scope has a {@link firstsRecord}. */
export const firstsTopicsRecord = recordType('firsts-topics', z.array(z.string()));
