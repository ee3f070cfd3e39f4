import { dayMs } from './spans.js';

/** A local day: days since 1970-01-01 on the calendar of the place. */
export type Day = number;

/** `YYYY-MM-DD` of a day. */
export const dateOf = (day: Day): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** @param date `YYYY-MM-DD` */
export const dayOf = (date: string): Day => Date.parse(`${date}T00:00Z`) / dayMs;

/** 0 is Monday; 1970-01-01 was a Thursday. */
export const weekdayOf = (day: Day): number => (((day + 3) % 7) + 7) % 7;

/** Monday 1, Tuesday 2, … Sunday 64. */
export const weekdayBit = (day: Day): number => 1 << weekdayOf(day);

/** The Monday of a day's week. */
export const mondayOf = (day: Day): Day => day - weekdayOf(day);
