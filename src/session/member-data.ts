import { z } from 'zod';
import { memberData } from '../people/member-data.js';
import { type Session, sessionSchema } from './records.js';

/** Without what is asked just now, and how its options are ordered. */
const sessionPartSchema = z.object({
  title: sessionSchema.shape.title,
  startedAt: sessionSchema.shape.startedAt,
  answers: sessionSchema.shape.done,
});
/** A member's last session, as it is exported. */
export type SessionPart = z.infer<typeof sessionPartSchema>;

export const sessionOfMember = memberData(sessionPartSchema, () => [
  'your last private session of questions',
]);

export const partOf = ({ title, startedAt, done }: Session): SessionPart => ({
  title,
  startedAt,
  answers: done,
});
