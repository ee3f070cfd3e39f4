import type { Asked } from '../asking/asked.js';
import type { Booking } from './awards.js';
import type { QuizEntry } from './entries.js';
import type { Ending, Game, Round, RoundEnd } from './game.js';
import type { QuizAnswer } from './given.js';

/** A question for a round, as it is put. */
export type DrawnRound = Pick<Round, 'level' | 'topic' | 'right' | 'readMs' | 'seconds' | 'hint'> & {
  readonly asked: Asked;
};

/** What happens to a quiz. Events of timers and of finished work name their round: a late one changes nothing. */
export type QuizEvent =
  | { readonly kind: 'posted'; readonly messageId: string }
  | { readonly kind: 'join'; readonly member: string; readonly name: string }
  | { readonly kind: 'leave' | 'forget' | 'switch'; readonly member: string }
  | { readonly kind: 'begin' }
  | {
      readonly kind: 'opened';
      readonly round: number;
      readonly messageId: string;
      /** Discord's time, and when the round closes by our clock. */
      readonly openedAt: number;
      readonly closesAt: number;
      /** When the countdown on the card ends. */
      readonly promisedAt: number;
      /** Set when it stood already when it was to be posted (again). */
      readonly isFound?: boolean;
    }
  | ({ readonly kind: 'answer' } & QuizPress)
  /** Without a round: whichever is open. */
  | { readonly kind: 'close'; readonly round?: number; readonly ended: RoundEnd }
  | { readonly kind: 'shown' | 'advance'; readonly round: number }
  /** The first vote's card says that it is over; the discussion is over. */
  | { readonly kind: 'firstShown' | 'revote'; readonly round: number }
  | { readonly kind: 'told'; readonly round: number; readonly messageId: string }
  /** The host goes on at once, holds the quiz up after a round, or gives the open one more time. */
  | { readonly kind: 'next' | 'pause' | 'extend'; readonly round: number }
  | { readonly kind: 'end'; readonly ending: Ending; readonly reason?: string }
  /** The results stand in the channel, or never will. */
  | { readonly kind: 'finished' }
  | { readonly kind: 'resume' };

/** An answer, at the time at which Discord took it. */
export interface QuizPress {
  readonly round: number;
  readonly member: string;
  readonly name: string;
  readonly shown: readonly number[];
  /** For a question that takes words. */
  readonly typed?: { readonly text: string; readonly right: boolean } | undefined;
  readonly at: number;
}

/** What an event needs to know besides the quiz. */
export interface Around {
  readonly now: number;
  /** For an event that takes a question: undefined when the bank has none that is free. */
  readonly drawn?: DrawnRound | undefined;
  /** For an event that closes a round: those whom its question earned points a few days ago. */
  readonly spent?: ReadonlySet<string>;
}

export type QuizOutcome = 'done' | 'already' | 'absent' | 'late' | 'early' | 'invalid' | 'over' | 'nothing';

/** `record` and those below it to `retire` belong to the same change; the others are obeyed when it is stored. */
export type QuizEffect =
  | { readonly kind: 'record'; readonly answer: QuizAnswer }
  | { readonly kind: 'enter'; readonly entry: QuizEntry }
  /** The game has everybody in it: the entries go. */
  | { readonly kind: 'gathered' }
  | { readonly kind: 'book'; readonly booking: Booking }
  /** The questions of these rounds may be asked elsewhere again. */
  | { readonly kind: 'release'; readonly rounds: readonly number[] }
  | { readonly kind: 'retire' }
  /** Its players are told what the round brought them. */
  | { readonly kind: 'tell'; readonly round: number }
  | { readonly kind: 'refresh'; readonly card: 'lobby' | 'round' | 'standings' }
  /** Everybody has answered the round: so many. */
  | { readonly kind: 'complete'; readonly round: number; readonly answers: number };

export interface QuizStep {
  readonly game: Game;
  readonly outcome: QuizOutcome;
  readonly effects: readonly QuizEffect[];
  /** Of `already` for an answer: the one that counts. */
  readonly earlier?: QuizAnswer;
  /** The team that a member has switched to. */
  readonly team?: number;
}

export const stays = (game: Game, outcome: QuizOutcome): QuizStep => ({ game, outcome, effects: [] });

export const changed = (game: Game, effects: readonly QuizEffect[] = []): QuizStep => ({
  game,
  outcome: 'done',
  effects,
});

export const withRound = (game: Game, index: number, change: Partial<Round>): Game => ({
  ...game,
  rounds: game.rounds.map((round, at) => (at === index ? { ...round, ...change } : round)),
});

export const lobbyChanged: QuizEffect = { kind: 'refresh', card: 'lobby' };
/** The host's buttons on the last standings are of no use any more. */
export const standingsChanged: QuizEffect = { kind: 'refresh', card: 'standings' };
export const roundChanged: QuizEffect = { kind: 'refresh', card: 'round' };
