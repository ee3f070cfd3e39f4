import type { Filter } from '../bank/question.js';
import type { Repliable } from '../discord/respond.js';

/** A private sequence of questions in one message, as a feature wants it. */
export interface WantedSession {
  /** `review`: what comes back from a member's deck, which can be taken out of it; `drill`: other practice. */
  readonly kind: 'review' | 'drill';
  /** Stands above each question: plain text of ours, e.g. `Drill: Migrations, advanced`. */
  readonly title: string;
  /**
   * The questions in their order, or what they are chosen from: then those that the member never met come first,
   * next what they had wrong the last time, then what they met longest ago. Questions that are open elsewhere in the
   * scope, and those without a right answer, are passed over.
   */
  readonly pick: { readonly ids: readonly string[] } | { readonly filter: Filter };
  /** At most so many are asked, 1 to 50. */
  readonly count: number;
}

/** Starts sessions; one at a time for each member and scope, a new one ends the one before. */
export interface SessionStarter {
  /**
   * Answers the interaction with the session's first question, for its member alone. The scope is the interaction's
   * server, or the direct messages of its user.
   * @throws {UserError} when nothing can be asked just now
   */
  start(interaction: Repliable, wanted: WantedSession): Promise<void>;
}
