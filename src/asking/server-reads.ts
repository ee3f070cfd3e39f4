import type { Logger } from 'pino';
import { Backoff } from '../time/backoff.js';
import type { Clock } from '../time/clock.js';
import { secondMs } from '../time/spans.js';

/** Ids in one read of the store. */
const chunk = 500;
/** Reads under way at once where each server is read alone. */
const aloneAtOnce = 50;
const delaysMs = [3, 10, 30, 60, 300].map((seconds) => seconds * secondMs);
const retries = 'retries';

export interface ServerReadsParts<T> {
  readonly clock: Clock;
  readonly log: Logger;
  /** What is read, for the log: `daily questions`. */
  readonly what: string;
  /** Those of these servers that have something, by id. Rejects when one of them cannot be read. */
  read(guildIds: readonly string[]): Promise<ReadonlyMap<string, T>>;
  /** Takes up what a server had running. Must not throw. */
  found(guildId: string, value: T): void;
}

/**
 * Reads what servers have running. Each server's read stands alone: one that fails holds up no other, and is
 * repeated until it works.
 */
export class ServerReads<T> {
  readonly #parts: ServerReadsParts<T>;
  readonly #unread = new Set<string>();
  readonly #retries: Backoff;
  #reading: Promise<void> = Promise.resolve();

  constructor(parts: ServerReadsParts<T>) {
    this.#parts = parts;
    this.#retries = new Backoff(parts.clock, delaysMs);
  }

  /** Servers whose records could not be read so far. */
  get unread(): number {
    return this.#unread.size;
  }

  /** Never rejects. Resolves when all were tried once. */
  async take(guildIds: readonly string[]): Promise<void> {
    for (let start = 0; start < guildIds.length; start += chunk)
      await this.#takeSome(guildIds.slice(start, start + chunk));
    if (this.#unread.size === 0) this.#retries.clear(retries);
    else this.#retries.failed(retries, () => this.#again());
  }

  /** The server is gone: it is not read any more. */
  forget(guildId: string): void {
    this.#unread.delete(guildId);
  }

  stop(): void {
    this.#retries.stop();
  }

  /** Resolves when no repeated read is under way. */
  idle(): Promise<void> {
    return this.#reading;
  }

  #again(): void {
    this.#reading = this.take([...this.#unread]);
  }

  async #takeSome(guildIds: readonly string[]): Promise<void> {
    try {
      this.#found(guildIds, await this.#parts.read(guildIds));
    } catch {
      // Whose record it is shows when each is read alone; what fails there is told.
      for (let start = 0; start < guildIds.length; start += aloneAtOnce)
        await Promise.all(guildIds.slice(start, start + aloneAtOnce).map((id) => this.#takeOne(id)));
    }
  }

  async #takeOne(guildId: string): Promise<void> {
    try {
      this.#found([guildId], await this.#parts.read([guildId]));
    } catch (error) {
      const { log, what } = this.#parts;
      const isNews = !this.#unread.has(guildId);
      this.#unread.add(guildId);
      if (isNews)
        log.error({ err: error, guildId }, `The ${what} of a server could not be read, trying again`);
    }
  }

  #found(guildIds: readonly string[], values: ReadonlyMap<string, T>): void {
    for (const id of guildIds) this.#unread.delete(id);
    for (const [id, value] of values) this.#parts.found(id, value);
  }
}
