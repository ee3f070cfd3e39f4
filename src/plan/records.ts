import { z } from 'zod';
import { levels } from '../bank/question.js';
import type { Cell } from '../profiles/readiness.js';
import { logType } from '../store/log-segments.js';
import { recordType } from '../store/store.js';
import { minuteBounds } from './rules.js';

const count = z.int().nonnegative();

export const planSchema = z.object({
  /** The day of the interview, and the local day on which the plan was made. */
  date: z.iso.date(),
  setOn: z.iso.date(),
  /** Absent: all levels. */
  level: z.enum(levels).optional(),
  minutes: z.int().min(minuteBounds.least).max(minuteBounds.most),
  /** Right and all answers when the plan was made, by topic and level; what was never answered is absent. */
  start: z.record(z.string(), z.partialRecord(z.enum(levels), z.tuple([count, count]))),
});
/** One member's plan in one scope. What is done when follows from it, and is stored nowhere. */
export type PlanRecord = z.infer<typeof planSchema>;

/** By scope and member. */
export const planRecord = recordType('plan', planSchema);
/** Who has a plan in a scope, so that all of them can be found when the scope's data goes. */
export const plannersLog = logType('planners', z.string());

export function startOfPlan(cells: readonly Cell[]): PlanRecord['start'] {
  const topics = new Map<string, PlanRecord['start'][string]>();
  for (const { topic, level, right, total } of cells)
    if (total > 0) topics.set(topic, { ...topics.get(topic), [level]: [right, total] });
  return Object.fromEntries(topics);
}

export const startCells = ({ start }: PlanRecord): Cell[] =>
  Object.entries(start).flatMap(([topic, ofTopic]) =>
    levels.flatMap((level) => {
      const tally = ofTopic[level];
      return tally ? [{ topic, level, right: tally[0], total: tally[1] }] : [];
    }),
  );
