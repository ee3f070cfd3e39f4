import { dayOf, weekdayOf } from './days.js';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** Monday first, as {@link weekdayOf} counts. */
export const fullWeekdayNames: readonly string[] = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];

/** `Mon`, `Tue`, … */
export const weekdayNames: readonly string[] = fullWeekdayNames.map((name) => name.slice(0, 3));

/** `3 Dec`, as short as a phone or a picture needs it. Dates are `YYYY-MM-DD`. */
export const shortDate = (date: string): string =>
  `${Number(date.slice(8))} ${months[Number(date.slice(5, 7)) - 1]}`;

/** `Thu 3 Dec`. */
export const namedDate = (date: string): string =>
  `${weekdayNames[weekdayOf(dayOf(date))]} ${shortDate(date)}`;
