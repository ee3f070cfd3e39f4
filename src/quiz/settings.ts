import { z } from 'zod';
import { type Filter, type Kind, levels } from '../bank/question.js';

/** Kinds that one press answers, so that a round can be timed. */
export const quizKinds = ['single-choice', 'true-false'] as const satisfies readonly Kind[];

export const settingsSchema = z.object({
  level: z.enum(levels).optional(),
  topic: z.string().max(100).optional(),
  rounds: z.int().min(1).max(30),
  /** Of a round. */
  seconds: z.int().min(5).max(300),
  /** Seconds until the quiz starts by itself; 0: at once. */
  lobby: z.int().min(0).max(300),
});
/** What a host chose. */
export type QuizSettings = z.infer<typeof settingsSchema>;

/** Seconds; `Play again` opens a lobby even after a quiz that had none. */
export const defaultLobby = 30;

/** The questions that a quiz may ask. */
export const filterOf = ({ level, topic }: QuizSettings): Filter => ({ level, topic, kinds: quizKinds });
