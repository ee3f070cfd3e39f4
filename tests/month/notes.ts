import type { Known } from './bank.js';

/** What somebody did, as a watcher beside them writes it down. Only what was acknowledged is noted. */
export interface Note extends Known {
  readonly member: string;
  readonly right: boolean;
  readonly atMs: number;
  readonly where: 'quiz' | 'daily' | 'card' | 'private' | 'session';
  readonly guess?: 'Guess' | 'Unsure' | 'Sure';
  /** Of a quiz round: which one, when its card was there, and how long it lasts. */
  readonly round?: { readonly id: string; readonly openedMs: number; readonly totalMs: number };
  /** Of a daily question: which post it was, from 0. */
  readonly post?: number;
}

/** Something that was taken out of a deck. */
export interface Forgotten {
  readonly member: string;
  readonly id: string;
  readonly atMs: number;
}

export const zone = 'Europe/Berlin';
const dayMs = 86_400_000;
const format = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' });

/** The date on the wall, `YYYY-MM-DD`, and as days since 1970-01-01. */
export const dateAt = (atMs: number): string => format.format(atMs);
export const dayNumber = (date: string): number => Date.parse(date) / dayMs;
export const dayAt = (atMs: number): number => dayNumber(dateAt(atMs));
