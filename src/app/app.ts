import type { Logger } from 'pino';
import type { Bank } from '../bank/bank.js';
import type { Outbox } from '../discord/budget/outbox.js';
import type { WaitForIdentify } from '../discord/client.js';
import type { registerCommands } from '../discord/register.js';
import type { Memory } from '../store/held.js';
import type { openStore } from '../store/open.js';
import type { Clock } from '../time/clock.js';
import type { Config } from './config.js';
import type { ForClassmates } from './for-classmates.js';
import type { Metrics } from './metrics.js';

export interface App extends ForClassmates {
  /** Logs in; resolves when the bot is connected and takes interactions. */
  start(): Promise<void>;
  /**
   * Stops taking interactions, writes what waits, and closes everything. Running games are kept. A message that Discord
   * does not take within `patienceMs`, or else {@link AppParts.patienceMs}, is given up: what is to be shown stands in the records.
   */
  stop(patienceMs?: number): Promise<void>;
  /** Resolves when nothing is on its way to Discord; timers that wait do not count. */
  idle(): Promise<void>;
  /** What lies in memory, for holding it against the disk. */
  readonly memory: Memory;
  /** Reads the question bank again; see {@link BankReload.run}. */
  reloadBank(load: () => Promise<Bank>): Promise<void>;
  /** The JSON Schema of what `/privacy export` gives. */
  exportSchema(): object;
  /** Whether Discord is connected, and what servers had running is taken up. */
  health(): { readonly gateway: boolean; readonly servers: boolean };
  /** For the sandbox: the body of a message that shows a question with its answer, for whoever works on it. */
  preview(questionId: string): object | undefined;
}

export interface AppParts {
  readonly config: Config;
  /** The machine's; the bot goes by Discord's time, which it measures against this one. */
  readonly clock: Clock;
  readonly log: Logger;
  /** How long stopping waits for what is on its way to Discord; absent: two and a half seconds. */
  readonly patienceMs?: number;
  /** Told when Discord closes the connection for good while the bot runs, with its close code. */
  refused(code: number): void;
  /** May still be loading: the store opens meanwhile. */
  readonly bank: Promise<Bank>;
  /** Opens what the configuration names, unless something else is given. */
  readonly open?: typeof openStore;
  /**
   * Whether the right to write is there beyond doubt; absent: always. A process that was frozen may have lost it without
   * knowing yet, and what it remembers must not be shown over what its successor has.
   */
  readonly isSure?: () => boolean;
  /** Told once when Discord stays lost for ten minutes: a new start may find the way. */
  readonly lost?: () => void;
  /** For one part of a process that runs several: what they share, the health page among it. */
  readonly shared?: SharedParts;
}

export interface SharedParts {
  readonly metrics: Metrics;
  readonly outbox: Outbox;
  readonly waitForIdentify: WaitForIdentify;
  /** Told once for all of them. */
  readonly register: typeof registerCommands;
}
