import { z } from 'zod';
import { logType } from '../../store/log-segments.js';
import { recordType } from '../../store/store.js';
import { minuteOfDaySchema, zoneSchema } from '../../time/schemas.js';

const date = z.iso.date();

export const reminderSchema = z.object({
  on: z.boolean(),
  zone: zoneSchema,
  minute: minuteOfDaySchema,
  armedAtMs: z.int(),
  /** Where it was set, to find the way back. */
  channelId: z.string(),
  /** The newest day that is done, with a message or without. */
  lastDate: date.optional(),
  /** A message under way: recorded before it is sent. */
  sending: z.object({ date, atMs: z.int(), cards: z.int().positive() }).optional(),
  /** When the last message was sent. */
  sentAtMs: z.int().optional(),
  /** Messages in a row after which the member did not review. */
  unfollowed: z.int().nonnegative(),
  /** Why it is off. */
  off: z.enum(['asked', 'unfollowed', 'closed']).optional(),
});
/** When a member of a scope wants to be reminded. Never changed in place. */
export type Reminder = z.infer<typeof reminderSchema>;

/** By scope and member. */
export const reminderRecord = recordType('reminder', reminderSchema);

/** Who has a {@link reminderRecord}: by server; under `direct` those of direct messages. */
export const remindersLog = logType('reminders', z.string());
