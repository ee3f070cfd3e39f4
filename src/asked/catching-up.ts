import type { Logger } from 'pino';
import { z } from 'zod';
import { memberKey } from '../people/scope.js';
import { DoneOnce } from '../store/done-once.js';
import type { Memory } from '../store/held.js';
import { recordType } from '../store/store.js';
import { Backoff } from '../time/backoff.js';
import type { Clock } from '../time/clock.js';
import { secondMs } from '../time/spans.js';
import { learnPast } from './learning.js';
import type { OutcomeTaker } from './outcomes.js';
import type { PastAskings } from './past.js';
import { CatchingUpProgress } from './progress.js';
import type { AskedIndex } from './service.js';

/** A scope all of whose answers are learned from, and when that was. */
const caughtUpRecord = recordType('caught-up', z.object({ at: z.int() }));

const retryDelaysMs = [3, 30, 300].map((seconds) => seconds * secondMs);

export interface CatchingUpParts {
  readonly memory: Memory;
  readonly clock: Clock;
  readonly log: Logger;
  readonly asked: AskedIndex;
  /** All that learn from answers, in their order. */
  readonly takers: readonly OutcomeTaker[];
  /** All that have put questions to people. */
  readonly sources: () => readonly PastAskings[];
}

/**
 * Learns from the answers that were there before the index of what was asked: a server after the other, in the order
 * in which they were given, while everything runs. What is learned is in the index in the same change, so it goes on
 * where it was after a kill, and answers that are told of meanwhile are not learned twice.
 */
export class CatchingUp {
  readonly name = 'catching-up';
  readonly #parts: CatchingUpParts;
  readonly #done: DoneOnce<{ at: number }>;
  readonly #retries: Backoff;
  readonly #progress: CatchingUpProgress;
  readonly #waiting = new Set<string>();
  /** Scopes, and members of scopes, that were forgotten while something of theirs may have been read. */
  readonly #gone = new Set<string>();
  #working: Promise<void> | undefined;
  #stopped = false;

  constructor(parts: CatchingUpParts) {
    this.#parts = parts;
    this.#done = new DoneOnce(parts.memory, caughtUpRecord, () => ({ at: parts.clock.now() }));
    this.#retries = new Backoff(parts.clock, retryDelaysMs);
    this.#progress = new CatchingUpProgress(parts);
  }

  /**
   * Looks which of these servers are not done, and sees to them in the background. Those without a past are done at
   * once: most servers, on the first start that catches up.
   */
  async serversReady(guildIds: readonly string[]): Promise<void> {
    const looks = this.#parts
      .sources()
      .filter(({ pastAskings }) => pastAskings !== undefined)
      .map((source) => source.scopesWithPast?.bind(source));
    for await (const withPast of this.#done.left(guildIds, looks))
      for (const id of withPast) this.#waiting.add(id);
    this.#work();
  }

  serverGone(guildId: string): void {
    this.#waiting.delete(guildId);
    this.#retries.clear(guildId);
  }

  /** Resolves when a scope is done; for direct messages, which nobody lists. */
  async ensure(scope: string): Promise<void> {
    if (!(await this.#done.isDone(scope))) await this.#catchUp(scope);
  }

  async idle(): Promise<void> {
    await this.#working;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#retries.stop();
    await this.idle();
  }

  async forgetScope(scope: string): Promise<void> {
    this.#gone.add(scope);
    await this.#done.forget(scope);
  }

  /** From here on, nothing is learned of a member that was read before. */
  async forgetMember(scope: string, member: string): Promise<void> {
    this.#gone.add(memberKey(scope, member));
  }

  #work(): void {
    if (this.#stopped || this.#working || this.#waiting.size === 0) return;
    this.#working = this.#workThrough().finally(() => {
      this.#working = undefined;
      this.#work();
    });
  }

  /** Ends: each turn takes one away. Never rejects. */
  async #workThrough(): Promise<void> {
    const { log } = this.#parts;
    for (const scope of this.#waiting) {
      this.#waiting.delete(scope);
      if (this.#stopped) return;
      try {
        await this.#catchUp(scope);
        this.#retries.clear(scope);
      } catch (err) {
        log.error(
          { err, guildId: scope },
          'Earlier answers of a server could not be learned from, trying again',
        );
        this.#retries.failed(scope, () => {
          this.#waiting.add(scope);
          this.#work();
        });
      }
      this.#progress.finished(this.#waiting.size);
    }
  }

  async #catchUp(scope: string): Promise<void> {
    const { log } = this.#parts;
    const learned = await learnPast(this.#parts, scope, {
      isOver: () => this.#stopped || this.#gone.has(scope),
      isGone: (member) => this.#gone.has(memberKey(scope, member)),
      progress: (done, of) => this.#progress.within(scope, done, of),
    });
    if (learned === undefined) return;
    await this.#done.mark(scope);
    if (learned > 0)
      log.info({ guildId: scope, askings: learned }, 'Earlier answers of a server are learned from');
  }
}
