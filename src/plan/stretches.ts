import type { PlanDay } from './rules.js';
import { phases, type StudyPhase } from './work.js';

/** What a day is mostly about; undefined for a day without new questions. */
export function mainPhase({ items }: PlanDay): StudyPhase | undefined {
  const amounts = new Map<StudyPhase, number>();
  for (const { phase, count } of items) amounts.set(phase, (amounts.get(phase) ?? 0) + count);
  const [most] = [...amounts].sort((a, b) => b[1] - a[1]);
  return most?.[0];
}

export interface Stretch {
  readonly phase: StudyPhase;
  /** The first and the last day that have something of it. */
  readonly from: string;
  readonly until: string;
}

/** From when to when each phase lasts, in the order of study. */
export const stretchesOf = (days: readonly PlanDay[]): Stretch[] =>
  phases.flatMap((phase) => {
    const dates = days
      .filter(({ items }) => items.some((item) => item.phase === phase))
      .map(({ date }) => date);
    const [from] = dates;
    const until = dates.at(-1);
    return from && until ? [{ phase, from, until }] : [];
  });

export const mockDays = (days: readonly PlanDay[]): string[] =>
  days.filter(({ mock }) => mock > 0).map(({ date }) => date);
