import type { Logger } from 'pino';
import { ServerReads } from '../asking/server-reads.js';
import type { Clock } from '../time/clock.js';
import { everyMinute } from '../time/minute.js';

/** Does what the schedules of servers say. */
export interface ScheduleRunner<T> {
  /** Takes up a server's schedule, with what it had running. Must not throw. */
  arrived(guildId: string, schedule: T): void;
  /** Starts what has come due since the tick before. */
  tick(): void;
  serverGone(guildId: string): void;
  idle(): Promise<void>;
  stop(): Promise<void>;
}

export interface ScheduledParts<T> {
  readonly clock: Clock;
  readonly log: Logger;
  /** The machine's own clock; absent: the same as `clock`. */
  readonly machine?: Clock | undefined;
  readonly runner: ScheduleRunner<T>;
  /** What a server has scheduled, for the log: `daily question`. */
  readonly what: string;
  read(guildIds: readonly string[]): Promise<ReadonlyMap<string, T>>;
}

/** A feature whose work comes by the schedules of the servers that this process serves. */
export abstract class Scheduled<T> {
  readonly #parts: ScheduledParts<T>;
  readonly #reads: ServerReads<T>;
  #minutes: { stop(): void } | undefined;

  protected constructor(parts: ScheduledParts<T>) {
    this.#parts = parts;
    this.#reads = new ServerReads({
      ...parts,
      found: (guildId, schedule) => parts.runner.arrived(guildId, schedule),
    });
  }

  /** Lets every minute be looked at from now on. */
  start(): void {
    const { clock, log, machine = clock } = this.#parts;
    this.#minutes ??= everyMinute(() => this.tick(), clock, log, machine);
  }

  /** Starts nothing any more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.#minutes?.stop();
    this.#minutes = undefined;
    this.#reads.stop();
    await this.#parts.runner.stop();
    await this.#reads.idle();
  }

  /** Resolves when nothing is under way; timers of later tries do not count. */
  async idle(): Promise<void> {
    await this.#reads.idle();
    await this.#parts.runner.idle();
  }

  /** Called every minute, late or not. */
  tick(): void {
    this.#parts.runner.tick();
  }

  /** False while the schedule of some server could not be read. */
  healthy(): boolean {
    return this.#reads.unread === 0;
  }

  /**
   * Reads the schedules of servers that became available, at the start or later, and makes up for what is missing
   * today. Again for the same server does no harm.
   */
  async serversReady(guildIds: readonly string[]): Promise<void> {
    await this.#reads.take(guildIds);
  }

  /** The bot is no longer in the server; its records stay. */
  serverGone(guildId: string): void {
    this.#reads.forget(guildId);
    this.#parts.runner.serverGone(guildId);
  }
}
