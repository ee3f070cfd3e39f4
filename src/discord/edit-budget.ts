import { SnowflakeUtil } from 'discord.js';
import { newest } from '../store/newest.js';
import type { Clock } from '../time/clock.js';
import { hourMs } from '../time/spans.js';

/** Discord limits edits of messages that are older than this: about three in six seconds a channel (error 30046). */
const oldAfterMs = hourMs;
const windowMs = 6_500;
const mostInWindow = 3;
/** Counters leave so many of them to answers. */
const keptForAnswers = 1;
const channelsInMemory = 10_000;

/** Keeps edits of old messages within what Discord takes, and answers before counters. */
export class EditBudget {
  readonly #clock: Clock;
  readonly #edits = newest<string, readonly number[]>(channelsInMemory);

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Takes a place for an edit that is made at once.
   * @param counter true for an edit that can be left out
   * @returns 0, or how many milliseconds to wait before asking again
   */
  take(channelId: string, messageId: string, { counter = false }: { counter?: boolean } = {}): number {
    const nowMs = this.#clock.now();
    if (nowMs - SnowflakeUtil.timestampFrom(messageId) < oldAfterMs) return 0;
    const recent = (this.#edits.get(channelId) ?? []).filter(
      (atMs) => atMs <= nowMs && nowMs - atMs < windowMs,
    );
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= mostInWindow - (counter ? keptForAnswers : 0))
      return oldest + windowMs - nowMs;
    this.#edits.set(channelId, [...recent, nowMs]);
    return 0;
  }
}
