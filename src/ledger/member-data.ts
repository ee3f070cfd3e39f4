import { z } from 'zod';
import { levels } from '../bank/question.js';
import { count } from '../discord/count.js';
import { memberData } from '../people/member-data.js';

const rowPartSchema = z.object({
  /** The round of a quiz, or the day of a daily question. */
  source: z.string(),
  points: z.int(),
  right: z.boolean(),
  level: z.enum(levels),
  topic: z.string(),
  at: z.int(),
});
/** A row of the ledger, as it is exported to its member. */
export type RowPart = z.infer<typeof rowPartSchema>;

export const rowsOfMember = memberData(z.array(rowPartSchema), (rows) => {
  const points = rows.reduce((sum, row) => sum + row.points, 0);
  return [`${count(rows.length, 'entry', 'entries')} of the leaderboard, ${points} points`];
});
