import type { Logger } from 'pino';
import { Backoff } from '../time/backoff.js';
import type { Clock } from '../time/clock.js';
import { secondMs } from '../time/spans.js';

/** Ids in one read of the store. */
const chunk = 500;
/** Reads under way at once where each server is read alone. */
const aloneAtOnce = 50;
const usualDelaysMs = [3, 10, 30, 60, 300].map((seconds) => seconds * secondMs);
const retries = 'retries';

export interface ServerReadsParts<T> {
  readonly clock: Clock;
  readonly log: Logger;
  /** What is read, for the log: `daily questions`. */
  readonly what: string;
  /** Waits before what failed is read again, the last one ever after; absent: from three seconds to five minutes. */
  readonly delaysMs?: readonly number[];
  /** Those of these servers that have something, by id. Rejects when one of them cannot be read. */
  read(guildIds: readonly string[]): Promise<ReadonlyMap<string, T>>;
  /** Takes up what a server had running; where that fails, it is read again. */
  found(guildId: string, value: T): Promise<void> | void;
}

/**
 * Reads what servers have running. Each server stands alone: one whose records cannot be read, or not be taken up,
 * holds up no other, and is read again until it works.
 */
export class ServerReads<T> {
  readonly #parts: ServerReadsParts<T>;
  readonly #unread = new Set<string>();
  readonly #retries: Backoff;
  #reading: Promise<void> = Promise.resolve();

  constructor(parts: ServerReadsParts<T>) {
    this.#parts = parts;
    this.#retries = new Backoff(parts.clock, parts.delaysMs ?? usualDelaysMs);
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
    const values = await this.#parts.read(guildIds).catch(() => undefined);
    if (values) await this.#found(guildIds, values);
    // Whose record it is shows when each is read alone; what fails there is told.
    else
      for (let start = 0; start < guildIds.length; start += aloneAtOnce)
        await Promise.all(guildIds.slice(start, start + aloneAtOnce).map((id) => this.#takeOne(id)));
  }

  async #takeOne(guildId: string): Promise<void> {
    try {
      await this.#found([guildId], await this.#parts.read([guildId]));
    } catch (error) {
      this.#failed(guildId, error);
    }
  }

  async #found(guildIds: readonly string[], values: ReadonlyMap<string, T>): Promise<void> {
    for (const id of guildIds) if (!values.has(id)) this.#unread.delete(id);
    await Promise.all([...values].map(([id, value]) => this.#takeUp(id, value)));
  }

  async #takeUp(guildId: string, value: T): Promise<void> {
    try {
      await this.#parts.found(guildId, value);
      this.#unread.delete(guildId);
    } catch (error) {
      this.#failed(guildId, error);
    }
  }

  #failed(guildId: string, error: unknown): void {
    const { log, what } = this.#parts;
    const isNews = !this.#unread.has(guildId);
    this.#unread.add(guildId);
    if (isNews) log.error({ err: error, guildId }, `The ${what} of a server could not be read, trying again`);
  }
}
