import { z } from 'zod';
import { count } from '../discord/count.js';
import { memberData } from '../people/member-data.js';
import { playerSchema } from './game.js';

/** Options are numbered from 0 in the order of the bank. */
const chosen = z.array(z.int().optional());

const quizPartSchema = z.object({
  quiz: z.string(),
  startedAt: z.int(),
  isHost: z.boolean(),
  ...playerSchema.partial().shape,
  answers: z.array(
    z.object({
      /** From 1. */
      round: z.int(),
      question: z.string(),
      firstVote: chosen.optional(),
      /** In place of the options until the answer is shown: letters, as they stood on the card. */
      firstLetters: z.string().optional(),
      firstText: z.string().optional(),
      firstAt: z.int().optional(),
      options: chosen.optional(),
      letters: z.string().optional(),
      text: z.string().optional(),
      at: z.int().optional(),
      /** Left out until the answer is shown. */
      right: z.boolean().optional(),
    }),
  ),
});
/** A member's part in a quiz, as it is exported. */
export type QuizPart = z.infer<typeof quizPartSchema>;

export const quizzesOfMember = memberData(z.array(quizPartSchema), (quizzes) => {
  const answers = quizzes.reduce((sum, quiz) => sum + quiz.answers.length, 0);
  const hosted = quizzes.filter(({ isHost }) => isHost).length;
  return [
    `${count(quizzes.length, 'quiz', 'quizzes')} that you were in, with your name in them`,
    ...(hosted > 0 ? [`${count(hosted, 'quiz', 'quizzes')} that you hosted`] : []),
    ...(answers > 0 ? [`${count(answers, 'answer')} in quizzes`] : []),
  ];
});
