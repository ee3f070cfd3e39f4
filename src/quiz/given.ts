import { z } from 'zod';
import { mostOptions } from '../bank/question.js';
import type { Fold } from '../store/log-slot.js';
import type { Game } from './game.js';

export const quizAnswerSchema = z.object({
  round: z.int().nonnegative(),
  member: z.string(),
  /** The letters chosen, as shown, from 0: in their order, or as they were put in order. */
  shown: z.array(
    z
      .int()
      .min(0)
      .max(mostOptions - 1),
  ),
  /** What was typed, where the question takes words, and whether that was right. */
  text: z.string().max(200).optional(),
  right: z.boolean().optional(),
  /** When Discord took the press (from the interaction's id). */
  at: z.int(),
  /** Set for the second vote of a round that is voted on twice. */
  vote: z.literal(2).optional(),
  /** The member's name, where the answer made them join. */
  name: z.string().optional(),
});
/** One recorded answer. */
export type QuizAnswer = z.infer<typeof quizAnswerSchema>;

/** The answers of a quiz as they were recorded. */
export interface Given {
  /** By round, then by member; the first press counts. */
  readonly byRound: ReadonlyMap<number, ReadonlyMap<string, QuizAnswer>>;
  /** The second votes likewise. */
  readonly second: ReadonlyMap<number, ReadonlyMap<string, QuizAnswer>>;
  /** Names of those who joined by an answer. */
  readonly newcomers: ReadonlyMap<string, string>;
  /** Grows with every change of `newcomers`, so that what is made of them can be kept until the next one. */
  readonly newcomerChanges: number;
}

interface GivenIndex extends Given {
  readonly byRound: Map<number, Map<string, QuizAnswer>>;
  readonly second: Map<number, Map<string, QuizAnswer>>;
  readonly newcomers: Map<string, string>;
  newcomerChanges: number;
}

/** What one takes in memory, roughly, with its place in a map. */
const bytesPerAnswer = 300;
const bytesPerName = 150;

export const givenFold: Fold<QuizAnswer, GivenIndex> = {
  empty: () => ({ byRound: new Map(), second: new Map(), newcomers: new Map(), newcomerChanges: 0 }),
  add(given, row) {
    const { round, member, name, vote } = row;
    const votes = vote === 2 ? given.second : given.byRound;
    const ofRound = votes.get(round) ?? new Map<string, QuizAnswer>();
    votes.set(round, ofRound);
    if (!ofRound.has(member)) ofRound.set(member, row);
    if (name === undefined) return;
    given.newcomers.set(member, name);
    given.newcomerChanges++;
  },
  drop(given, { round, member, vote }) {
    (vote === 2 ? given.second : given.byRound).get(round)?.delete(member);
    if (given.newcomers.delete(member)) given.newcomerChanges++;
  },
  bytes({ byRound, second, newcomers }) {
    let answers = 0;
    for (const rounds of [byRound, second]) for (const ofRound of rounds.values()) answers += ofRound.size;
    return answers * bytesPerAnswer + newcomers.size * bytesPerName;
  },
};

const none: ReadonlyMap<string, QuizAnswer> = new Map();

/** All answers of a round; where it was voted on twice, the first votes. */
export const answersIn = ({ byRound }: Given, round: number): ReadonlyMap<string, QuizAnswer> =>
  byRound.get(round) ?? none;

/** The answers of a round that count: the second votes where there are two. */
export const countingVotes = (
  { game, given }: { readonly game: Game; readonly given: Given },
  round: number,
): ReadonlyMap<string, QuizAnswer> =>
  game.rounds[round]?.second ? (given.second.get(round) ?? none) : answersIn(given, round);
