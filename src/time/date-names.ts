import { dayOf } from './calendar.js';

const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Monday first. */
export const weekdayNames: readonly string[] = weekdays;

/** `3 Dec`, as short as a phone or a picture needs it. Dates are `YYYY-MM-DD`. */
export const shortDate = (date: string): string =>
  `${Number(date.slice(8))} ${months[Number(date.slice(5, 7)) - 1]}`;

/** 0 is Monday; 1970-01-01 was a Thursday. */
export const weekdayOf = (date: string): number => (((dayOf(date) + 3) % 7) + 7) % 7;

/** `Thu 3 Dec`. */
export const namedDate = (date: string): string => `${weekdays[weekdayOf(date)]} ${shortDate(date)}`;
