import { z } from 'zod';
import { dayMinutes } from './spans.js';

/** IANA name. Whether the runtime has its clock is no property of a record: another release may not. */
export const zoneSchema = z.string().regex(/^[A-Za-z][\w+/-]{0,63}$/);
/** Minutes after local midnight. */
export const minuteOfDaySchema = z
  .int()
  .min(0)
  .max(dayMinutes - 1);
/** Weekdays as bits: Monday 1, Tuesday 2, … Sunday 64; one of them at least. */
export const weekdaysSchema = z.int().min(1).max(127);
