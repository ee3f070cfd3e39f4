import { fullWeekdayNames, weekdayNames } from '../time/date-names.js';

/** Weekdays as bits, as in `Timing.days`: Monday 1, Tuesday 2, … Sunday 64. */
const names = fullWeekdayNames.map((name) => name.toLowerCase());

export const everyDay = 0b111_1111;
const weekdays = 0b001_1111;
const weekends = 0b110_0000;

const groups: ReadonlyMap<string, number> = new Map([
  ['every day', everyDay],
  ['everyday', everyDay],
  ['daily', everyDay],
  ['all', everyDay],
  ['weekdays', weekdays],
  ['weekday', weekdays],
  ['weekends', weekends],
  ['weekend', weekends],
]);

/** What `parseDays` takes, for people. */
export const daysHelp =
  '`every day`, `weekdays`, `weekends`, single days such as `mon, wed, fri`, or `mon-fri`';

/** Weekdays from words, e.g. `Mon-Fri`, `sat, sun`, `weekdays`; undefined when a word is not one of them. */
export function parseDays(words: string): number | undefined {
  const text = words
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/ ?(?:-|–|—|\bto\b) ?/g, '-');
  const all = groups.get(text);
  if (all !== undefined) return all;
  let days = 0;
  for (const part of text.split(/(?: and |[,;/&+ ])+/)) {
    if (part === '') continue;
    const chosen = groups.get(part) ?? parseRange(part);
    if (chosen === undefined) return undefined;
    days |= chosen;
  }
  return days === 0 ? undefined : days;
}

function parseRange(part: string): number | undefined {
  const ends = part.split('-').map(parseDay);
  const first = ends[0];
  const last = ends.at(-1);
  if (ends.length > 2 || first === undefined || last === undefined) return undefined;
  let days = 0;
  // A range may run over Sunday: `sat-mon`.
  for (let day = first; ; day = (day + 1) % 7) {
    days |= 1 << day;
    if (day === last) return days;
  }
}

/** 0 is Monday. Full names and their beginnings from two letters on, with or without a plural s or a dot. */
function parseDay(word: string): number | undefined {
  const stem = word.replace(/\.$/, '');
  if (stem.length < 2) return undefined;
  const day = names.findIndex(
    (name) => name.startsWith(stem) || stem === `${name}s` || aliases.get(stem) === name,
  );
  return day < 0 ? undefined : day;
}

const aliases: ReadonlyMap<string, string> = new Map([
  ['tues', 'tuesday'],
  ['weds', 'wednesday'],
  ['thurs', 'thursday'],
]);

/** `every day`, `weekdays`, `weekends`, or `Mon, Wed, Fri`. */
export function describeDays(days: number): string {
  if (days === everyDay) return 'every day';
  if (days === weekdays) return 'weekdays';
  if (days === weekends) return 'weekends';
  return weekdayNames.filter((_, day) => days & (1 << day)).join(', ');
}

const usualDays = [everyDay, weekdays, weekends, 0b001_0101, 0b000_1010];

/** Weekdays for what has been typed so far. */
export function suggestDays(typed: string): { name: string; value: string }[] {
  const wanted = typed.trim().toLowerCase();
  const meant = parseDays(wanted);
  const fitting = usualDays.filter((days) => describeDays(days).toLowerCase().includes(wanted));
  return [...new Set([...(meant === undefined ? [] : [meant]), ...fitting])].map((days) => {
    const name = describeDays(days);
    return { name, value: name };
  });
}
