import type { AskedIndex } from '../../asked/service.js';
import type { BoardLine } from '../../ledger/board.js';
import type { Ledger } from '../../ledger/service.js';
import type { Hidden, HiddenMembers } from '../../people/hidden.js';
import { dayOf, weekdayBit } from '../../time/calendar.js';
import type { Week } from '../records.js';

/** Fewer answers say nothing about a member's week, or about a question. */
const enough = 5;
/** Pages of the week's leaderboard among which the most improved is looked for. */
const pagesRead = 5;

/** Whether the post of a day is the last of its week: on no later day until Sunday is there another. */
export const endsWeek = (date: string, days: number): boolean => days < 2 * weekdayBit(dayOf(date));

interface Named {
  readonly ledger: Ledger;
  readonly asked: AskedIndex;
  /** They win nothing that is told. */
  readonly hidden: Hidden;
}

/** How the week has gone so far, by what is known when its last post is made; undefined for one without points. */
export async function weekSoFar(
  { ledger, asked, hidden }: Named,
  serverId: string,
  zone: string,
): Promise<Week | undefined> {
  const unseen = await hidden.of(serverId);
  const first = await ledger.page(serverId, { period: 'week', zone }, { index: 0 }, unseen);
  const [best] = first.rows;
  if (!best || best.points === 0 || first.sinceMs === undefined) return undefined;
  const winners = first.rows.filter(({ rank, points }) => rank === 1 && points > 0);
  return {
    winners: winners.map(({ member }) => member),
    points: best.points,
    ...(await hardestSince(asked, serverId, first.sinceMs)),
    ...(await mostImproved(ledger, serverId, zone, unseen)),
  };
}

/** The question with the smallest share of right answers. */
async function hardestSince(
  asked: AskedIndex,
  serverId: string,
  sinceMs: number,
): Promise<Pick<Week, 'hardest'>> {
  const tallies = new Map<string, { right: number; answered: number }>();
  for await (const { at, question, right, answered } of asked.occasions(serverId)) {
    if (at < sinceMs) break;
    const tally = tallies.get(question) ?? { right: 0, answered: 0 };
    tallies.set(question, { right: tally.right + right, answered: tally.answered + answered });
  }
  const [hardest] = [...tallies]
    .map(([question, tally]) => ({ question, ...tally }))
    .filter(({ right, answered }) => answered >= enough && right < answered)
    .sort((a, b) => a.right / a.answered - b.right / b.answered || b.answered - a.answered);
  return hardest ? { hardest } : {};
}

/** Whoever's share of right answers is further above that of the time before than anybody else's. */
async function mostImproved(
  ledger: Ledger,
  serverId: string,
  zone: string,
  unseen: HiddenMembers,
): Promise<Pick<Week, 'improved'>> {
  let improved: Week['improved'];
  for (let index = 0; index < pagesRead; index++) {
    const page = await ledger.page(serverId, { period: 'week', zone }, { index }, unseen);
    if (page.index !== index) break;
    for (const line of page.rows) {
      const gain = await gainOf(ledger, serverId, zone, line);
      if (gain > (improved?.gain ?? 0)) improved = { member: line.member, gain };
    }
  }
  return improved ? { improved } : {};
}

/** Percentage points; 0 where there is too little to compare. */
async function gainOf(ledger: Ledger, serverId: string, zone: string, week: BoardLine): Promise<number> {
  if (week.answered < enough) return 0;
  const all = (await ledger.rank(serverId, { period: 'all', zone }, week.member))?.own;
  const before = all && { right: all.right - week.right, answered: all.answered - week.answered };
  if (!before || before.answered < enough) return 0;
  return Math.round(100 * (week.right / week.answered - before.right / before.answered));
}
