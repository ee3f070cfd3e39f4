import { z } from 'zod';
import { count } from '../discord/count.js';
import { memberData } from '../people/member-data.js';

const nightPartSchema = z.object({
  /** What each night brought them. */
  nights: z.array(z.object({ date: z.iso.date(), points: z.int().nonnegative() })),
  /** Whether they want a message when the next lobby opens. */
  isReminded: z.boolean(),
  /** Whether they set the server's night. */
  setNight: z.boolean(),
});
export type NightPart = z.infer<typeof nightPartSchema>;

export const nightsOfMember = memberData(nightPartSchema, ({ nights, isReminded, setNight }) => [
  ...(nights.length > 0 ? [`results of ${count(nights.length, 'quiz night')}`] : []),
  ...(isReminded ? ['1 reminder of the next quiz night'] : []),
  ...(setNight ? ['1 quiz night that you set up'] : []),
]);
