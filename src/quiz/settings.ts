import { z } from 'zod';
import { type Filter, levels, type QuestionKind } from '../bank/question.js';

/** Kinds that one press answers. */
export const quizKinds = ['single-choice', 'true-false'] as const satisfies readonly QuestionKind[];

/** The others that can be timed: a picker or a form takes longer than a press. */
const slowKinds = ['multiple-choice', 'ordering', 'short-answer'] as const satisfies readonly QuestionKind[];
/** A round with one of {@link slowKinds} lasts so many times as long. */
const slowness = 1.5;

/** Seconds for a round with a question of this kind. */
export const secondsFor = ({ seconds }: QuizSettings, kind: QuestionKind): number =>
  (slowKinds as readonly QuestionKind[]).includes(kind) ? Math.ceil(seconds * slowness) : seconds;

export const kindChoices = ['choice', 'all'] as const;
export const modes = ['race', 'discuss'] as const;
const froms = ['bank', 'missed', 'weak'] as const;
export const scorings = ['speed', 'accuracy'] as const;

export const mostRounds = 30;

export const settingsSchema = z.object({
  level: z.enum(levels).optional(),
  topic: z.string().max(100).optional(),
  rounds: z.int().min(1).max(mostRounds),
  /** Of a round. */
  seconds: z.int().min(5).max(300),
  /** Seconds until the quiz starts by itself; 0: at once. */
  lobby: z.int().min(0).max(300),
  /** `all`: also kinds that take a picker or a form. */
  kinds: z.enum(kindChoices).default('choice'),
  /** `accuracy`: a right answer earns the same at whatever speed. */
  scoring: z.enum(scorings).default('speed'),
  /** `discuss`: two votes a round, with a discussion between them where opinions differ. */
  mode: z.enum(modes).default('race'),
  /** `missed`: first what somebody in the quiz has missed; `weak`: first the group's weakest topics and levels. */
  from: z.enum(froms).default('bank'),
  /** Asked first: what was missed in the quiz before. */
  questions: z.array(z.string().max(100)).max(mostRounds).optional(),
  /** Absent: everybody for themselves. */
  teams: z.int().min(2).max(4).optional(),
});
/** What a host chose. */
export type QuizSettings = z.infer<typeof settingsSchema>;

/** Seconds; `Play again` opens a lobby even after a quiz that had none. */
export const defaultLobby = 30;

/** Of what is not chosen. */
export const defaults = {
  rounds: 5,
  seconds: 20,
  lobby: defaultLobby,
  kinds: 'choice',
  scoring: 'speed',
  mode: 'race',
  from: 'bank',
} as const;

/** The questions that a quiz may ask. */
export const filterOf = ({
  level,
  topic,
  kinds,
}: Pick<QuizSettings, 'level' | 'topic' | 'kinds'>): Filter => ({
  level,
  topic,
  kinds: kinds === 'all' ? [...quizKinds, ...slowKinds] : quizKinds,
});
