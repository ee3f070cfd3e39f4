import { z } from 'zod';
import { type Filter, levels, type OpenQuestion, type Question } from '../bank/question.js';

export const formats = ['panel', 'written'] as const;
export type Format = (typeof formats)[number];

/** Nobody speaks longer in one go; a written answer may wait for other time zones. */
export const mostMinutes = { panel: 30, written: 2_880 } as const satisfies Record<Format, number>;

export const interviewSettings = z
  .object({
    format: z.enum(formats).default('panel'),
    level: z.enum(levels).optional(),
    topic: z.string().max(100).optional(),
    questions: z.int().min(1).max(5).default(3),
    /** For each question. */
    minutes: z.int().min(3).max(mostMinutes.written).default(10),
  })
  .refine(({ format, minutes }) => minutes <= mostMinutes[format]);
/** What a host chose. */
export type InterviewSettings = z.infer<typeof interviewSettings>;

/** The questions that an interview may ask. */
export const openQuestions = ({ level, topic }: Pick<InterviewSettings, 'level' | 'topic'>): Filter => ({
  level,
  topic,
  kinds: ['open'],
});

const least = { keyPoints: 3, hints: 2, followUps: 2 } as const;

/** Whether an interviewer who does not know the subject can lead by what the bank says. */
export function hasRubric(question: Question | undefined): question is OpenQuestion {
  return (
    question?.kind === 'open' &&
    question.keyPoints.length >= least.keyPoints &&
    question.hints.length >= least.hints &&
    ladderOf(question).length >= least.followUps
  );
}

const rungs = ['base', 'why', 'tradeOff', 'incident'] as const;

/** The follow-up questions, in the order in which they are asked. */
export const ladderOf = ({ followUps }: OpenQuestion): string[] =>
  rungs.flatMap((rung) => followUps[rung] ?? []);
