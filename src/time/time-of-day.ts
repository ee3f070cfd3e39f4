/** `HH:MM` of 24 hours as minutes after midnight; undefined for anything else. `9:05` and `09.05` are taken too. */
export function parseTime(words: string): number | undefined {
  const match = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(words.trim());
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** `09:05`. */
export function describeTime(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
