import { count } from '../discord/components.js';
import { accuracy, number } from '../discord/figures.js';
import type { Tally } from '../profiles/readiness.js';
import { enoughAnswers } from '../profiles/tallies.js';

export const botsHaveNone = 'Bots answer no questions, so they have no profile.';
export const keepsToThemselves = 'This member keeps their results to themselves.';
export const onlyOwnHere =
  'In direct messages you can see only your own profile. Ask in a server for somebody else’s.';

export const noAnswersYet =
  'No answers yet. `/question basic` asks a first question; what you answer stays private until the reveal, which names who was right.';
export const nothingOfOthers = 'Has not answered anything here yet.';
export const onlyOwnTopics = '-# Topics and levels are shown only to oneself.';

export const points = (own: number, rank: number, members: number): string =>
  `**${number(own)}** points · rank **${number(rank)}** of ${number(members)}`;
export const noPoints = '**0** points · no rank yet: quizzes with others and daily questions earn points';

export const dailyStreak = (current: number, best: number, last: string): string =>
  `Daily streak **${current}** · best ${best} · last answered ${last}`;
export const activeDays = (row: number, best: number, total: number): string =>
  `Active **${count(row, 'day')}** in a row · best ${best} · ${count(total, 'day')} in all`;

export const readinessNote =
  '-# From accuracy by topic and level, harder levels counting more; few answers count cautiously.';

export const notEnough = `-# Not enough answers to any topic yet to name strong and weak ones: it takes ${enoughAnswers}. \`/question any\` with a \`topic\` asks more of one.`;
export const nothingWeak = '-# No weak topic among those with enough answers.';
export const drillLabel = 'Drill this';
/** Beside the button: what it starts. */
export const drills = (title: string | undefined): string =>
  title === undefined
    ? '-# Next: a question of any topic, for you alone.'
    : `-# Next: a question on ${title}, your weakest topic, for you alone.`;
export const topicGone = 'This topic is no longer in the bank. `/stats` shows what to drill now.';

export const tallyLine = (title: string, tally: Tally): string => `${title} · ${accuracy(tally)}`;
export const notMet = (unmet: number, all: number): string =>
  `-# ${count(unmet, 'topic')} of ${all} not met yet`;
