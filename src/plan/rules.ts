import type { Level } from '../bank/question.js';
import type { Subject } from '../bank/study.js';
import type { Cell } from '../profiles/readiness.js';
import { dateOf, dayOf } from '../time/days.js';
import { type Goal, goalsOf } from './goals.js';
import { type DayRoom, minutesOf, roomOf } from './time.js';
import { compareLists, type StudyPhase, type StudyUnit, unitsOf } from './work.js';

/** Longest plan, in days. */
export const longestDays = 366;
export const minuteBounds = { least: 5, most: 120, usual: 20 } as const;
/** Nobody is told to study longer a day than this. */
const mostMinutes = 12 * 60;

export interface PlanSettings {
  /** The day of the interview, `YYYY-MM-DD`. */
  readonly date: string;
  /** Absent: all levels. */
  readonly level?: Level | undefined;
  /** A day, {@link minuteBounds}. */
  readonly minutes: number;
  /** The local day on which the plan was made. */
  readonly setOn: string;
}

export interface PlanInput {
  readonly settings: PlanSettings;
  readonly today: string;
  /** In the order of study. */
  readonly subjects: readonly Subject[];
  /** Answers of all time, when the plan was made and by now. */
  readonly start: readonly Cell[];
  readonly now: readonly Cell[];
  /** Questions that are due for review today. */
  readonly due: number;
  /** Questions answered today that were no reviews. */
  readonly answeredToday: number;
}

/** Questions on one level of one topic. */
export interface PlanItem {
  readonly topic: string;
  readonly level: Level;
  readonly count: number;
  readonly phase: StudyPhase;
}

export interface PlanDay {
  readonly date: string;
  readonly items: readonly PlanItem[];
  /** Today: what is due, as far as it fits. On other days: for how many there is time. */
  readonly reviews: number;
  /** Questions of a practice interview. */
  readonly mock: number;
  /** Of all that; at most the minutes of the plan. */
  readonly minutes: number;
}

export interface StudyPlan {
  /** From today to the eve of the interview; empty when there is no day left. */
  readonly days: readonly PlanDay[];
  /** To the interview: 0 on its day, negative afterwards. */
  readonly daysLeft: number;
  /** Topics of which nothing was done and nothing fits, in the order of study. */
  readonly leftOut: readonly string[];
  /** Topics of which a level is left out, or some of the questions that it takes. */
  readonly inPart: readonly string[];
  /** Minutes a day with which everything would fit; absent where it does. */
  readonly needsMinutes?: number;
  /** True when today's questions are answered; reviews may be due all the same. */
  readonly isTodayDone: boolean;
}

/**
 * What to study on which day.
 *
 * First it is chosen what fits: a little of every topic, easier levels first, weak topics twice; then more, in rounds.
 * What was chosen is put in the order of study (basics, features in depth, security, APIs, deployment, then once more
 * what is weak, then the rest of the bank), and dealt out evenly over the days that are left. Whatever was answered
 * rightly moves everything else forward and changes nothing of its order; a day that was missed is dealt out anew.
 */
export function planFor(input: PlanInput): StudyPlan {
  const { settings, today, subjects, start, now, answeredToday } = input;
  const daysLeft = dayOf(settings.date) - dayOf(today);
  const goals = goalsOf(subjects, settings.level, start, now);
  const units = unitsOf(goals);
  const rooms = roomsOf(settings, daysLeft);
  const { quotas, isTodayDone } = quotasOf(
    rooms.map(({ questions }) => questions),
    units.length,
    answeredToday,
  );
  const chosen = units
    .sort((a, b) => compareLists(a.weight, b.weight))
    .slice(0, sum(quotas))
    .sort((a, b) => compareLists(a.order, b.order));
  return {
    days: dealt(chosen, quotas, rooms, input),
    daysLeft,
    ...missingFrom(goals, chosen),
    ...needsMore(settings, daysLeft, units, answeredToday),
    isTodayDone,
  };
}

const roomsOf = ({ minutes, date, setOn }: PlanSettings, daysLeft: number): DayRoom[] =>
  Array.from({ length: Math.min(Math.max(0, daysLeft), longestDays) }, (_, index) =>
    roomOf(minutes, daysLeft - index, dayOf(date) - dayOf(setOn)),
  );

