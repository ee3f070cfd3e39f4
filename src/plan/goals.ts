import { type Level, levels } from '../bank/question.js';
import type { Subject } from '../bank/study.js';
import type { Cell, Tally } from '../profiles/readiness.js';

/** So many right answers to a topic's level are enough for an interview: everywhere, they make a readiness of 71 %. */
const enoughRight = 5;
/** Fewer answers prove neither a strength nor a weakness. */
const provingAnswers = 3;
/** From this share of right answers on, a level of a topic is known, and refreshed once. */
const knownFrom = 0.8;

/** What is to be done on one level of one topic, counted in right answers since the plan was made. */
export interface Goal {
  readonly subject: Subject;
  readonly level: Level;
  /** Right answers since the plan was made. */
  readonly done: number;
  /** What covers it. */
  readonly cover: number;
  /** What covers it and, for what is weak or was missed since, what comes once more. */
  readonly again: number;
  /** What goes through all of its questions. */
  readonly wider: number;
  readonly isWeak: boolean;
}

/**
 * What a member has to do, by topic and level, in the order of study.
 *
 * Each level of a topic up to the wanted one takes {@link enoughRight} right answers (fewer where the bank has fewer
 * questions). One that was known when the plan was made takes one, as a refresher; a weak one takes twice as many, and
 * so does one that belongs to a weak topic. Each wrong answer since then adds one, up to as many again. So right
 * answers bring the end nearer, and change nothing of the rest.
 *
 * @param wanted the level of the interview; absent: all. Lower levels belong to it
 * @param start answers when the plan was made, @param now answers by now: of all time, both
 */
export function goalsOf(
  subjects: readonly Subject[],
  wanted: Level | undefined,
  start: readonly Cell[],
  now: readonly Cell[],
): Goal[] {
  const atStart = tallies(start);
  const byNow = tallies(now);
  return subjects.flatMap((subject) => {
    const ofTopic = start.filter(({ topic }) => topic === subject.id);
    const isWeakTopic = isWeak(ofTopic.reduce(plus, nothing));
    return levelsUpTo(wanted)
      .filter((level) => subject.levels[level] > 0)
      .map((level) => {
        const key = keyOf(subject.id, level);
        const before = atStart.get(key) ?? nothing;
        return goalOf(subject, level, { before, after: byNow.get(key) ?? nothing, isWeakTopic });
      });
  });
}

function goalOf(
  subject: Subject,
  level: Level,
  { before, after, isWeakTopic }: { before: Tally; after: Tally; isWeakTopic: boolean },
): Goal {
  const questions = subject.levels[level];
  const base = Math.min(enoughRight, questions);
  const isKnown = before.total >= provingAnswers && before.right / before.total >= knownFrom;
  const isWeakCell = !isKnown && (isWeakTopic || isWeak(before));
  const done = Math.max(0, after.right - before.right);
  const missed = Math.max(0, after.total - after.right - (before.total - before.right));
  const cover = isKnown ? 1 : base;
  const again = cover + (isWeakCell ? base : 0) + Math.min(missed, base);
  return { subject, level, done, cover, again, wider: again + questions - cover, isWeak: isWeakCell };
}

/** The levels that an interview of a level asks for, the easiest first. */
export const levelsUpTo = (wanted: Level | undefined): readonly Level[] =>
  wanted === undefined ? levels : levels.slice(0, levels.indexOf(wanted) + 1);

const nothing: Tally = { right: 0, total: 0 };
const plus = (a: Tally, b: Tally): Tally => ({ right: a.right + b.right, total: a.total + b.total });
const isWeak = ({ right, total }: Tally): boolean => total >= provingAnswers && right / total < knownFrom;

const keyOf = (topic: string, level: Level): string => `${topic}:${level}`;
const tallies = (cells: readonly Cell[]): Map<string, Tally> =>
  new Map(cells.map(({ topic, level, right, total }) => [keyOf(topic, level), { right, total }]));
