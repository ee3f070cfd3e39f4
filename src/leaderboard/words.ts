import { number, percent } from '../discord/figures.js';
import { tied } from '../discord/rows.js';
import type { BoardLine } from '../ledger/board.js';
import type { Period } from '../ledger/periods.js';

export const periodNames: Readonly<Record<Period, string>> = {
  all: 'all time',
  month: 'this month',
  week: 'this week',
};

export const needsServer = 'Leaderboards belong to a server. Ask for one there.';

export const byTopicOnly =
  'There are leaderboards of all topics together and of each topic. Choose one topic, or none.';

export const notOnBoard =
  'You are not on this leaderboard yet: an answer in a quiz with others puts you on it, and so does one to a daily question when it closes.';

export const onlyYouSee =
  '-# You are hidden: nobody but you sees you on it. `/privacy hide on:False` changes that.';

/** E.g. `83 % right (10 of 12)`. */
export const rightShare = ({ right, answered }: BoardLine): string =>
  answered === 0
    ? 'no answers'
    : tied(`${percent(Math.round((100 * right) / answered))} right`) +
      ` (${tied(`${number(right)} of ${number(answered)}`)})`;

/** @param ahead whoever is one place better */
export function ownPlace(own: BoardLine, members: number, ahead: BoardLine | undefined): string {
  const place = `You are number **${number(own.rank)}** of ${number(members)} with **${number(own.points)}** points`;
  return ahead
    ? `${place}, ${number(ahead.points - own.points)} behind number ${number(ahead.rank)}.`
    : `${place}.`;
}

export function nobodyYet(period: Period): string {
  const when = period === 'all' ? 'yet' : periodNames[period];
  return `Nobody has earned points here ${when}. Play a quiz together with \`/quiz start\`, or answer the daily question. (Practice with \`/question any\` earns none.)`;
}
