import { ButtonStyle } from 'discord.js';
import { accent, button, buttonRows, container, separator, text } from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import { bar } from '../discord/figures.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { BoardLine } from '../ledger/board.js';
import { dailyInARow, daysInARow, type Profile } from '../profiles/profile.js';
import { type Cell, readiness } from '../profiles/readiness.js';
import {
  answeredCells,
  bestTopics,
  byLevel,
  type Offered,
  offeredCells,
  sum,
  weakTopics,
} from '../profiles/tallies.js';
import * as words from './words.js';

export const statsFeature = 'stats';
/** Instead of a topic's id: all of them. */
export const anyTopic = '*';
/** Topics in each of the lists of best and weakest. */
const topicsListed = 4;

interface ProfileView {
  readonly member: string;
  /** Topics and levels are for the member's own eyes. */
  readonly isOwn: boolean;
  readonly profile: Profile;
  readonly topics: readonly Offered[];
  /** The server's local day. */
  readonly today: string;
  /** The date of the server's open daily question: answered by then, a streak is alive. */
  readonly openDaily?: { readonly date: string; readonly previous?: string | undefined } | undefined;
  /** In a server: the member's line on the leaderboard of all time, if they have one. */
  readonly server?: { readonly standing: BoardLine | undefined; readonly members: number } | undefined;
}

export function profileCard(view: ProfileView): Outgoing {
  const cells = answeredCells(view.profile);
  const isEmpty = sum(cells).total === 0;
  const parts = isEmpty
    ? [text(view.isOwn ? words.noAnswersYet : words.nothingOfOthers)]
    : [
        text(scoreLines(view).join('\n')),
        ...(view.isOwn ? ownParts(cells, view.topics) : [text(words.onlyOwnTopics)]),
      ];
  const next = view.isOwn ? nextParts(cells, view.topics) : [];
  return { components: [container([text(`## <@${view.member}>`), ...parts, ...next], accent)] };
}

/** One button that starts what helps most now: the weakest topic that the bank still has, else anything. */
function nextParts(cells: readonly Cell[], topics: readonly Offered[]) {
  const weakest = weakTopics(cells)
    .map(({ topic }) => topics.find(({ id }) => id === topic))
    .find((topic) => topic !== undefined);
  return [
    text(words.drills(weakest?.title)),
    ...buttonRows([
      button(words.drillLabel, customId(statsFeature, 'drill', weakest?.id ?? anyTopic), {
        style: ButtonStyle.Primary,
      }),
    ]),
  ];
}

function ownParts(cells: readonly Cell[], topics: readonly Offered[]) {
  return [
    separator(),
    text(readinessText(offeredCells(cells, topics))),
    separator(),
    text(
      `**By level**\n${byLevel(cells)
        .map(({ level, ...tally }) => words.tallyLine(level, tally))
        .join('\n')}`,
    ),
    ...topicTexts(cells, topics).map(text),
  ];
}

function scoreLines({ profile, server, today, openDaily }: ProfileView): string[] {
  const { daily, days } = profile;
  const lines = [];
  if (server?.standing)
    lines.push(words.points(server.standing.points, server.standing.rank, server.members));
  else if (server) lines.push(words.noPoints);
  if (daily.lastDate)
    lines.push(words.dailyStreak(dailyInARow(daily, openDaily), daily.best, shownDate(daily.lastDate)));
  lines.push(words.activeDays(daysInARow(days, today), days.best, days.total));
  return lines;
}

/** Discord shows a day in the reader's own language; noon is the same day nearly everywhere. */
const shownDate = (date: string): string => `<t:${Date.parse(`${date}T12:00Z`) / 1000}:D>`;

function readinessText(cells: readonly Cell[]): string {
  const { percent, word } = readiness(cells);
  return `**Readiness ${percent} %** · ${word}\n\`${bar(percent / 100, barCells)}\`\n${words.readinessNote}`;
}

/** The best and the weakest topics with enough answers, then what was never asked. */
function topicTexts(cells: readonly Cell[], topics: readonly Offered[]): string[] {
  const titles = new Map(topics.map(({ id, title }) => [id, title]));
  const list = (found: ReturnType<typeof bestTopics>): string =>
    found.map(({ topic, ...tally }) => words.tallyLine(titles.get(topic) ?? topic, tally)).join('\n');
  const weak = weakTopics(cells).slice(0, topicsListed);
  const best = bestTopics(cells)
    .filter(({ topic }) => !weak.some((other) => other.topic === topic))
    .slice(0, topicsListed);
  const texts = [];
  if (best.length > 0) texts.push(`**Best topics**\n${list(best)}`);
  if (weak.length > 0) texts.push(`**Weakest topics**\n${list(weak)}`);
  else texts.push(best.length > 0 ? words.nothingWeak : words.notEnough);
  const met = new Set(cells.filter(({ total }) => total > 0).map(({ topic }) => topic));
  const unmet = topics.filter(({ id }) => !met.has(id)).length;
  if (unmet > 0) texts.push(words.notMet(unmet, topics.length));
  return texts;
}

const barCells = 20;
