import { postDelaysMs, showDelaysMs, storeDelaysMs } from '../schedule/delays.js';
import { Backoff } from '../time/backoff.js';
import type { Clock } from '../time/clock.js';

/** What waits for its next try, by server, each longer than the one before. */
export class Waits {
  readonly posts: Backoff;
  /** Cards that are to show what has become of their post. */
  readonly shows: Backoff;
  /** What an admin is to be told. */
  readonly tellings: Backoff;
  /** After a read or write that failed. */
  readonly stores: Backoff;

  constructor(clock: Clock) {
    this.posts = new Backoff(clock, postDelaysMs);
    this.shows = new Backoff(clock, showDelaysMs);
    this.tellings = new Backoff(clock, postDelaysMs);
    this.stores = new Backoff(clock, storeDelaysMs);
  }

  /** Nothing of the server waits any more. */
  clear(guildId: string): void {
    for (const backoff of this.#all) backoff.clear(guildId);
  }

  stop(): void {
    for (const backoff of this.#all) backoff.stop();
  }

  get #all(): readonly Backoff[] {
    return [this.posts, this.shows, this.tellings, this.stores];
  }
}
