import { type Level, levels, type Stage, stages } from '../bank/question.js';
import type { Goal } from './goals.js';

/** What a stretch of the plan is about, in the order of study. */
export const phases = ['basics', 'depth', 'security', 'apis', 'deployment', 'again', 'wider'] as const;
export type StudyPhase = (typeof phases)[number];

/** One question to be answered rightly. */
export interface StudyUnit {
  readonly topic: string;
  readonly level: Level;
  readonly phase: StudyPhase;
  /** False for what only goes through the rest of the bank. */
  readonly isNeeded: boolean;
  /** What falls out last when time is short stands first. */
  readonly weight: readonly number[];
  /** What is studied first stands first. */
  readonly order: readonly number[];
}

/** Topics are taken up in rounds of so many questions, so that a short plan knows a little of each. */
const roundSize = 3;

/** All that is left to be done. A unit keeps its place among the others whatever was answered rightly before it. */
export function unitsOf(goals: readonly Goal[]): StudyUnit[] {
  const places = placesOf(goals);
  return goals.flatMap((goal) => {
    const place = places.get(goal.subject.id) ?? { rank: 0, share: 0 };
    const units: StudyUnit[] = [];
    for (let nth = goal.done + 1; nth <= goal.wider; nth++) units.push(unit(goal, nth, place));
    return units;
  });
}

interface Place {
  /** In the order of study. */
  readonly rank: number;
  /** How far down its stage it stands, from 0 to 1: so stages are shortened alike. */
  readonly share: number;
}

function placesOf(goals: readonly Goal[]): Map<string, Place> {
  const subjects = [...new Map(goals.map(({ subject }) => [subject.id, subject])).values()];
  return new Map(
    subjects.map(({ id, stage }, rank) => {
      const ofStage = subjects.filter((subject) => subject.stage === stage);
      const index = ofStage.findIndex((subject) => subject.id === id);
      return [id, { rank, share: index / ofStage.length }];
    }),
  );
}

function unit(goal: Goal, nth: number, { rank, share }: Place): StudyUnit {
  const { subject, level, cover, again, isWeak } = goal;
  const isNeeded = nth <= again;
  const phase = nth <= cover ? coverPhase(subject.stage, level) : isNeeded ? 'again' : 'wider';
  const levelIndex = levels.indexOf(level);
  const stageIndex = stages.indexOf(subject.stage);
  return {
    topic: subject.id,
    level,
    phase,
    isNeeded,
    weight: [isNeeded ? 0 : 1, roundOf(goal, nth), levelIndex, isWeak ? 0 : 1, share, stageIndex, rank, nth],
    order: [
      phases.indexOf(phase),
      phase === 'again' || phase === 'wider' ? stageIndex : 0,
      rank,
      levelIndex,
      nth,
    ],
  };
}

/** What is weak is asked twice as often, so it gets twice as much of each round. */
function roundOf({ cover, again, isWeak }: Goal, nth: number): number {
  if (nth > again) return Math.ceil((nth - again) / roundSize);
  const steps = isWeak ? nth / 2 : nth <= cover ? nth : nth - cover;
  return Math.ceil(steps / roundSize);
}

function coverPhase(stage: Stage, level: Level): StudyPhase {
  if (stage !== 'core') return stage;
  return level === 'basic' ? 'basics' : 'depth';
}

/** Compares lists of numbers by the first that differs. */
export function compareLists(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
