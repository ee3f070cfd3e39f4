import type { Bank } from '../bank/bank.js';
import { type MemberPlace, scopeAt } from '../people/scope.js';
import type { Profiles } from '../profiles/service.js';
import { weakestCell } from '../profiles/tallies.js';
import { type NextThing, nextThing, type Openings } from './rules.js';

/** What is due for review, by whoever keeps that. */
export interface ReviewsDue {
  /** Questions that are due today and not answered yet. */
  dueOf(place: MemberPlace): Promise<number>;
}

interface Parts {
  readonly bank: Pick<Bank, 'topics'>;
  readonly profiles: Pick<Profiles, 'get'>;
  /** Absent: nothing is ever due. */
  readonly reviews?: ReviewsDue | undefined;
  /** What is left of today's share of a member's plan. */
  readonly shareOf: (place: MemberPlace) => Promise<Openings['share']>;
}

/** Decides what somebody does next. */
export class NextThings {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async of(place: MemberPlace): Promise<NextThing> {
    const { bank, profiles, reviews, shareOf } = this.#parts;
    const [due = 0, share, profile] = await Promise.all([
      reviews?.dueOf(place),
      shareOf(place),
      profiles.get(scopeAt(place), place.member),
    ]);
    return nextThing({ due, share, weakest: weakestCell(profile, bank.topics) });
  }
}
