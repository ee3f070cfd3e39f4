const formats = new Map<string, Intl.DateTimeFormat>();

/** The date on the wall at a moment, `YYYY-MM-DD`, in an IANA time zone. */
export function localDay(zone: string, atMs: number): string {
  let format = formats.get(zone);
  if (!format) {
    // Sweden writes dates as ISO 8601 does.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' });
    formats.set(zone, format);
  }
  return format.format(atMs);
}
