import { ButtonStyle } from 'discord.js';
import { button, buttonRows, container, count, text } from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import { accuracy, number } from '../discord/figures.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { BoardLine } from '../ledger/board.js';
import type { BoardFilter, BoardPage } from '../ledger/guild-scores.js';
import type { Period } from '../ledger/periods.js';

export const leaderboardFeature = 'leaderboard';
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
  readonly own?: { readonly member: string; readonly standing: BoardLine | undefined };
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
    button(label, customId(leaderboardFeature, 'page', period, topic, to), {
      disabled: to < 0 || to >= pages,
    });
  return buttonRows([
    turn('◀', index - 1),
    turn('▶', index + 1),
    button('My rank', customId(leaderboardFeature, 'mine', period, topic), {
      style: ButtonStyle.Primary,
      disabled: members === 0,
    }),
  ]);
}

/** `**3.** @Ada · **1,250** points · 83 % (10 of 12)`. */
function standingLine(row: BoardLine, own: string | undefined): string {
  const marker = row.member === own ? '▸ ' : '';
  return `${marker}**${row.rank}.** <@${row.member}> · **${number(row.points)}** points · ${accuracy({ right: row.right, total: row.answered })}`;
}

function ownLine(standing: BoardLine | undefined, { members }: BoardPage): string {
  if (!standing)
    return 'You are not on this leaderboard yet: one answer in a quiz or a daily question puts you on it.';
  return `You are number **${number(standing.rank)}** of ${number(members)} with **${number(standing.points)}** points.`;
}

function emptyBoard({ period }: ShownFilter): string {
  const when = period === 'all' ? 'yet' : periodNames[period];
  return `Nobody has earned points here ${when}. Open a quiz with \`/quiz start\`, or answer the daily question. (Practice with \`/question\` earns none.)`;
}
