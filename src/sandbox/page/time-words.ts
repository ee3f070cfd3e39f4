/** Discord's timestamps: https://docs.discord.com/developers/reference#message-formatting-timestamp-styles */
const styles: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const;

const locale = 'en-GB';
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
const formats = new Map(
  Object.entries(styles).map(([style, options]) => [style, new Intl.DateTimeFormat(locale, options)]),
);

/** What JavaScript can show as a date, in milliseconds from the epoch on either side. */
const furthestMs = 8.64e15;

const isDate = (atMs: number): boolean => Math.abs(atMs) <= furthestMs;

export function formatTime(atMs: number, style: string, now: number): string {
  // As Discord does with a time that is none.
  if (!isDate(atMs)) return 'Invalid date';
  if (style === 'R') return inWords(atMs, now);
  return (formats.get(style) ?? (formats.get('f') as Intl.DateTimeFormat)).format(atMs);
}

function inWords(atMs: number, now: number): string {
  const seconds = Math.round((atMs - now) / 1000);
  const [unit, length] = units.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1];
  return relative.format(Math.trunc(seconds / length), unit);
}

export const clockTime = (ms: number): string => formatTime(ms, 't', ms);
export const longTime = (ms: number): string => formatTime(ms, 'F', ms);

const dayFormat = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
export const dayName = (ms: number): string => dayFormat.format(ms);

/** What a `<time>` says to machines; nothing for a time that is none. */
export const machineTime = (atMs: number): string => (isDate(atMs) ? new Date(atMs).toISOString() : '');
