import { type Clock, shiftableClock } from './clock.js';

/** A smaller correction is within what the network does to each measurement. */
const worthCorrectingMs = 250;

/**
 * A clock that shows Discord's time, whatever the machine's own shows. Answers are judged by the times that
 * Discord stamps, so everything that is held against them has to be of the same clock; the machine's only measures
 * how long ago something was seen.
 */
export interface DiscordClock extends Clock {
  /** How far Discord's time is ahead of the machine's, as far as it is known, in milliseconds. */
  readonly aheadMs: number;
  /** Something that Discord stamped at this time has just arrived: now it is that late or later. */
  notBefore(stampedMs: number): void;
  /**
   * A response with this `Date` header (whole seconds, rounded down) has just arrived, for a request that was sent
   * so long ago.
   */
  dated(headerMs: number, sentAgoMs: number): void;
}

/** What is known of how far Discord is ahead: not less than `least`, not more than `most`. */
interface Bounds {
  readonly least: number;
  readonly most: number;
}

const unknown: Bounds = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };

/** @param beneath the machine's clock */
export function discordClock(beneath: Clock): DiscordClock {
  const clock = shiftableClock(beneath);
  let known = unknown;
  const learn = (news: Bounds): void => {
    known = narrowed(known, news);
    const { aheadMs } = clock;
    const right = Math.min(Math.max(aheadMs, known.least), known.most);
    if (Math.abs(right - aheadMs) >= worthCorrectingMs) clock.shift(right - aheadMs);
  };
  return {
    get aheadMs() {
      return clock.aheadMs;
    },
    now: () => clock.now(),
    at: (atMs, run) => clock.at(atMs, run),
    notBefore: (stampedMs) => learn({ least: stampedMs - beneath.now(), most: Number.POSITIVE_INFINITY }),
    dated: (headerMs, sentAgoMs) => {
      const ahead = headerMs - beneath.now();
      // Whole milliseconds, whatever the stopwatch says: times are stored as such.
      learn({ least: ahead, most: Math.ceil(ahead + 1_000 + sentAgoMs) });
    },
  };
}

/** What contradicts the news is of before the machine's clock was set, and forgotten. */
function narrowed(known: Bounds, news: Bounds): Bounds {
  const least = Math.max(known.least, news.least);
  const most = Math.min(known.most, news.most);
  return least <= most ? { least, most } : news;
}
