import { createEmptyCard, fsrs, generatorParameters, Rating, State } from 'ts-fsrs';
import { z } from 'zod';
import { dayMs } from '../time/spans.js';

/**
 * The one door to `ts-fsrs`: FSRS-6 with its published default parameters, by whole days. Nothing of its objects goes
 * out of here; what is stored is {@link CardMemory}. (Loading the package adds methods to `Date.prototype`; nobody may use
 * them.)
 */
const scheduler = fsrs(
  generatorParameters({ enable_fuzz: false, enable_short_term: false, request_retention: 0.9 }),
);

/** How well a question is remembered. Days are counted since 1970-01-01 on a local calendar. */
export const memorySchema = z.object({
  stability: z.number(),
  difficulty: z.number(),
  /** The day of the last grade, and the day on which it is due again. */
  last: z.int(),
  due: z.int(),
  reps: z.int().nonnegative(),
  lapses: z.int().nonnegative(),
});
export type CardMemory = z.infer<typeof memorySchema>;

/** Wrong, right after a guess, right. */
export const grades = { again: Rating.Again, hard: Rating.Hard, good: Rating.Good } as const;
export type ReviewGrade = (typeof grades)[keyof typeof grades];
export const gradeSchema = z.literal([Rating.Again, Rating.Hard, Rating.Good]);

/** What a grade of a day makes of a memory; undefined before the first one. */
export function remembered(memory: CardMemory | undefined, day: number, grade: ReviewGrade): CardMemory {
  const now = dateOf(day);
  const { card } = scheduler.next(memory ? cardOf(memory) : createEmptyCard(now), now, grade);
  return {
    stability: card.stability,
    difficulty: card.difficulty,
    last: day,
    due: Math.round(card.due.getTime() / dayMs),
    reps: card.reps,
    lapses: card.lapses,
  };
}

/** How probably it is remembered on a day, 0 to 1. */
export const retrievability = (memory: CardMemory, day: number): number =>
  scheduler.get_retrievability(cardOf(memory), dateOf(day), false);

const cardOf = ({ stability, difficulty, last, due, reps, lapses }: CardMemory) => ({
  stability,
  difficulty,
  due: dateOf(due),
  last_review: dateOf(last),
  scheduled_days: due - last,
  elapsed_days: 0,
  learning_steps: 0,
  reps,
  lapses,
  // Without short-term steps, whatever was graded once is in review.
  state: State.Review,
});

const dateOf = (day: number): Date => new Date(day * dayMs);
