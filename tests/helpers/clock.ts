import { ManualTime } from 'local-discord';
import type { Clock } from '../../src/time/clock.js';

/** The local Discord's time that a test moves, for the bot too. */
export class ManualClock extends ManualTime implements Clock {
  /** Like `advance`, for lengths that are computed. */
  advanceBy(ms: number): Promise<void> {
    return this.advance(ms);
  }
}
