/** What of a member's deck in a scope comes back, and when. Days are the scope's local days. */
export interface DueCards {
  /** Questions that are due today, the most at risk of being forgotten first; at most a day's share. */
  readonly today: readonly string[];
  /** Due, but beyond today's share. */
  readonly waiting: number;
  /** How many come on each of the seven days from today on, the day's share not exceeded. */
  readonly week: readonly number[];
  /** Cards in the deck. */
  readonly cards: number;
}

/** Tells what is due. */
export interface DueDeck {
  due(scope: string, member: string): Promise<DueCards>;
}

/** The date (`YYYY-MM-DD`) that a member's plan leads to; undefined without a plan. */
export type PlanDateOf = (scope: string, member: string) => Promise<string | undefined>;
