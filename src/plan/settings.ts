import { z } from 'zod';
import type { Level } from '../bank/question.js';
import { UserError } from '../discord/errors.js';
import { codeSpan } from '../discord/text.js';
import { dateOf, dayOf } from '../time/days.js';
import { longestDays, minuteBounds } from './rules.js';
import * as words from './words.js';

/** What somebody gave of a plan. */
export interface PlanWish {
  /** As it was typed. */
  readonly date: string;
  readonly level?: Level | undefined;
  readonly minutes?: number | undefined;
}

const isoDate = z.iso.date();
const longestShown = 40;

/**
 * The date of an interview from what was typed.
 * @param today the local day
 * @throws {UserError} for what is no date, is over, or is too far away
 */
export function readDate(typed: string, today: string): string {
  const [, year = '', month = '', day = ''] =
    /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(typed.trim()) ?? [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const example = dateOf(dayOf(today) + 14);
  if (!isoDate.safeParse(date).success)
    throw new UserError(words.notADate(codeSpan(typed, longestShown), example));
  if (date <= today) throw new UserError(date === today ? words.isToday : words.isOver(date, example));
  if (dayOf(date) - dayOf(today) > longestDays) throw new UserError(words.tooFar(date, longestDays));
  return date;
}

/** @throws {UserError} outside of {@link minuteBounds} */
export function readMinutes(minutes: number | undefined): number {
  const { least, most, usual } = minuteBounds;
  const given = minutes ?? usual;
  if (!Number.isInteger(given) || given < least || given > most)
    throw new UserError(words.notMinutes(least, most));
  return given;
}

const suggestedDays = [3, 7, 14, 21, 28, 42, 56, 84];

/** Dates for what has been typed so far: some that are usual, and the one that is typed. */
export function suggestDates(typed: string, today: string): { name: string; value: string }[] {
  const wanted = typed.trim();
  const dates = suggestedDays.map((days) => dateOf(dayOf(today) + days));
  const meant = isoDate.safeParse(wanted).success && wanted > today ? [wanted] : [];
  const fitting = dates.filter((date) =>
    words.dateChoice(date, today).toLowerCase().includes(wanted.toLowerCase()),
  );
  return [...new Set([...meant, ...fitting])].map((value) => ({
    name: words.dateChoice(value, today),
    value,
  }));
}
