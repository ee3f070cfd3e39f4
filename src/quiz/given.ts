import { z } from 'zod';
import { mostOptions } from '../bank/question.js';
import type { Fold } from '../store/logs.js';

export const quizAnswerSchema = z.object({
  round: z.int().nonnegative(),
  member: z.string(),
  /** The letters chosen, as shown, from 0. */
  shown: z.array(
    z
      .int()
      .min(0)
      .max(mostOptions - 1),
  ),
  /** When Discord took the press (from the interaction's id). */
  at: z.int(),
  /** The member's name, where the answer made them join. */
  name: z.string().optional(),
});
/** One recorded answer. */
export type QuizAnswer = z.infer<typeof quizAnswerSchema>;

/** The answers of a quiz as they were recorded. */
export interface Given {
  /** By round, then by member; the first press counts. */
  readonly byRound: ReadonlyMap<number, ReadonlyMap<string, QuizAnswer>>;
  /** Names of those who joined by an answer. */
  readonly newcomers: ReadonlyMap<string, string>;
}

interface GivenIndex extends Given {
  readonly byRound: Map<number, Map<string, QuizAnswer>>;
  readonly newcomers: Map<string, string>;
}

export const givenFold: Fold<QuizAnswer, GivenIndex> = {
  empty: () => ({ byRound: new Map(), newcomers: new Map() }),
  add({ byRound, newcomers }, row) {
    const { round, member, name } = row;
    const ofRound = byRound.get(round) ?? new Map<string, QuizAnswer>();
    byRound.set(round, ofRound);
    if (!ofRound.has(member)) ofRound.set(member, row);
    if (name !== undefined) newcomers.set(member, name);
  },
  drop({ byRound, newcomers }, { round, member }) {
    byRound.get(round)?.delete(member);
    newcomers.delete(member);
  },
};

const none: ReadonlyMap<string, QuizAnswer> = new Map();

export const answersIn = ({ byRound }: Given, round: number): ReadonlyMap<string, QuizAnswer> =>
  byRound.get(round) ?? none;
