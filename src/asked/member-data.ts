import { z } from 'zod';
import { count } from '../discord/count.js';
import { memberData } from '../people/member-data.js';
import { historySchema } from './history.js';

const metPartSchema = z.object({
  /** By the question's id. */
  questions: historySchema,
});
/** What a member met, as it is exported. */
export type MetPart = z.infer<typeof metPartSchema>;

export const metByMember = memberData(metPartSchema, ({ questions }) => [
  `${count(Object.keys(questions).length, 'question')} that you met, and how often you were right`,
]);
