import type { BoardLine } from '../ledger/board.js';
import type { NextThing } from '../next/rules.js';
import type { Profile } from '../profiles/profile.js';
import type { Offered } from '../profiles/tallies.js';
import type { MissedQuestion } from './missed.js';

/** How sure somebody was of their answers to a topic. */
export interface TopicSureness {
  readonly topic: string;
  /** Answers of which they were sure, and how many of these were wrong. */
  readonly sure: number;
  readonly wrong: number;
}

/** What a member alone sees of themselves. */
export interface OwnView {
  /** Topics that are asked by default, by which readiness is counted, in the order of study. */
  readonly topics: readonly Offered[];
  readonly missed: readonly MissedQuestion[];
  readonly sureness: readonly TopicSureness[];
  /** Questions that are due for review; undefined where there are no reviews. */
  readonly due?: number | undefined;
  /** The day of the interview that they plan for, if it is still to come. */
  readonly planDate?: string | undefined;
  /** A line on their practice interviews. */
  readonly interviews?: string | undefined;
  readonly next: NextThing;
  readonly pictures: {
    readonly coverage?: readonly Buffer[] | undefined;
    readonly weeks?: Buffer | undefined;
  };
}

export interface ProfileView {
  readonly member: string;
  readonly profile: Profile;
  /** The server's local day. */
  readonly today: string;
  /** The date of the server's open daily question: answered by then, a streak is alive. */
  readonly openDaily?: { readonly date: string; readonly previous?: string | undefined } | undefined;
  /** In a server: the member's line on the leaderboard of all time, if they have one. */
  readonly server?: { readonly standing: BoardLine | undefined; readonly members: number } | undefined;
  /** Points of one's own that count later: those of the open daily question. */
  readonly held?: number | undefined;
  readonly titleOf: (topic: string) => string;
  /** The same where there is little room. */
  readonly shortOf: (topic: string) => string;
  /** Absent: somebody else looks. */
  readonly own?: OwnView | undefined;
}