/**
 * How many questions each day gets: as evenly as the days' room allows, the first days the odd ones. Today's share is
 * what it was this morning, less what was answered since.
 */
function quotasOf(
  room: readonly number[],
  units: number,
  answeredToday: number,
): { quotas: number[]; isTodayDone: boolean } {
  const [today = 0, ...later] = room;
  const share = Math.min(today, level(room, units + Math.min(answeredToday, today)));
  let rest = Math.min(units, sum(later) + Math.max(0, share - answeredToday));
  const quotas: number[] = [];
  for (const [index, most] of room.entries()) {
    const quota =
      index === 0
        ? Math.min(rest, Math.max(0, share - answeredToday))
        : Math.min(most, level(room.slice(index), rest), rest);
    quotas.push(quota);
    rest -= quota;
  }
  return { quotas, isTodayDone: answeredToday > 0 && answeredToday >= share };
}

/** The least height to which days are filled, none beyond its own room, that holds so many. */
function level(room: readonly number[], many: number): number {
  let low = 0;
  let high = Math.max(0, ...room);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (room.reduce((held, most) => held + Math.min(most, middle), 0) >= many) high = middle;
    else low = middle + 1;
  }
  return low;
}

function dealt(
  chosen: readonly StudyUnit[],
  quotas: readonly number[],
  rooms: readonly DayRoom[],
  { today, due }: PlanInput,
): PlanDay[] {
  let next = 0;
  return rooms.map(({ reviews: most, mock }, index) => {
    const quota = quotas[index] ?? 0;
    const items = itemsOf(chosen.slice(next, next + quota));
    next += quota;
    const reviews = index === 0 ? Math.min(due, most) : most;
    const minutes = minutesOf({ questions: quota, reviews, mock });
    return { date: dateOf(dayOf(today) + index), items, reviews, mock, minutes };
  });
}

function itemsOf(units: readonly StudyUnit[]): PlanItem[] {
  const items: PlanItem[] = [];
  for (const { topic, level, phase } of units) {
    const last = items.findIndex((item) => item.topic === topic && item.level === level);
    const known = items[last];
    if (known) items[last] = { ...known, count: known.count + 1 };
    else items.push({ topic, level, phase, count: 1 });
  }
  return items;
}

function missingFrom(
  goals: readonly Goal[],
  chosen: readonly StudyUnit[],
): Pick<StudyPlan, 'leftOut' | 'inPart'> {
  const planned = new Map<string, number>();
  const keyOf = (topic: string, level: Level): string => `${topic}:${level}`;
  for (const { topic, level } of chosen)
    planned.set(keyOf(topic, level), (planned.get(keyOf(topic, level)) ?? 0) + 1);
  const reached = ({ subject, level, done }: Goal): number =>
    done + (planned.get(keyOf(subject.id, level)) ?? 0);
  const topics = [...new Set(goals.map(({ subject }) => subject.id))];
  const of = (topic: string): Goal[] => goals.filter(({ subject }) => subject.id === topic);
  const leftOut = topics.filter((topic) => of(topic).every((goal) => reached(goal) === 0));
  const isInPart = (topic: string): boolean => of(topic).some((goal) => reached(goal) < goal.cover);
  return { leftOut, inPart: topics.filter((topic) => !leftOut.includes(topic) && isInPart(topic)) };
}

/** The minutes a day, in fives, with which all that is needed fits. */
function needsMore(
  settings: PlanSettings,
  daysLeft: number,
  units: readonly StudyUnit[],
  answeredToday: number,
): { needsMinutes?: number } {
  const needed = units.filter(({ isNeeded }) => isNeeded).length;
  const holds = (minutes: number): boolean => {
    const [today = 0, ...later] = roomsOf({ ...settings, minutes }, daysLeft).map(
      ({ questions }) => questions,
    );
    return sum(later) + Math.max(0, today - answeredToday) >= needed;
  };
  if (daysLeft <= 0 || holds(settings.minutes)) return {};
  let minutes = 5 * Math.ceil((settings.minutes + 1) / 5);
  while (minutes < mostMinutes && !holds(minutes)) minutes += 5;
  return { needsMinutes: minutes };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
