import type { Parts } from '../asking/parts.js';
import type { Transaction } from '../store/transaction.js';

/** What a session asks of the member's deck. */
export interface SessionDeck {
  /** In a change: takes a question out of it. */
  forget(change: Transaction, scope: string, member: string, question: string): void;
  /** In how many days questions come back, by question; without those that do not. */
  comesBack(
    scope: string,
    member: string,
    questions: readonly string[],
  ): Promise<ReadonlyMap<string, number>>;
}

export interface SessionParts
  extends Pick<Parts, 'memory' | 'clock' | 'random' | 'bank' | 'draws' | 'asked' | 'outcomes' | 'metrics'> {
  readonly deck: SessionDeck;
  /** The zone by whose days a member's answers in a scope count. */
  readonly zoneIn: (scope: string) => Promise<string>;
}
