import type { PastAsking } from '../asked/past.js';
import type { ClassmateHelp } from '../asking/peek.js';
import type { Route } from '../discord/route.js';
import type { Keeper } from '../people/keeper.js';

/**
 * One thing that the bot can do, in a folder of its own; listed once, in the composition root. A scope is a
 * server's id, or `dm-<user>` for what a member did in direct messages with the bot.
 */
export interface Feature extends Keeper {
  /** First part of its custom ids, and its name in logs and metrics. */
  readonly name: string;
  /** Its buttons, selects and forms by action. */
  readonly routes?: Readonly<Record<string, Route>>;
  /** Starts what runs by itself. Called once, when Discord is connected. */
  start?(): void;
  /** Starts nothing any more, and resolves when nothing is under way. Everything is on the disk by then. */
  stop?(): Promise<void>;
  /** Resolves when nothing is on its way to Discord or the disk; timers that wait do not count. */
  idle?(): Promise<void>;
  /** Takes up what servers had running when they become available. Again for the same server does no harm. */
  serversReady?(guildIds: readonly string[]): Promise<void>;
  /** The same for direct messages; for the process that gets those. */
  directReady?(): Promise<void>;
  /** False while something that it needs cannot be read, and is tried again. */
  healthy?(): boolean;
  /** The server is not reachable any more; what it had running rests on the disk. */
  serverGone?(guildId: string): void;
  /** Every asking of a scope whose result is out, whether or not what learns from answers was told of it. */
  pastAskings?(scope: string): AsyncGenerator<PastAsking>;
  /** Those of many scopes in which there may be such askings; absent: in each of them. */
  scopesWithPast?(scopes: readonly string[]): Promise<readonly string[]>;
  /**
   * Whether one of its buttons is the right one; undefined when that is not known. For the sandbox's classmates, in
   * this process alone: what it tells must not reach a client.
   */
  isRight?(customId: string): Promise<boolean | undefined>;
  /** The same for what can be written or ticked by one of its buttons. */
  helpFor?(customId: string): Promise<ClassmateHelp | undefined>;
}
