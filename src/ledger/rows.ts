import { z } from 'zod';
import { type Level, levels } from '../bank/question.js';
import { logType } from '../store/log-segments.js';
import { hourMs } from '../time/spans.js';

/** One answer that counted: who gave it, to what, and what it earned. */
export interface LedgerRow {
  /** What was answered; a member has one row for each. See {@link quizSource} and {@link dailySource}. */
  readonly source: string;
  readonly member: string;
  /** 0 for a wrong answer. */
  readonly points: number;
  readonly right: boolean;
  readonly level: Level;
  readonly topic: string;
  /** When Discord took the answer; decides in which week and month it counts. */
  readonly at: number;
}

/** A round of a quiz, from 1. */
export const quizSource = (gameId: string, round: number): string => `quiz:${gameId}:${round}`;

/** @param date the server's local day, `YYYY-MM-DD` */
export const dailySource = (date: string): string => `daily:${date}`;

/** Source, member, points, right (1 or 0), level (its place in `levels`), topic, at, and {@link recordedBy} if late. */
export type StoredRow = readonly [string, string, number, 0 | 1, number, string, number, number?];

/** Rows by the million are read through this; a schema of objects would take ten times as long. */
const isStoredRow = (row: unknown): boolean =>
  Array.isArray(row) &&
  (row.length === 7 || (row.length === 8 && Number.isSafeInteger(row[7]))) &&
  typeof row[0] === 'string' &&
  isMember(row[1]) &&
  isPoints(row[2]) &&
  (row[3] === 0 || row[3] === 1) &&
  levels[row[4]] !== undefined &&
  typeof row[5] === 'string' &&
  Number.isSafeInteger(row[6]);

const isMember = (id: unknown): boolean => typeof id === 'string' && /^(0|[1-9]\d{0,18})$/.test(id);
const isPoints = (points: unknown): boolean => Number.isSafeInteger(points) && Number(points) >= 0;

export const ledgerType = logType<StoredRow>('ledger', z.custom<StoredRow>(isStoredRow));

/** A row that is recorded later than this after its answer says when. */
const latenessMs = hourMs;

/** @throws RangeError for a row that could not be read back */
export function toStored(row: LedgerRow, nowMs: number): StoredRow {
  const { source, member, points, right, level, topic, at } = row;
  const plain = [source, member, points, right ? 1 : 0, levels.indexOf(level), topic, at] as const;
  if (!isStoredRow(plain)) throw new RangeError(`Not a row of the ledger: ${JSON.stringify(row)}`);
  return nowMs - at > latenessMs ? [...plain, nowMs] : plain;
}

export function fromStored([source, member, points, right, level, topic, at]: StoredRow): LedgerRow {
  return { source, member, points, right: right === 1, level: levels[level] ?? 'basic', topic, at };
}

/**
 * The latest moment at which a row can have been recorded. Rows stand in the order of their recording, not of
 * their answers: a quiz that was resumed after hours records old ones. So no row before this one has an answer
 * later than this.
 */
export const recordedBy = (row: StoredRow): number => row[7] ?? row[6] + latenessMs;
