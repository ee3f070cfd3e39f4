import type { Level } from '../bank/question.js';
import type { ProfileUpdate } from '../profiles/profile.js';
import type { Profiles } from '../profiles/service.js';
import type { Transaction } from '../store/transaction.js';

/** Where a question was put to people. */
export const places = ['quiz', 'daily', 'question', 'review'] as const;

/** One asking of a question, to one or to many. */
export interface Occasion {
  /** Unique in its scope, and the same whenever the asking is told of, e.g. `quiz:1234:2`. */
  readonly id: string;
  readonly where: (typeof places)[number];
  readonly question: string;
  /** The revision of the question that was asked. */
  readonly rev: string;
  readonly topic: string;
  readonly level: Level;
  /** When it was put up, by Discord's time. */
  readonly at: number;
}

/** What one member made of it. `guess` is what they said of their own answer, where that was asked. */
export interface AnswerOutcome extends Omit<ProfileUpdate, 'topic' | 'level' | 'earned'> {
  /** True where the answer earned points. */
  readonly earned?: boolean;
  readonly guess?: 'guess' | 'unsure' | 'sure';
}

/** Whoever learns from answers. */
export interface OutcomeTaker {
  /**
   * In the change that stores the reveal: takes the outcomes of one asking. It looks and stages, as every change does,
   * and may run again before it is durable.
   */
  take(change: Transaction, scope: string, occasion: Occasion, outcomes: readonly AnswerOutcome[]): void;
  /**
   * Before anything is staged: looks at what it will change, so that all of it is read before anybody works on it.
   * A change begins anew for each thing that has to be read.
   */
  look?(change: Transaction, scope: string, occasion: Occasion, outcomes: readonly AnswerOutcome[]): void;
}

/**
 * The one door for answers that count: every feature tells of them here, once, when their result is out, in the change
 * that makes it so. Nothing that anybody can ask for changes by an answer before that.
 */
export class Outcomes {
  readonly #profiles: Profiles;
  readonly #takers: readonly OutcomeTaker[];

  constructor(profiles: Profiles, takers: readonly OutcomeTaker[]) {
    this.#profiles = profiles;
    this.#takers = takers;
  }

  /** @param outcomes may be empty: nobody answered */
  take(change: Transaction, scope: string, occasion: Occasion, outcomes: readonly AnswerOutcome[]): void {
    const { topic, level, question } = occasion;
    const members = outcomes.map(({ member }) => member);
    this.#profiles.of(change, scope, members);
    for (const taker of this.#takers) taker.look?.(change, scope, occasion, outcomes);
    const updates = outcomes.map(({ guess: _, earned, ...outcome }) => ({
      ...outcome,
      topic,
      level,
      ...(earned && { earned: question }),
    }));
    if (updates.length > 0) this.#profiles.take(change, scope, updates);
    for (const taker of this.#takers) taker.take(change, scope, occasion, outcomes);
  }
}
