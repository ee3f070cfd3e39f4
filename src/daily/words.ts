import { timestamp } from '../discord/components.js';
import { count } from '../discord/count.js';
import { number, percent } from '../discord/figures.js';
import { waitingRemedies } from '../schedule/words.js';

export const noQuestion =
  'No question fits that level and topic. Choose another level, another topic, or leave one of them out.';
export const neverSet =
  'There is no daily question in this server yet. Somebody with Manage Server starts it with `/daily set`.';
export const notDays = (words: string, help: string): string =>
  `${words} does not name days that I understand. Give ${help}.`;
export const needsManager = 'This needs the permission **Manage Server**. `/daily status` is for everybody.';
export const needsServer = 'A daily question belongs to a server: set it there.';

export const scheduleSet = (schedule: string): string => `### The daily question is set\n${schedule}`;
export const nextFive = (runs: string, postedNow: boolean): string =>
  `${postedNow ? 'Today’s question, which could not be posted before, comes now.\n' : ''}The next five:\n${runs}`;
export const setAgain = '-# `/daily set` again changes only what you give; `/daily off` stops it.';
export const statusTitle = (schedule: string): string => `### Daily question\n${schedule}`;
export const nextOnes = (runs: string): string => `The next ones:\n${runs}`;
export const isOff = 'It is **off**. `/daily set` starts it again.';
export const couldNotPost = (reason: string): string =>
  `The last post could not be made: ${reason}. It is tried again at the next time.`;
export const zoneUnknownHere = (zone: string): string =>
  `⚠️ The machine that runs this bot no longer knows the time zone \`${zone}\`, so nothing is posted. Choose another with \`/daily set timezone:\`; the rest is kept.`;
export const turnedOff = (zone: string, closesOne: boolean): string =>
  `The daily question is off.${closesOne ? ' The open question closes now, and its card shows the answer.' : ''} The time zone (${zone}) and the rest are remembered; \`/daily set\` starts it again.`;
export const wasOff = 'The daily question was off already. `/daily set` starts it again.';
export const openNow = (link: string, answered: number): string =>
  `${link} is open; ${count(answered, 'person has', 'people have')} answered.`;
export const previewHint = '-# A preview with a question drawn by the way; the next post draws its own.';

export const failedTitle = '### The daily question could not be posted';
export const failedNext = (remedy: string, retryAtMs: number | undefined): string =>
  `${remedy}\nThe schedule is kept. ${
    retryAtMs
      ? `I try again ${timestamp(retryAtMs, 'R')}, and at the next time of the schedule.`
      : 'I try again at the next time of the schedule.'
  }`;
export const toldOnce =
  '-# You get this once, because you set the schedule; not again until a post has worked.';
export const remedies = {
  question: 'Choose another level or topic with `/daily set`.',
  channel: 'Let me see the channel and send messages in it, or choose another one with `/daily set`.',
  zone: 'Choose another time zone with `/daily set timezone:`.',
  autoMod:
    'Let AutoMod pass my messages (Server Settings → AutoMod → the rule → exempt roles), or choose another channel with `/daily set`.',
  ...waitingRemedies,
} as const;
export const noQuestionReason = 'No question fits the level and topic that were chosen';
export const autoModReason = 'AutoMod blocks the questions that I try to post';
export const autoModPassed = (link: string, questions: readonly string[]): string =>
  `AutoMod blocked the daily question ${questions.map((id) => `\`${id}\``).join(', ')} in ${link}, so another one was posted. ${remedies.autoMod}`;

export const answeredSoFar = (answered: number, takingPart: number): string =>
  takingPart > answered
    ? `-# ${number(answered)}\u00a0of\u00a0${number(takingPart)} answered so far, counting who took part in the last seven days`
    : `-# ${count(answered, 'person has', 'people have')} answered so far`;
export const weekTitle = '### This week';
export const weekWinners = (members: readonly string[], points: number): string =>
  `🏆 ${members.map((member) => `<@${member}>`).join(' and ')} ${members.length > 1 ? 'lead' : 'leads'} with **${number(points)}** points`;
export const weekHardest = (prompt: string, right: number, of: number): string =>
  `Hardest question: ${prompt} (${right} of ${of} right)`;
export const weekImproved = (member: string, gain: number): string =>
  `Most improved: <@${member}>, ${count(gain, 'point')} more of every hundred answers right than before`;
export const openHint =
  '-# Everybody answers once, in private, until the next question comes. Days in a row earn more.';
export const questionNumber = (number: number): string => `Daily question ${number}`;
export const changedSince = 'This question has been changed since, so it is no longer shown.';
export const closedLine = (counts: string): string => `-# Closed · ${counts}`;
export const lastOne = (counts: string): string => `**How the last one went** · ${counts}`;
export const askedWas = (prompt: string, link: string | undefined): string =>
  `> ${prompt}${link === undefined ? '' : ` · [its card](<${link}>)`}`;
export const answerWas = (answer: string): string => `The answer was ${answer}`;
export const firstRight = (member: string): string => `First right: <@${member}>`;
export const longestStreak = (member: string, streak: number): string =>
  `Longest streak: <@${member}>, ${streak} in a row`;
export const countsText = (answered: number, right: number): string =>
  answered === 0
    ? 'nobody answered'
    : `${answered} answered, ${percent(Math.round((right / answered) * 100))} right`;

export const answeredBefore = 'You have answered this one already; the first answer counts.\n';
/** @param base of the level, and what the streak adds to it */
export const earned = (points: number, base: number): string =>
  points > base
    ? `**+${points} points**: ${base} for the level, ${points - base} for your streak`
    : `**+${points} points** for the level`;
export const earnedBefore =
  'No points this time: this question has earned you some within the last seven days.';
export const countedLater =
  'The leaderboard takes these points when the question closes, so that nobody learns from it before who was right.';
export const streakText = (streak: number): string =>
  streak === 1
    ? 'A streak begins: answer the next one too, right or wrong, to keep it.'
    : `${streak} daily questions in a row. Answer the next one too, right or wrong, to keep your streak.`;
export const closedAndChanged =
  'This question is closed. It has been changed since, so its answer is no longer shown.';
export const closedNow = 'This question is closed: the newest daily question takes answers.';
export const changedNotice =
  'This question has been changed since it was posted, so it takes no answers any more. The next one comes as planned.';
export const unknownNotice = 'This daily question is no longer known here. The next one comes as planned.';
