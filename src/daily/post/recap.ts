import { type HiddenMembers, nobodyHidden } from '../../people/hidden.js';
import type { DailyAnswer } from '../records.js';

/** How a daily question went. */
export interface Recap {
  readonly answered: number;
  readonly right: number;
  /** Who was right first. */
  readonly firstRight?: string | undefined;
  /** Who has answered the most posts in a row; the earlier answer where several have. */
  readonly longest?: { readonly member: string; readonly streak: number } | undefined;
}

/** @param hidden counted, and not named */
export function recapOf(given: Iterable<DailyAnswer>, hidden: HiddenMembers = nobodyHidden): Recap {
  let answered = 0;
  let right = 0;
  let first: DailyAnswer | undefined;
  let longest: DailyAnswer | undefined;
  for (const row of given) {
    answered++;
    if (row.right) right++;
    if (hidden.has(row.member)) continue;
    if (row.right) {
      if (!first || row.at < first.at) first = row;
    }
    if (!longest || row.streak > longest.streak || (row.streak === longest.streak && row.at < longest.at))
      longest = row;
  }
  return {
    answered,
    right,
    firstRight: first?.member,
    longest: longest && { member: longest.member, streak: longest.streak },
  };
}
