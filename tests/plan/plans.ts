import { type Level, levels, stages } from '../../src/bank/question.js';
import type { Subject } from '../../src/bank/study.js';
import type { PlanInput, StudyPlan } from '../../src/plan/rules.js';
import type { Cell } from '../../src/profiles/readiness.js';
import { dateOf, dayOf } from '../../src/time/days.js';

export const today = '2026-03-02';
export const inDays = (days: number, from = today): string => dateOf(dayOf(from) + days);

export const subject = (id: string, over: Partial<Subject> = {}): Subject => ({
  id,
  title: `About ${id}`,
  short: id,
  stage: 'core',
  levels: { basic: 5, intermediate: 5, advanced: 5 },
  ...over,
});

export const cell = (topic: string, level: Level, right: number, total: number): Cell => ({
  topic,
  level,
  right,
  total,
});

export const input = (
  over: Partial<PlanInput> & { date?: string; level?: Level; minutes?: number } = {},
): PlanInput => {
  const { date = inDays(14), level, minutes = 20, ...rest } = over;
  const start = over.start ?? [];
  return {
    settings: { date, level, minutes, setOn: today },
    today,
    subjects: [subject('models'), subject('auth', { stage: 'security' })],
    now: start,
    due: 0,
    answeredToday: 0,
    ...rest,
    start,
  };
};

/** Somebody with any bank, any answers and any plan. */
export function anyInput(random: () => number): PlanInput {
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  const pick = <T>(many: readonly T[]): T => many[upTo(many.length - 1)] as T;
  const subjects = stages.flatMap((stage) =>
    Array.from({ length: upTo(6) }, (_, index) =>
      subject(`${stage}-${index}`, {
        stage,
        levels: { basic: upTo(12), intermediate: upTo(12), advanced: upTo(12) },
      }),
    ),
  );
  const start = subjects.flatMap(({ id }) =>
    levels.flatMap((level) => {
      const total = random() < 0.5 ? 0 : upTo(12);
      return total > 0 ? [cell(id, level, upTo(total), total)] : [];
    }),
  );
  const level = pick([undefined, ...levels]);
  return input({
    date: inDays(1 + upTo(random() < 0.2 ? 200 : 30)),
    ...(level && { level }),
    minutes: 5 + upTo(115),
    subjects,
    start,
    due: upTo(25),
  });
}

/** The answers after so many right and wrong ones to each item. */
export function afterDoing(
  now: readonly Cell[],
  items: readonly { readonly topic: string; readonly level: Level; readonly count: number }[],
  right = true,
): Cell[] {
  const cells = new Map(now.map((one) => [`${one.topic}:${one.level}`, one]));
  for (const { topic, level, count } of items) {
    const before = cells.get(`${topic}:${level}`) ?? cell(topic, level, 0, 0);
    const gain = right ? count : 0;
    cells.set(`${topic}:${level}`, cell(topic, level, before.right + gain, before.total + count));
  }
  return [...cells.values()];
}

/** Questions that a plan has of a topic, and of one of its levels. */
export const planned = ({ days }: StudyPlan, topic: string, level?: Level): number =>
  days
    .flatMap(({ items }) => items)
    .filter((item) => item.topic === topic && (level === undefined || item.level === level))
    .reduce((sum, { count }) => sum + count, 0);
