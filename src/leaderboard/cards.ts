import { ButtonStyle } from 'discord.js';
import { accent, button, buttonRows, container, text } from '../discord/components.js';
import { count } from '../discord/count.js';
import { customId } from '../discord/custom-id.js';
import type { Outgoing } from '../discord/outgoing.js';
import { placeMark, pointsRow } from '../discord/rows.js';
import type { BoardLine } from '../ledger/board.js';
import type { BoardFilter } from '../ledger/boards.js';
import { type Period, periods } from '../ledger/periods.js';
import type { BoardPage } from '../ledger/service.js';
import { nobodyYet, notOnBoard, onlyYouSee, ownPlace, periodNames, rightShare } from './words.js';

export const leaderboardFeature = 'leaderboard';
/** In place of a topic in a custom id; no topic's id is a dash. */
export const anyTopic = '-';

export type ShownFilter = Pick<BoardFilter, 'period' | 'topic'>;

interface OwnRank {
  readonly own: BoardLine;
  readonly ahead: BoardLine | undefined;
}

interface LeaderboardView {
  readonly page: BoardPage;
  readonly filter: ShownFilter;
  /** The topic's title, where the filter has one. */
  readonly topicTitle?: string | undefined;
  /** For the card that one member asked for: who, their line, if they have one, and the next better one. */
  readonly own?: {
    readonly member: string;
    readonly rank: OwnRank | undefined;
    /** Whether nobody else sees their line. */
    readonly isHidden: boolean;
  };
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
          ...(own
            ? [text(own.rank ? ownPlace(own.rank.own, page.members, own.rank.ahead) : notOnBoard)]
            : []),
          ...(own?.isHidden ? [text(onlyYouSee)] : []),
          text(page.rows.map((row) => standingLine(row, own?.member)).join('\n') || nobodyYet(filter.period)),
          text(`-# ${count(page.members, 'member')} · ${place}${since}`),
          ...pageButtons(page, filter),
        ],
        accent,
      ),
    ],
  };
}

function pageButtons({ index, pages, members }: BoardPage, filter: ShownFilter) {
  const { period, topic = anyTopic } = filter;
  const turn = (label: string, to: number) =>
    button(label, customId(leaderboardFeature, 'page', period, topic, to), {
      disabled: to < 0 || to >= pages,
    });
  const mine = button('My rank', customId(leaderboardFeature, 'mine', period, topic), {
    style: ButtonStyle.Primary,
    disabled: members === 0,
  });
  return [
    ...buttonRows(pages > 1 ? [turn('◀', index - 1), turn('▶', index + 1), mine] : [mine]),
    ...buttonRows(periods.map((other) => periodButton(other, filter))),
  ];
}

const periodButton = (other: Period, { period, topic = anyTopic }: ShownFilter) =>
  button(capital(periodNames[other]), customId(leaderboardFeature, 'period', other, topic), {
    disabled: other === period,
  });

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

const medals: Readonly<Record<number, string>> = { 1: '🥇', 2: '🥈', 3: '🥉' };

function standingLine(row: BoardLine, own: string | undefined): string {
  const { rank, member, points } = row;
  const medal = points > 0 ? medals[rank] : undefined;
  return pointsRow({
    mark: placeMark(rank),
    who: `<@${member}>`,
    points,
    small: [[...(medal ? [medal] : []), rightShare(row)].join(' '), ...(member === own ? ['you'] : [])],
  });
}
