import { type InterviewSession, type InterviewSheet, type Marks, markNames } from './session.js';
import { type Coverage, coverageOf } from './view.js';

/** One answer of somebody in an interview, with what was said of it. */
export interface PastAnswer {
  readonly interview: string;
  readonly at: number;
  readonly topic: string;
  readonly coverage: readonly Coverage[];
  /** Own ones among them. */
  readonly sheets: readonly InterviewSheet[];
}

export interface InterviewHistory {
  /** Interviews in which they answered. */
  readonly sessions: number;
  /** Oldest first. */
  readonly answers: readonly PastAnswer[];
}

/** What a member has practised: answers whose feedback was shown. */
export function historyFrom(sessions: readonly InterviewSession[], member: string): InterviewHistory {
  const answers = sessions.flatMap((session) =>
    session.turns.flatMap((turn): PastAnswer[] => {
      const sheets = turn.sheets.filter(({ of }) => of === member);
      const isTheirs = turn.candidate === member || turn.answers.some((answer) => answer.member === member);
      if (turn.ended !== 'shown' || !isTheirs || sheets.length === 0) return [];
      const coverage = coverageOf(turn, member);
      return [{ interview: session.id, at: session.createdAt, topic: turn.topic, coverage, sheets }];
    }),
  );
  return { sessions: new Set(answers.map(({ interview }) => interview)).size, answers };
}

export interface PointsCovered {
  readonly covered: number;
  readonly all: number;
}

export const pointsOf = (answers: readonly PastAnswer[]): PointsCovered => ({
  covered: answers.reduce((sum, { coverage }) => sum + coverage.filter(({ covered }) => covered).length, 0),
  all: answers.reduce((sum, { coverage }) => sum + coverage.length, 0),
});

/** One session is no verdict: the marks of others over the last answers, as a spread. */
export const lastAnswers = 5;

export interface MarkSpread {
  readonly name: keyof Marks;
  readonly least: number;
  readonly most: number;
  readonly mean: number;
}

/** @param member whose own marks are left out */
export function markSpread(answers: readonly PastAnswer[], member: string): MarkSpread[] {
  const given = answers
    .filter(({ sheets }) => sheets.some(({ marks }) => marks))
    .slice(-lastAnswers)
    .flatMap(({ sheets }) => sheets.flatMap(({ by, marks }) => (marks && by !== member ? [marks] : [])));
  if (given.length === 0) return [];
  return markNames.map((name) => {
    const values = given.map((marks) => marks[name]);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return { name, least: Math.min(...values), most: Math.max(...values), mean };
  });
}
