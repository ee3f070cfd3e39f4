import type { AskedIndex } from '../../asked/service.js';
import type { BoardLine } from '../../ledger/board.js';
import type { Ledger } from '../../ledger/service.js';
import type { Hidden, HiddenMembers } from '../../people/hidden.js';
import { dayOf, weekdayBit } from '../../time/days.js';
import type { DailyAnswer, Week } from '../records.js';

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
  /** Answers to the post that this one closes: they are booked by then. */
  readonly held: readonly DailyAnswer[];
}

/** How the week has gone so far, by what is known when its last post is made; undefined for one without points. */
export async function weekSoFar(
  { ledger, asked, hidden, held }: Named,
  guildId: string,
  zone: string,
): Promise<Week | undefined> {
  const unseen = await hidden.of(guildId);
  const filter = { period: 'week', zone } as const;
  const first = await ledger.page(guildId, filter, { index: 0 }, unseen);
  if (first.sinceMs === undefined) return undefined;
  const lines = new Map<string, WeekLine>(first.rows.map((line) => [line.member, line]));
  for (const row of held) {
    if (unseen.has(row.member) || row.at < first.sinceMs) continue;
    const booked = lines.get(row.member) ?? (await ledger.rank(guildId, filter, row.member, unseen))?.own;
    lines.set(row.member, withHeld(booked ?? noLine(row.member), row));
  }
  const points = Math.max(0, ...[...lines.values()].map((line) => line.points));
  if (points === 0) return undefined;
  return {
    winners: [...lines.values()].filter((line) => line.points === points).map(({ member }) => member),
    points,
    ...(await hardestSince(asked, guildId, first.sinceMs)),
    ...(await mostImproved(ledger, guildId, zone, unseen, lines)),
  };
}

type WeekLine = Omit<BoardLine, 'rank'>;

const noLine = (member: string): WeekLine => ({ member, points: 0, right: 0, answered: 0 });

const withHeld = (line: WeekLine, { points, right }: DailyAnswer): WeekLine => ({
  member: line.member,
  points: line.points + points,
  right: line.right + (right ? 1 : 0),
  answered: line.answered + 1,
});

/** The question with the smallest share of right answers. */
async function hardestSince(
  asked: AskedIndex,
  guildId: string,
  sinceMs: number,
): Promise<Pick<Week, 'hardest'>> {
  const tallies = new Map<string, { right: number; answered: number }>();
  for await (const { at, question, right, answered } of asked.occasions(guildId)) {
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

/**
 * Whoever's share of right answers is further above that of the time before than anybody else's.
 * @param known lines of the week with what is not booked yet
 */
async function mostImproved(
  ledger: Ledger,
  guildId: string,
  zone: string,
  unseen: HiddenMembers,
  known: ReadonlyMap<string, WeekLine>,
): Promise<Pick<Week, 'improved'>> {
  const lines = new Map(known);
  for (let index = 0; index < pagesRead; index++) {
    const page = await ledger.page(guildId, { period: 'week', zone }, { index }, unseen);
    if (page.index !== index) break;
    for (const line of page.rows) if (!lines.has(line.member)) lines.set(line.member, line);
  }
  let improved: Week['improved'];
  for (const line of lines.values()) {
    const gain = await gainOf(ledger, guildId, zone, line);
    if (gain > (improved?.gain ?? 0)) improved = { member: line.member, gain };
  }
  return improved ? { improved } : {};
}

/** Percentage points; 0 where there is too little to compare. */
async function gainOf(ledger: Ledger, guildId: string, zone: string, week: WeekLine): Promise<number> {
  if (week.answered < enough) return 0;
  const filter = { zone } as const;
  const [all, booked] = await Promise.all([
    ledger.rank(guildId, { period: 'all', ...filter }, week.member),
    ledger.rank(guildId, { period: 'week', ...filter }, week.member),
  ]);
  if (!all) return 0;
  const right = all.own.right - (booked?.own.right ?? 0);
  const answered = all.own.answered - (booked?.own.answered ?? 0);
  if (answered < enough) return 0;
  return Math.round(100 * (week.right / week.answered - right / answered));
}
