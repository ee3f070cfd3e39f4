import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { codeOf, faultChain, networkCodes, statusOf } from './fault-chain.js';

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

/** Whether the day's allowance of logins is used up, which discord.js says in words only. */
export const isOutOfLogins = (error: unknown): boolean =>
  faultChain(error).some(({ message }) => /^Not enough sessions remaining/.test(message));

/** Whether Discord may do later what it does not do now: it is away, or the bot has no logins left for today. */
function mayPass(error: unknown): boolean {
  if (isOutOfLogins(error)) return true;
  return faultChain(error).some((link) => {
    const isNetworks = networkCodes.has(codeOf(link) ?? '') || /^(Abort|Timeout)Error$/.test(link.name);
    return isNetworks || (statusOf(link) ?? 0) >= 500;
  });
}

/** The bot was stopped while it waited. */
export class LeftWaitingError extends Error {
  override readonly name = 'LeftWaitingError';
}

/** Waits for Discord while it cannot be reached: a bot that starts during an outage starts when that is over. */
export class Reaching {
  readonly #log: Logger;
  readonly #stopped = new AbortController();
  #awaySinceMs: number | undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Whether the last try failed. */
  get isAway(): boolean {
    return this.#awaySinceMs !== undefined;
  }

  /** Ends all waiting. */
  stop(): void {
    this.#stopped.abort();
  }

  /**
   * Tries until it works, at last every half minute.
   * @throws LeftWaitingError when it is stopped; what `ask` throws when waiting does not help, e.g. for a wrong token
   */
  async until<T>(ask: () => Promise<T>): Promise<T> {
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        const answer = await ask();
        this.#reached();
        return answer;
      } catch (error) {
        this.#leave();
        if (!mayPass(error)) throw error;
        this.#away(error, pauseMs);
      }
      const { signal } = this.#stopped;
      await delay(pauseMs, undefined, { signal }).catch(() => this.#leave());
    }
  }

  #leave(): void {
    if (this.#stopped.signal.aborted) throw new LeftWaitingError('Stopped while waiting for Discord');
  }

  #away(error: unknown, pauseMs: number): void {
    const [level, words] = this.isAway
      ? (['debug', 'Discord still cannot be reached'] as const)
      : ([
          'warn',
          'Discord cannot be reached, or lets nobody in; the bot waits, and starts when it can',
        ] as const);
    this.#awaySinceMs ??= performance.now();
    this.#log[level]({ err: error, pauseMs }, words);
  }

  #reached(): void {
    if (this.#awaySinceMs === undefined) return;
    const awayMs = Math.round(performance.now() - this.#awaySinceMs);
    this.#awaySinceMs = undefined;
    this.#log.info({ awayMs }, 'Discord is reached');
  }
}
