/** `HH:MM` of 24 hours as minutes after midnight; undefined for anything else. `9:05` and `09.05` are taken too. */
export function parseTime(words: string): number | undefined {
  const match = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/.exec(words.trim());
  return match ? Number(match[1]) * 60 + Number(match[2]) : undefined;
}

/** What was likely meant by words that are no time, as minutes after midnight: `9`, `9am`, `9.30 pm`, `0930`. */
export function meantTimes(words: string): number[] {
  const match = /^(\d{1,2}?)[:.h ]?([0-5]\d)?\s*([ap])?\.?m?\.?$/.exec(words.trim().toLowerCase());
  if (!match) return [];
  const [hour, minute, half] = [Number(match[1]), Number(match[2] ?? 0), match[3]];
  if (half && (hour < 1 || hour > 12)) return [];
  const hours = half
    ? [(hour % 12) + (half === 'p' ? 12 : 0)]
    : hour > 0 && hour < 12
      ? [hour, hour + 12]
      : [hour];
  return hours.filter((one) => one < 24).map((one) => one * 60 + minute);
}

/** `09:05`. */
export function describeTime(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}
