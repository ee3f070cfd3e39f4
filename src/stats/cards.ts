import { container, count, separator, text } from '../discord/components.js';
import { accuracy, number } from '../discord/figures.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { BoardLine } from '../ledger/board.js';
import { daysInARow, type Profile } from '../profiles/profile.js';
import { type Cell, readiness, type Tally } from '../profiles/readiness.js';
import { answeredCells, bestTopics, byLevel, type Offered, offeredCells, sum } from '../profiles/tallies.js';

const accent = 0x5865f2;

interface ProfileView {
  readonly member: string;
  readonly profile: Profile;
  readonly topics: readonly Offered[];
  /** The server's local day. */
  readonly today: string;
  /** In a server: the member's line on the leaderboard of all time, if they have one. */
  readonly server?: { readonly standing: BoardLine | undefined; readonly members: number } | undefined;
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

const barCells = 20;
const bar = (percent: number): string => {
  const full = Math.round((percent / 100) * barCells);
  return '█'.repeat(full) + '░'.repeat(barCells - full);
};
