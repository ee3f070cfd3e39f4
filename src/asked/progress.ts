import type { Logger } from 'pino';
import type { Clock } from '../time/clock.js';
import { secondMs } from '../time/spans.js';

const tellEveryMs = 15 * secondMs;

/** Tells the log how far catching up has come, now and then. */
export class CatchingUpProgress {
  readonly #clock: Clock;
  readonly #log: Logger;
  #finished = 0;
  #toldMs = 0;

  constructor({ clock, log }: { readonly clock: Clock; readonly log: Logger }) {
    this.#clock = clock;
    this.#log = log;
  }

  /** A server is through, whether or not it worked. */
  finished(left: number): void {
    this.#finished += 1;
    const isLast = left === 0;
    if (!isLast && !this.#isTime()) return;
    this.#toldMs = this.#clock.now();
    this.#log.info(
      { servers: this.#finished, left },
      isLast ? 'Earlier answers are learned from' : 'Learning from earlier answers',
    );
  }

  /** So many askings of a server are through. */
  within(guildId: string, askings: number, of: number): void {
    if (!this.#isTime()) return;
    this.#toldMs = this.#clock.now();
    this.#log.info({ guildId, askings, of }, 'Learning from earlier answers of a server');
  }

  #isTime(): boolean {
    return this.#clock.now() - this.#toldMs >= tellEveryMs;
  }
}
