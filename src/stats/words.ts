import type { Level } from '../bank/question.js';
import { count } from '../discord/count.js';
import { accuracy, number, percent } from '../discord/figures.js';
import { stepAnswers, type Tally } from '../profiles/readiness.js';
import { enoughAnswers } from '../profiles/tallies.js';
import { shortDate } from '../time/date-names.js';
import type { CellStanding, CoverageRow } from './coverage.js';

export const botsHaveNone = 'Bots answer no questions, so they have no profile.';
export const keepsToThemselves = 'This member keeps their results to themselves.';
export const notHere = 'That person is not in this server. Choose one of its members.';
export const onlyOwnHere =
  'In direct messages you can see only your own profile. Ask in a server for somebody else’s.';

export const noAnswersYet =
  'No answers yet. `/question basic` asks a first question; what you answer stays private until the reveal, which names who was right.';
export const nothingOfOthers = 'Has not answered anything here yet.';
export const onlyOwnTopics = '-# Topics and levels are shown only to oneself.';

export const points = (own: number, rank: number, members: number): string =>
  `**${number(own)}** points · rank **${number(rank)}** of ${number(members)}`;
export const heldPoints = (held: number): string =>
  `-# ${number(held)} more for the open daily question count when it closes.`;
export const noPoints = '**0** points · no rank yet: quizzes with others and daily questions earn points';

export const dailyStreak = (current: number, best: number, last: string): string =>
  `Daily streak **${current}** · best ${best} · last answered ${last}`;
export const activeDays = (row: number, best: number, total: number): string =>
  `Active **${count(row, 'day')}** in a row · best ${best} · ${count(total, 'day')} in all`;

export const readinessNote =
  '-# From accuracy by topic and level, harder levels counting more; few answers count cautiously.';

export const notEnough = `-# Not enough answers to any topic yet to name strong and weak ones: it takes ${enoughAnswers}. \`/question any\` with a \`topic\` asks more of one.`;
export const nothingWeak = '-# No weak topic among those with enough answers.';

export const tallyLine = (title: string, tally: Tally): string => `${title} · ${accuracy(tally)}`;
export const notMet = (unmet: number, all: number): string =>
  `-# ${count(unmet, 'topic')} of ${all} not met yet`;

export const readinessTitle = (ready: number, word: string): string =>
  `**Readiness ${percent(ready)}** · ${word}`;
/** @param gain in percent */
export const step = (title: string, level: Level, gain: number): string =>
  `${stepAnswers} more on ${title}, ${level} (+${percent(gain < 1 ? gain.toFixed(1) : Math.round(gain))})`;
export const raises = (steps: readonly string[]): string =>
  `Right answers that raise it most: ${steps.join(' · ')}`;

/** @param days to the interview; 0 on its day */
export const toInterview = (days: number, date: string): string =>
  days === 0
    ? 'Your interview is **today**. Good luck!'
    : `**${count(days, 'day')}** to your interview on ${date} · \`/plan show\``;
export const dueLine = (due: number): string =>
  due === 0 ? 'Nothing is due for review.' : `**${count(due, 'question')}** due for review`;

export const missedTitle = '**Hardest questions you missed**';
export const missedLine = (prompt: string, title: string, wrong: number, times: number): string =>
  `- ${prompt}\n-# ${title} · ${times === 1 ? 'met once, wrong' : `wrong ${wrong} of ${times} times`}`;
export const surenessTitle = '**Sure and wrong**';
export const surenessLine = (title: string, wrong: number, sure: number): string =>
  `${title} · ${wrong} of ${count(sure, 'answer')} you were sure of`;

export const weeksPicture = (weeks: readonly (readonly [string, number])[]): string =>
  `Readiness at the end of each week: ${weeks.map(([monday, ready]) => `${shortDate(monday)}: ${percent(ready)}`).join(', ')}.`;
export const coverageGoesOn = 'The same for the other topics.';
export const coveragePicture = (
  rows: readonly CoverageRow[],
  { known, partly, weak, few, unmet }: Readonly<Record<CellStanding, number>>,
): string => {
  const weakIn = rows.filter(({ cells }) => cells.some((cell) => cell?.standing === 'weak'));
  const knownIn = rows.filter(({ cells }) => cells.every((cell) => !cell || cell.standing === 'known'));
  return [
    `Coverage of ${count(rows.length, 'topic')} by level: ${known} known, ${partly} in part, ${weak} weak, ${few} with few answers, ${unmet} not met.`,
    ...(weakIn.length > 0 ? [`Weak: ${weakIn.map(({ title }) => title).join(', ')}.`] : []),
    ...(knownIn.length > 0 ? [`Known throughout: ${knownIn.map(({ title }) => title).join(', ')}.`] : []),
  ].join(' ');
};

export const levelsTitle = '**By level**';
export const bestTitle = '**Best topics**';
export const weakestTitle = '**Weakest topics**';
