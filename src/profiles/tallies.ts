import { type Level, levels } from '../bank/question.js';
import type { Profile } from './profile.js';
import { ability, type Cell, readiness, type Tally } from './readiness.js';

/** A topic and how many questions the bank has of it by level. */
export interface Offered {
  readonly id: string;
  readonly title: string;
  /** Where there is little room; absent: the title. */
  readonly short?: string | undefined;
  readonly levels: Readonly<Record<Level, number>>;
}

/** All answers of a profile, scored and practised, those to topics that the bank has no more among them. */
export function answeredCells({ topics }: Pick<Profile, 'topics'>): Cell[] {
  return Object.entries(topics).flatMap(([topic, ofTopic]) =>
    levels.map((level) => {
      const [right, total, practiceRight, practised] = ofTopic[level] ?? [0, 0, 0, 0];
      return { topic, level, right: right + practiceRight, total: total + practised };
    }),
  );
}

/** The answers to each topic and level that the bank has questions for; what was never asked among them. */
export function offeredCells(answered: readonly Cell[], topics: readonly Offered[]): Cell[] {
  return topics.flatMap(({ id, levels: counts }) =>
    levels
      .filter((level) => counts[level] > 0)
      .map((level) => {
        const known = answered.find((cell) => cell.topic === id && cell.level === level);
        return known ?? { topic: id, level, right: 0, total: 0 };
      }),
  );
}

/** A topic with fewer answers says nothing about anybody. */
export const enoughAnswers = 3;
/** Topics with a larger share of right answers are not weak. */
const weakBelow = 0.8;

type TopicTally = Tally & { readonly topic: string };

/** Topics with enough answers to speak of, best first; few answers count as little proof. */
export function bestTopics(cells: readonly Cell[]): TopicTally[] {
  const topics = [...new Set(cells.map(({ topic }) => topic))];
  return topics
    .map((topic) => ({ topic, ...sum(cells.filter((cell) => cell.topic === topic)) }))
    .filter(({ total }) => total >= enoughAnswers)
    .sort((a, b) => ability(b) - ability(a) || b.total - a.total);
}

/** Of these, those that are worth some work, weakest first. */
export const weakTopics = (cells: readonly Cell[]): TopicTally[] =>
  bestTopics(cells)
    .filter(({ right, total }) => right / total < weakBelow)
    .reverse();

/** Of a group, a topic and level with fewer answers says nothing. */
const enoughOfGroup = 5;

/** The topics and levels in which a group is worth some work, weakest first; few answers count as little proof. */
export function weakCells(profiles: readonly Pick<Profile, 'topics'>[]): Cell[] {
  const group = new Map<string, Cell>();
  for (const cell of profiles.flatMap(answeredCells)) {
    const key = `${cell.topic} ${cell.level}`;
    const { right, total } = sum([cell, group.get(key) ?? { right: 0, total: 0 }]);
    group.set(key, { ...cell, right, total });
  }
  return [...group.values()]
    .filter(({ right, total }) => total >= enoughOfGroup && right / total < weakBelow)
    .sort((a, b) => ability(a) - ability(b) || b.total - a.total);
}

export function byLevel(cells: readonly Cell[]): (Tally & { level: Level })[] {
  return levels.map((level) => ({ level, ...sum(cells.filter((cell) => cell.level === level)) }));
}

export function sum(tallies: readonly Tally[]): Tally {
  return tallies.reduce((all, { right, total }) => ({ right: all.right + right, total: all.total + total }), {
    right: 0,
    total: 0,
  });
}

/** The level of the weakest topic at which least is known; undefined while no topic that the bank has is weak. */
export function weakestCell(
  profile: Profile,
  topics: readonly Offered[],
): { readonly topic: string; readonly level: Level } | undefined {
  const cells = offeredCells(answeredCells(profile), topics).filter(({ total }) => total > 0);
  const [weakest] = weakTopics(cells);
  const ofTopic = cells.filter(({ topic }) => topic === weakest?.topic);
  const [cell] = ofTopic.sort((a, b) => ability(a) - ability(b) || b.total - a.total);
  return cell && { topic: cell.topic, level: cell.level };
}

/** How ready a member is for what the bank asks of these topics, 0 to 100. */
export const percentReady = (profile: Profile, topics: readonly Offered[]): number =>
  readiness(offeredCells(answeredCells(profile), topics)).percent;
