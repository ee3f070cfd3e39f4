import { ButtonStyle } from 'discord.js';
import { button, buttonRows, container, count, separator, text } from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Standing } from './board.js';
import type { BoardFilter, BoardPage } from './guild-scores.js';
import type { Period } from './periods.js';
import { daysInARow, type Profile } from './profile.js';
import { type Cell, readiness, type Tally } from './readiness.js';
import { answeredCells, bestTopics, byLevel, type Offered, offeredCells, sum } from './tallies.js';

export const feature = 'leaderboard';
/** In place of a topic in a custom id; no topic's id is a dash. */
export const anyTopic = '-';
const accent = 0x5865f2;

const periodNames: Readonly<Record<Period, string>> = {
  all: 'all time',
  month: 'this month',
  week: 'this week',
};

export type ShownFilter = Pick<BoardFilter, 'period' | 'topic'>;

interface LeaderboardView {
  readonly page: BoardPage;
  readonly filter: ShownFilter;
  /** The topic's title, where the filter has one. */
  readonly topicTitle?: string | undefined;
  /** For the card that one member asked for: who, and their line, if they have one. */
  readonly own?: { readonly member: string; readonly standing: Standing | undefined };
}

export function leaderboardCard(view: LeaderboardView): Outgoing {
  const { page, filter, topicTitle, own } = view;
  const title = ['Leaderboard', periodNames[filter.period], topicTitle].filter(Boolean).join(' · ');
  const since = page.sinceMs === undefined ? '' : ` · since <t:${page.sinceMs / 1000}:D>`;
  const place = `page ${page.index + 1} of ${page.pages}`;
  return {
    components: [
      container(
        [
          text(`## ${title}`),
          ...(own ? [text(ownLine(own.standing, page))] : []),
          text(page.rows.map((row) => standingLine(row, own?.member)).join('\n') || emptyBoard(filter)),
          text(`-# ${count(page.members, 'member')} · ${place}${since}`),
          ...pageButtons(page, filter),
        ],
        accent,
      ),
    ],
  };
}

function pageButtons({ index, pages, members }: BoardPage, { period, topic = anyTopic }: ShownFilter) {
  const turn = (label: string, to: number) =>
    button(label, customId(feature, 'page', period, topic, to), { disabled: to < 0 || to >= pages });
  return buttonRows([
    turn('◀', index - 1),
    turn('▶', index + 1),
    button('My rank', customId(feature, 'mine', period, topic), {
      style: ButtonStyle.Primary,
      disabled: members === 0,
    }),
  ]);
}

/** `**3.** @Ada · **1,250** points · 83 % (10 of 12)`. */
function standingLine(row: Standing, own: string | undefined): string {
  const marker = row.member === own ? '▸ ' : '';
  return `${marker}**${row.rank}.** <@${row.member}> · **${number(row.points)}** points · ${accuracy({ right: row.right, total: row.answered })}`;
}

function ownLine(standing: Standing | undefined, { members }: BoardPage): string {
  if (!standing)
    return 'You are not on this leaderboard yet: one answer in a quiz or a daily question puts you on it.';
  return `You are number **${number(standing.rank)}** of ${number(members)} with **${number(standing.points)}** points.`;
}

function emptyBoard({ period }: ShownFilter): string {
  const when = period === 'all' ? 'yet' : periodNames[period];
  return `Nobody has earned points here ${when}. Open a quiz with \`/quiz start\`, or answer the daily question. (Practice with \`/question\` earns none.)`;
}

interface ProfileView {
  readonly member: string;
  readonly profile: Profile;
  readonly topics: readonly Offered[];
  /** The server's local day. */
  readonly today: string;
  /** In a server: the member's line on the leaderboard of all time, if they have one. */
  readonly server?: { readonly standing: Standing | undefined; readonly members: number } | undefined;
}

/** Topics in each of the lists of best and weakest. */
const topicsListed = 4;

export function profileCard(view: ProfileView): Outgoing {
  const cells = answeredCells(view.profile);
  const parts =
    sum(cells).total === 0
      ? [text('No answers yet. `/question basic` asks a first question; nobody sees what you answer.')]
      : [
          text(scoreLines(view).join('\n')),
          separator(),
          text(readinessText(offeredCells(cells, view.topics))),
          separator(),
          text(`**By level**\n${byLevel(cells).map(levelLine).join('\n')}`),
          ...topicTexts(cells, view.topics).map(text),
        ];
  return { components: [container([text(`## <@${view.member}>`), ...parts], accent)] };
}

function scoreLines({ profile, server, today }: ProfileView): string[] {
  const { daily, days } = profile;
  const lines = [];
  if (server?.standing) {
    const { points, rank } = server.standing;
    lines.push(`**${number(points)}** points · rank **${number(rank)}** of ${number(server.members)}`);
  } else if (server) lines.push('**0** points · no rank yet: quizzes and daily questions earn points');
  if (daily.lastDate)
    lines.push(`Daily streak **${daily.current}** · best ${daily.best} · last answered ${daily.lastDate}`);
  lines.push(
    `Active **${count(daysInARow(days, today), 'day')}** in a row · best ${days.best} · ${count(days.total, 'day')} in all`,
  );
  return lines;
}

function readinessText(cells: readonly Cell[]): string {
  const { percent, word } = readiness(cells);
  return `**Readiness ${percent} %** · ${word}\n\`${bar(percent)}\`\n-# From accuracy by topic and level, harder levels counting more; few answers count cautiously.`;
}

const levelLine = ({ level, ...tally }: Tally & { level: string }): string => `${level} · ${accuracy(tally)}`;

/** All topics where they are few; else the best and the weakest. Then what was never asked. */
function topicTexts(cells: readonly Cell[], topics: readonly Offered[]): string[] {
  const titles = new Map(topics.map(({ id, title }) => [id, title]));
  const line = ({ topic, ...tally }: Tally & { topic: string }): string =>
    `${titles.get(topic) ?? topic} · ${accuracy(tally)}`;
  const best = bestTopics(cells);
  const texts =
    best.length <= topicsListed * 2
      ? [`**By topic, best first**\n${best.map(line).join('\n')}`]
      : [
          `**Best topics**\n${best.slice(0, topicsListed).map(line).join('\n')}`,
          `**Weakest topics**\n${best.slice(-topicsListed).toReversed().map(line).join('\n')}`,
        ];
  const met = new Set(best.map(({ topic }) => topic));
  const unmet = topics.filter(({ id }) => !met.has(id)).length;
  if (unmet > 0) texts.push(`-# ${count(unmet, 'topic')} of ${topics.length} not met yet`);
  return texts;
}

const number = (value: number): string => value.toLocaleString('en-US');

/** `83 % (10 of 12)`. */
const accuracy = ({ right, total }: Tally): string =>
  total === 0
    ? 'no answers'
    : `${Math.round((100 * right) / total)} % (${number(right)} of ${number(total)})`;

const barCells = 20;
const bar = (percent: number): string => {
  const full = Math.round((percent / 100) * barCells);
  return '█'.repeat(full) + '░'.repeat(barCells - full);
};
