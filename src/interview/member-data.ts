import { z } from 'zod';
import { count } from '../discord/count.js';
import { memberData } from '../people/member-data.js';
import { marksSchema, wishes } from './session.js';
import { formats } from './settings.js';

const sheetOfMember = z.object({
  points: z.array(z.int()),
  strength: z.string(),
  next: z.string(),
  marks: marksSchema.optional(),
  at: z.int(),
});

const interviewPartSchema = z.object({
  interview: z.string(),
  startedAt: z.int(),
  format: z.enum(formats),
  isHost: z.boolean(),
  wish: z.enum(wishes).optional(),
  questions: z.array(
    z.object({
      question: z.string(),
      role: z.enum(['candidate', 'interviewer']).optional(),
      answers: z.array(z.object({ text: z.string(), at: z.int() })),
      /** What they said, of their own answer or of somebody's. Key points are numbered from 0. */
      given: z.array(z.object({ ...sheetOfMember.shape, isOwn: z.boolean() })),
      /** What others said of their answer, without who; as soon as it has been shown. */
      received: z.array(sheetOfMember),
    }),
  ),
});
/** A member's part in an interview, as it is exported. */
export type InterviewPart = z.infer<typeof interviewPartSchema>;

export const interviewsOfMember = memberData(z.array(interviewPartSchema), (interviews) => {
  const questions = interviews.flatMap((interview) => interview.questions);
  const sum = (of: 'answers' | 'given' | 'received'): number =>
    questions.reduce((total, question) => total + question[of].length, 0);
  const line = (number: number, one: string, many?: string): string[] =>
    number > 0 ? [count(number, one, many)] : [];
  return [
    `${count(interviews.length, 'mock interview')} that you were in`,
    ...line(sum('answers'), 'written answer in interviews', 'written answers in interviews'),
    ...line(sum('given'), 'feedback sheet that you gave', 'feedback sheets that you gave'),
    ...line(sum('received'), 'feedback sheet on an answer of yours', 'feedback sheets on answers of yours'),
  ];
});
