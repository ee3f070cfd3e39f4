/** A time as Discord writes it: `2026-01-05T12:00:00.123000+00:00`. */
export function isoTime(time: number | string): string {
  const ms = typeof time === 'string' ? timeOf(time) : time;
  return new Date(ms).toISOString().replace('Z', '000+00:00');
}

/** What a bot wrote, in milliseconds; without an offset it is UTC. NaN for what is no time. */
export function timeOf(text: string): number {
  const isLocal = /[T ][\d:.]+$/.test(text);
  return Date.parse(isLocal ? `${text}Z` : text);
}
