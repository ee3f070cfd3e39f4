import type { Asked } from '../asking/asked.js';
import type {
  InterviewEnding,
  InterviewNote,
  InterviewSession,
  InterviewTurn,
  Marks,
  RoleWish,
} from './session.js';

/** A question for a turn. */
export type DrawnTurn = Pick<
  InterviewTurn,
  'topic' | 'level' | 'hintsThere' | 'followUpsThere' | 'points'
> & {
  readonly asked: Asked;
};

/** What somebody does in a turn; one that is over is not changed any more. */
type OfTurn<K extends string> = K extends string
  ? { readonly kind: K; readonly turn: number; readonly member: string }
  : never;

/** What happens to an interview. Events of timers and of finished work name their turn: a late one changes nothing. */
export type InterviewEvent =
  /** A message stands, or is not needed any more; `at` is when Discord accepted it. */
  | { readonly kind: 'posted'; readonly key: string; readonly messageId?: string; readonly at: number }
  | { readonly kind: 'sealed'; readonly key: string }
  | {
      readonly kind: 'join';
      readonly member: string;
      readonly wish?: RoleWish | undefined;
    }
  | { readonly kind: 'leave' | 'forget' | 'invited'; readonly member: string }
  /** By whoever may, or because the lobby's time is over. */
  | { readonly kind: 'begin'; readonly byTime: boolean }
  | { readonly kind: 'roomed'; readonly threadId?: string }
  | { readonly kind: 'drawn'; readonly drawn: DrawnTurn | undefined }
  | OfTurn<'read' | 'ask' | 'hint' | 'followUp' | 'away' | 'next'>
  /** Without a member: by time. A moderator acts for the host. */
  | { readonly kind: 'timeUp'; readonly turn: number; readonly member?: string }
  | (OfTurn<'answer'> & { readonly text: string; readonly at: number })
  | (OfTurn<'points'> & {
      readonly of: string;
      readonly points: readonly number[];
      readonly strength: string;
      readonly next: string;
      readonly at: number;
    })
  | (OfTurn<'marks'> & { readonly of: string; readonly marks: Marks })
  /** The interviewer was silent until `quietAt`. */
  | { readonly kind: 'silence'; readonly turn: number; readonly quietAt: number }
  | { readonly kind: 'reveal' | 'advance' | 'lost'; readonly turn: number }
  | { readonly kind: 'end'; readonly ending: InterviewEnding; readonly reason?: string }
  /** The thread is closed, or cannot be; everything is shown. */
  | { readonly kind: 'closed' | 'finished' | 'resume' };

/** The event of a kind. */
export type InterviewEventOf<K extends InterviewEvent['kind']> = Extract<InterviewEvent, { kind: K }>;

export interface InterviewAround {
  readonly now: number;
  /** From 0 (included) to 1. */
  readonly random: () => number;
}

export type InterviewOutcome =
  | 'done'
  | 'already'
  | 'again'
  | 'absent'
  | 'early'
  | 'late'
  | 'notYours'
  | 'none'
  | 'few'
  | 'full'
  | 'over'
  | 'nothing';

/** `release` and those below it belong to the same change; the other is obeyed when it is stored. */
export type InterviewEffect =
  | { readonly kind: 'refresh'; readonly key: string }
  /** The turn's question may be asked elsewhere again. */
  | { readonly kind: 'release'; readonly turn: number }
  /** It goes into its members' histories. */
  | { readonly kind: 'file' }
  | { readonly kind: 'retire' };

export interface InterviewStep {
  readonly session: InterviewSession;
  readonly outcome: InterviewOutcome;
  readonly effects: readonly InterviewEffect[];
}

export const left = (session: InterviewSession, outcome: InterviewOutcome): InterviewStep => ({
  session,
  outcome,
  effects: [],
});

export const became = (
  session: InterviewSession,
  effects: readonly InterviewEffect[] = [],
): InterviewStep => ({
  session,
  outcome: 'done',
  effects,
});

export const withTurn = (
  session: InterviewSession,
  index: number,
  change: Partial<InterviewTurn>,
): InterviewSession => ({
  ...session,
  turns: session.turns.map((turn, at) => (at === index ? { ...turn, ...change } : turn)),
});

/** Puts messages behind those that wait to be posted. */
export const toPost = (session: InterviewSession, ...keys: readonly string[]): InterviewSession => ({
  ...session,
  outbox: [...session.outbox, ...keys],
});

export const noted = (session: InterviewSession, note: InterviewNote): InterviewSession =>
  toPost({ ...session, notes: [...session.notes, note] }, `n${session.notes.length}`);

/** The turn that the phase is about; undefined in the lobby and when all is over. */
export const turnOf = ({ phase, turns }: InterviewSession): InterviewTurn | undefined =>
  'turn' in phase ? turns[phase.turn] : undefined;
