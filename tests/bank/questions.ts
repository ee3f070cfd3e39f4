import { Bank } from '../../src/bank/bank.js';
import type {
  ChoiceQuestion,
  Level,
  OpenQuestion,
  OrderingQuestion,
  Question,
  ShortQuestion,
  Topic,
} from '../../src/bank/question.js';

const common = {
  pack: 'django',
  topic: 'queries',
  level: 'basic',
  prompt: 'What?',
  explanation: 'That.',
  sources: ['https://docs.djangoproject.com/en/5.2/'],
  covers: [],
  rev: '00000000',
} as const;

/** A choice whose options are right or wrong as told. */
export const choice = (
  id: string,
  rights: readonly boolean[],
  more: Partial<ChoiceQuestion> = {},
): ChoiceQuestion => ({
  ...common,
  id,
  kind: 'single-choice',
  options: rights.map((right, index) => ({ text: `option ${index}`, right })),
  ...more,
});

export const ordering = (steps: readonly string[]): OrderingQuestion => ({
  ...common,
  id: 'o',
  kind: 'ordering',
  steps,
});

export const short = (...accepted: string[]): ShortQuestion => ({
  ...common,
  id: 's',
  kind: 'short-answer',
  accepted,
});

export const open = (
  keyPoints: readonly (readonly string[])[],
  redFlags: readonly string[] = [],
): OpenQuestion => ({
  ...common,
  id: 'open',
  kind: 'open',
  keyPoints: keyPoints.map((phrases, index) => ({ point: `point ${index}`, weight: 1, phrases })),
  redFlags: redFlags.map((flag) => ({ flag, phrases: [flag] })),
  modelAnswer: 'So.',
  hints: [],
  followUps: {},
});

export const topic = (id: string, title = id, description = 'One line.'): Topic => ({
  id,
  title,
  description,
  pack: 'django',
});

const levels: readonly Level[] = ['basic', 'intermediate', 'advanced'];

/** As many questions, spread over topics `t0`, `t1`, … and the levels in turn. */
export function manyQuestions(count: number, topics = 2): Bank {
  const questions: Question[] = Array.from({ length: count }, (_, index) =>
    choice(`q${index}`, [true, false], {
      topic: `t${index % topics}`,
      level: levels[Math.floor(index / topics) % 3] ?? 'basic',
    }),
  );
  return new Bank(
    Array.from({ length: topics }, (_, index) => topic(`t${index}`)),
    questions,
  );
}
