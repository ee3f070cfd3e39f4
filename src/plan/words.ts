import type { Level } from '../bank/question.js';
import { count } from '../discord/count.js';
import { namedDate, shortDate } from '../time/date-names.js';
import { dayOf } from '../time/days.js';
import type { StudyPhase } from './work.js';

const phaseNames: Readonly<Record<StudyPhase, string>> = {
  basics: 'Basics',
  depth: 'In depth',
  security: 'Security',
  apis: 'DRF and APIs',
  deployment: 'Deployment',
  again: 'Once more, what is weak',
  wider: 'The rest of the bank',
};
/** For a day of the calendar's picture: at most eight letters. */
export const phaseMarks: Readonly<Record<StudyPhase, string>> = {
  basics: 'basics',
  depth: 'depth',
  security: 'security',
  apis: 'DRF',
  deployment: 'deploy',
  again: 'again',
  wider: 'more',
};
/** What questions alone do not give. */
const phaseTips: Readonly<Record<StudyPhase, string>> = {
  basics:
    'Skipping the basics is the mistake that interviewers meet most. Say each answer aloud, in one sentence.',
  depth: 'Theory without code is soon found out: build what you read about into a small project of your own.',
  security:
    'Security is what many leave out. For every attack, name what Django does by itself and what is left to you.',
  apis: 'Write one small API from serializer to permission, and explain each choice as if to a colleague.',
  deployment: 'Be ready to tell how a project of yours went live, what broke, and what you looked at first.',
  again: 'Explain what you got wrong without looking; then read the page that the answer links to.',
  wider: 'Read the official documentation behind each answer that surprised you.',
};

export function dateChoice(date: string, today: string): string {
  const days = dayOf(date) - dayOf(today);
  const away = days % 7 === 0 && days > 0 ? count(days / 7, 'week') : count(days, 'day');
  return `${namedDate(date)} ${date.slice(0, 4)}, in ${away}`;
}

export const notADate = (typed: string, example: string): string =>
  `I cannot read ${typed} as a date. Write year, month and day, e.g. \`${example}\`.`;
export const isToday =
  'That is today: there is no day left to plan. Good luck! `/review start` and `/question any` with `private: True` are good for warming up.';
export const isOver = (date: string, example: string): string =>
  `${namedDate(date)} ${date.slice(0, 4)} is over. Give the day of an interview that is still to come, e.g. \`${example}\`.`;
export const tooFar = (date: string, days: number): string =>
  `${namedDate(date)} ${date.slice(0, 4)} is too far away: a plan reaches ${days} days ahead at most.`;
export const notMinutes = (least: number, most: number): string =>
  `A plan takes ${least} to ${most} minutes a day.`;

export const noPlan =
  'You have no plan here yet. `/plan set` makes one: give the day of your interview, and how many minutes a day you have.';
export const cleared = 'Your plan is removed. What you answered stays, and counts for the next one.';
export const nothingToClear = 'You have no plan here, so there is nothing to remove.';
export const noSubjects = 'The bank has no questions to plan with.';

export const title = (date: string, daysLeft: number): string =>
  `### Your plan to ${namedDate(date)} ${date.slice(0, 4)}\n${daysLeft === 1 ? 'The interview is **tomorrow**' : `**${count(daysLeft, 'day')}** to go`}`;
export const setup = (level: Level | undefined, minutes: number): string =>
  `${minutes} minutes a day · ${level ? `up to ${level}` : 'all levels'}`;

export const overTitle = (date: string): string =>
  `### Your plan to ${namedDate(date)} ${date.slice(0, 4)} is over\nI hope the interview went well. \`/plan set\` makes a plan for the next one, \`/plan clear\` puts this one away.`;
export const theDay =
  '### Today is the day\nNothing new any more: look through what is due, then let it rest. You know what you know. Good luck!';

export const fits = (needed: number): string =>
  needed === 0
    ? '✅ All that the interview asks for is done. The days that are left go through the rest of the bank.'
    : '✅ It all fits: every topic, and what is weak twice.';
export const doesNotFit = (minutes: number, needs: number, most: number): string =>
  needs > most
    ? `⚠️ **It does not all fit**, not even with ${most} minutes a day. The plan takes what matters first: a little of each topic, the easier levels before the harder ones.`
    : `⚠️ **It does not all fit** in ${minutes} minutes a day: it needs **${needs} minutes a day**. The plan takes what matters first: a little of each topic, the easier levels before the harder ones.`;
export const inPart = (topics: number): string =>
  `${count(topics, 'topic is', 'topics are')} covered only in part.`;
export const leftOut = (titles: readonly string[], more: number): string =>
  `Left out: ${titles.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;

export const todayTitle = (minutes: number): string =>
  minutes > 0 ? `**Today** · about ${Math.ceil(minutes)} minutes` : '**Today**';
export const todayDone = 'Today’s questions are done. 👏';
export const todayFree = 'Nothing new today.';
export const reviewLine = (reviews: number, due: number): string =>
  `- ${count(reviews, 'question')} to review${due > reviews ? ` (of ${due} that are due)` : ''}`;
export const itemLine = (amount: number, topic: string, level: Level): string =>
  `- ${amount} on ${topic} · ${level}`;
export const moreItems = (more: number): string => `- and ${more} more`;
export const moreTopics = (more: number): string => `${more} more`;
export const mockLine = (questions: number): string =>
  `- a mock interview of ${count(questions, 'question')}, with somebody who asks back`;

export const comingTitle = '**The next days**';
export const dayLine = (date: string, parts: readonly string[]): string =>
  `-# ${namedDate(date)} · ${parts.join(', ') || 'free'}`;
export const dayItem = (amount: number, topic: string): string => `${amount} ${topic}`;
export const mockPart = 'mock interview';
export const wayTitle = '**The way there**';
export const phaseLine = (phase: StudyPhase, from: string, until: string): string =>
  `-# ${phaseNames[phase]}: ${from === until ? shortDate(from) : `${shortDate(from)} – ${shortDate(until)}`}`;
export const mockDates = (dates: readonly string[]): string =>
  `-# Mock interviews: ${dates.map(shortDate).join(', ')}`;
export const noMock =
  '-# A mock interview takes ten minutes for each question: with ten minutes a day or more, the plan has some.';
export const reviewsKept = '-# A third of each day is kept for reviewing what you missed.';
export const tip = (phase: StudyPhase): string => `-# 💡 ${phaseTips[phase]}`;

export const pictureWords = (parts: readonly string[]): string => `Calendar of the plan. ${parts.join(' ')}`;
export const pictureStretch = (phase: StudyPhase, from: string, until: string): string =>
  `${phaseNames[phase]} from ${shortDate(from)} to ${shortDate(until)}.`;
export const pictureMocks = (dates: readonly string[]): string =>
  `Mock interviews on ${dates.map(shortDate).join(', ')}.`;
export const pictureEnd = (date: string): string => `The interview on ${namedDate(date)}.`;
