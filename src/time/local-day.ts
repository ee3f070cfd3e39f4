import { wallClock } from './calendar.js';
import { dateOf } from './days.js';

/**
 * The date on the wall at a moment, `YYYY-MM-DD`.
 * @param zone IANA name
 * @throws RangeError for a zone that does not exist
 */
export const localDay = (zone: string, atMs: number): string => dateOf(wallClock(zone).dayAt(atMs));
