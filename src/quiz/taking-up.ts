import type { Logger } from 'pino';
import type { Clock, Timer } from '../time/clock.js';
import type { UnderWay } from '../time/under-way.js';
import type { QuizStorage } from './storage.js';

/** Waits before what could not be read is read again. */
const retryMs = 3_000;

interface TakingUpParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly storage: QuizStorage;
  readonly underWay: UnderWay;
  /** Takes up a quiz, unless somebody has. */
  take(id: string): Promise<unknown>;
}

/** Finds what servers had running. Each server's records stand alone: one that cannot be read silences no other. */
export class TakingUp {
  readonly #parts: TakingUpParts;
  readonly #retries = new Map<string, Timer>();
  /** Reads under way of what could not be read before. */
  #rereading = 0;
  #isStopped = false;

  constructor(parts: TakingUpParts) {
    this.#parts = parts;
  }

  /** Servers of which something could not be read so far. */
  get unread(): number {
    return this.#retries.size + this.#rereading;
  }

  /** Resolves when every server was tried once. Never rejects. */
  async servers(guildIds: readonly string[]): Promise<void> {
    const { storage } = this.#parts;
    // Most servers have none: one look at all of them, and at each alone only where that fails.
    const running = await storage.running.present(guildIds).catch(() => undefined);
    await Promise.all(guildIds.map((id) => (running ? this.#take(id, running.get(id)) : this.#server(id))));
  }

  gone(guildId: string): void {
    this.#retries.get(guildId)?.cancel();
    this.#retries.delete(guildId);
  }

  stop(): void {
    this.#isStopped = true;
    for (const timer of this.#retries.values()) timer.cancel();
  }

  async #server(guildId: string): Promise<void> {
    try {
      await this.#take(guildId, await this.#parts.storage.running.get(guildId));
    } catch (error) {
      this.#again(guildId, error);
    }
  }

  async #take(guildId: string, ids: readonly string[] = []): Promise<void> {
    const taken = await Promise.allSettled(ids.map((id) => this.#parts.take(id)));
    const failed = taken.find((one) => one.status === 'rejected');
    if (failed) this.#again(guildId, failed.reason);
  }

  #again(guildId: string, error: unknown): void {
    const { clock, log } = this.#parts;
    if (this.#isStopped) return;
    log.error({ err: error, guildId }, 'Running quizzes of a server could not be read, trying again');
    this.gone(guildId);
    const timer = clock.at(clock.now() + retryMs, () => {
      this.#retries.delete(guildId);
      this.#rereading += 1;
      void this.#parts.underWay.add(this.#server(guildId).finally(() => (this.#rereading -= 1)));
    });
    this.#retries.set(guildId, timer);
  }
}
