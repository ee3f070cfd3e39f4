import { z } from 'zod';
import { count } from '../discord/count.js';
import { memberData } from '../people/member-data.js';
import { dailyGivenSchema } from './records.js';

const dailyPartSchema = z.object({
  answers: z.array(z.object({ date: z.iso.date(), ...dailyGivenSchema.omit({ member: true }).shape })),
  /** Whether you set the server's schedule. */
  setSchedule: z.boolean(),
});
/** A member's part in a server's daily questions, as it is exported. */
export type DailyPart = z.infer<typeof dailyPartSchema>;

export const dailyOfMember = memberData(dailyPartSchema, ({ answers, setSchedule }) => [
  ...(answers.length > 0 ? [`${count(answers.length, 'answer')} to daily questions`] : []),
  ...(setSchedule ? ['1 schedule of daily questions that you set'] : []),
]);
