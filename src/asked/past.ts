import type { AnswerOutcome, Occasion } from './outcomes.js';

/** An asking whose result was out before what learns from answers was there to be told of it. */
export interface PastAsking {
  /** The occasion's id, and where it was. */
  readonly id: string;
  readonly where: Occasion['where'];
  /** About when it was answered: they are learned from in this order. */
  readonly at: number;
  /**
   * The answers that counted, in the order in which they were told of, or would have been; undefined when it is gone
   * by now.
   */
  read(): Promise<{ readonly occasion: Occasion; readonly outcomes: readonly AnswerOutcome[] } | undefined>;
}

/** Whoever has put questions to people. */
export interface PastAskings {
  /** Every asking of a scope whose result is out, whether or not anybody was told of it. */
  pastAskings?(scope: string): AsyncGenerator<PastAsking>;
  /** Those of many scopes in which there may be such askings; absent: in each of them. */
  scopesWithPast?(scopes: readonly string[]): Promise<readonly string[]>;
}
