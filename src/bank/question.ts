import { z } from 'zod';

export const levels = ['basic', 'intermediate', 'advanced'] as const;
export type Level = (typeof levels)[number];

/** What is asked at each level, in a line. */
export const levelDescriptions: Readonly<Record<Level, string>> = {
  basic: 'what everybody who has built something with it knows',
  intermediate: 'what daily work teaches: why it behaves so, and what to use when',
  advanced: 'behaviour under load, pitfalls, trade-offs and design',
};

export const kinds = [
  'single-choice',
  'multiple-choice',
  'true-false',
  'short-answer',
  'ordering',
  'open',
] as const;
export type QuestionKind = (typeof kinds)[number];
/** Kinds that tell right from wrong by themselves: only these earn points. */
export const gradedKinds = kinds.filter((kind) => kind !== 'open');

/**
 * Long forms of a choice: a review of code with several faults; an incident with its log, traceback, queries or
 * diff. They take longer to read than a timed round gives.
 */
export const forms = ['review', 'incident'] as const;
export type Form = (typeof forms)[number];

/** The most options a question has: one button each, `A` to `F`. */
export const mostOptions = 6;

/** A piece of code or output with what it is a piece of. */
export interface Exhibit {
  readonly title: string;
  readonly language: string;
  readonly text: string;
}

/** A place among the three questions on one situation, 1 to 3; each is asked after the one before. */
export interface Rung {
  readonly of: string;
  readonly rung: number;
}

/**
 * One question as the rest of the program knows it: checked, with its topic, and with what its kind needs.
 * Texts are Markdown of Discord's dialect, written by the bank's authors.
 */
interface Common {
  /** Unique in the whole bank and stable for ever: scores and statistics name it. Kebab case. */
  readonly id: string;
  readonly pack: string;
  /** The topic's id, e.g. `query-performance`. */
  readonly topic: string;
  readonly level: Level;
  readonly prompt: string;
  /** Shown in a code block below the prompt. */
  readonly code?: { readonly language: string; readonly text: string } | undefined;
  /** Why the right answer is right, and why the tempting wrong one is not. */
  readonly explanation: string;
  /** Pages of official documentation; at least one. */
  readonly sources: readonly string[];
  /** Releases for which the question holds, e.g. `{ django: '>=5.2' }`; absent: all supported ones. */
  readonly versions?: Readonly<Record<string, string>> | undefined;
  readonly ladder?: Rung | undefined;
  /** True for what no interview asks: quizzes draw it last. */
  readonly practiceOnly?: boolean | undefined;
  /** Ids of the coverage list that the question answers. */
  readonly covers: readonly string[];
  /**
   * Short hash of what an answer depends on (kind, prompt, options, which are right). A card that was posted
   * for another revision can no longer be answered.
   */
  readonly rev: string;
}

export interface Option {
  readonly text: string;
  readonly right: boolean;
  /** Why a wrong option is wrong. */
  readonly why?: string | undefined;
}

/** One option is right. True/false questions have the options `True` and `False`, always in this order. */
export interface ChoiceQuestion extends Common {
  readonly kind: 'single-choice' | 'true-false' | 'multiple-choice';
  readonly form?: Form | undefined;
  /** Shown below the prompt in place of code; 2 to 4. */
  readonly exhibits?: readonly Exhibit[] | undefined;
  /** 2 to {@link mostOptions}. Multiple choice: all right ones and no other must be chosen. */
  readonly options: readonly Option[];
}

export interface OrderingQuestion extends Common {
  readonly kind: 'ordering';
  /** In the right order, 3 to {@link mostOptions}. */
  readonly steps: readonly string[];
}

export interface ShortQuestion extends Common {
  readonly kind: 'short-answer';
  /** Accepted answers; the first is the one shown. Compared after normalising (see `grade`). */
  readonly accepted: readonly string[];
}

/** A phrase is found in a text as `names` of matching.ts says. */
export interface KeyPoint {
  readonly point: string;
  /** What it counts beside the others, 1 to 3. */
  readonly weight: number;
  /** Any of them counts as naming the point. */
  readonly phrases: readonly string[];
}

export interface RedFlag {
  readonly flag: string;
  readonly phrases: readonly string[];
}

/** What an interviewer asks next, in this order; a question may leave some out. */
export interface FollowUps {
  readonly base?: string | undefined;
  readonly why?: string | undefined;
  readonly tradeOff?: string | undefined;
  readonly incident?: string | undefined;
}

export interface OpenQuestion extends Common {
  readonly kind: 'open';
  readonly keyPoints: readonly KeyPoint[];
  /** What a weak answer says. */
  readonly redFlags: readonly RedFlag[];
  readonly modelAnswer: string;
  /** From gentle to nearly telling. */
  readonly hints: readonly string[];
  readonly followUps: FollowUps;
  /** What the key points are tried on, and what the sandbox's classmates say; never shown as such. */
  readonly samples?: { readonly good: string; readonly bad: readonly string[] } | undefined;
}

export type Question = ChoiceQuestion | OrderingQuestion | ShortQuestion | OpenQuestion;

export interface Topic {
  readonly id: string;
  readonly pack: string;
  /** At most 60 characters, e.g. `QuerySets and lookups`. */
  readonly title: string;
  /** Where there is little room, at most 24 characters; absent: the title. */
  readonly short?: string | undefined;
  /** One line. */
  readonly description: string;
}

/** What somebody prepares for an interview one after the other. */
export const stages = ['core', 'security', 'apis', 'deployment'] as const;
export type Stage = (typeof stages)[number];

/** Topics that belong to a stage of preparing, in the order in which to take them. */
export interface StudyPart {
  readonly stage: Stage;
  readonly topics: readonly string[];
}

/** Topics that belong together: a folder of the bank. */
export interface Pack {
  /** The folder's name. Topics and packs have no name in common. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Whether its questions come where nobody chose a topic or a pack. */
  readonly askedByDefault: boolean;
  /** In which order to study its topics; those that are left out belong to the core, after the others. */
  readonly study?: readonly StudyPart[] | undefined;
}

/** What a member gave as an answer, in the bank's own numbering of options or steps. */
export const answerSchema = z.union([
  z.object({
    picks: z.array(
      z
        .int()
        .min(0)
        .max(mostOptions - 1),
    ),
  }),
  z.object({ text: z.string() }),
]);
export type Answer = z.infer<typeof answerSchema>;

/** A filter on the bank; an absent field admits all. */
export interface Filter {
  readonly level?: Level | undefined;
  /** A topic's id, or a pack's for all of its topics; absent: all packs that are asked by default. */
  readonly topic?: string | undefined;
  /** Absent: all kinds. */
  readonly kinds?: readonly QuestionKind[] | undefined;
  /** True: none of the long {@link forms}, which a timed round leaves no time to read. */
  readonly short?: boolean | undefined;
}
