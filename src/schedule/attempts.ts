import type { Logger } from 'pino';
import { serversAtOnce } from './delays.js';
import { Slots } from './slots.js';

/**
 * Work for servers: one thing at a time for each, and a few servers at once. What is asked for while a server's work
 * is under way is done once more after it.
 */
export class Attempts {
  readonly #slots: Slots;
  readonly #work: (guildId: string) => Promise<void>;
  readonly #log: Logger;
  readonly #what: string;
  readonly #underWay = new Map<string, { again: boolean; readonly done: Promise<void> }>();

  /** @param what the work is about, for the log: `daily question` */
  constructor(what: string, work: (guildId: string) => Promise<void>, log: Logger) {
    this.#what = what;
    this.#slots = new Slots(serversAtOnce);
    this.#work = work;
    this.#log = log;
  }

  start(guildId: string): void {
    const underWay = this.#underWay.get(guildId);
    if (underWay) {
      underWay.again = true;
      return;
    }
    const attempt = { again: false, done: this.#slots.run(() => this.#attempt(guildId)) };
    this.#underWay.set(guildId, attempt);
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all([...this.#underWay.values()].map(({ done }) => done));
  }

  async #attempt(guildId: string): Promise<void> {
    try {
      do {
        const attempt = this.#underWay.get(guildId);
        if (attempt) attempt.again = false;
        await this.#work(guildId);
      } while (this.#underWay.get(guildId)?.again);
    } catch (error) {
      this.#log.error({ err: error, guildId }, `The ${this.#what} of a server could not be looked after`);
    } finally {
      this.#underWay.delete(guildId);
    }
  }
}
