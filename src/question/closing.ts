import type { Logger } from 'pino';
import { editFailure } from '../discord/api-errors.js';
import type { CoalescedEdits } from '../discord/edits.js';
import type { Messenger, Outgoing } from '../discord/outgoing.js';
import type { SentMessages } from '../discord/sent.js';
import { StoreError } from '../store/store.js';
import { Backoff } from '../time/backoff.js';
import type { Clock, Timer } from '../time/clock.js';
import { hourMs, secondMs } from '../time/spans.js';
import type { CardBook } from './card-book.js';
import type { PracticeCard } from './records.js';
import { isPastShowing, revealItselfMs } from './rules.js';

export interface ClosingParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly messenger: Messenger;
  readonly sent: SentMessages;
  readonly edits: CoalescedEdits;
  readonly book: CardBook;
  /** The card as it is to be shown; undefined where there is none. */
  readonly render: (id: string) => Promise<Outgoing | undefined>;
  /** What stands in a custom id of the card's message and in no other message. */
  readonly mark: (id: string) => string;
}

/** Discord may be away for seconds or for hours. */
const delaysMs = [3, 10, 30, 60, 300, 900, 3_600].map((seconds) => seconds * secondMs);
const storeRetryMs = 3 * secondMs;

interface Watched {
  readonly guildId: string | undefined;
  readonly timer: Timer;
}

/**
 * Sees to it that every public card shows its answer in the end: a day after it was asked, and when somebody has
 * revealed it and the edit did not work. What is due stands in the records, so it is made up for after a restart.
 */
export class Closing {
  readonly #parts: ClosingParts;
  readonly #watched = new Map<string, Watched>();
  readonly #retries: Backoff;
  readonly #underWay = new Map<string, Promise<void>>();
  #stopped = false;

  constructor(parts: ClosingParts) {
    this.#parts = parts;
    this.#retries = new Backoff(parts.clock, delaysMs);
  }

  /** @param askedAt as the list of open cards has it: 0 where the answer is to be shown now */
  watch(id: string, guildId: string | undefined, askedAt: number): void {
    if (this.#stopped || this.#watched.has(id)) return;
    const timer = this.#parts.clock.at(askedAt + revealItselfMs, () => this.due(id));
    this.#watched.set(id, { guildId, timer });
  }

  /** The card needs nobody any more, or its server is gone. */
  unwatch(id: string): void {
    this.#watched.get(id)?.timer.cancel();
    this.#watched.delete(id);
    this.#retries.clear(id);
  }

  serverGone(guildId: string): void {
    for (const [id, watched] of this.#watched) if (watched.guildId === guildId) this.unwatch(id);
  }

  /** Reveals a card, if nobody has, and shows its answer; again and again until that has worked. */
  due(id: string): void {
    if (this.#stopped || this.#underWay.has(id)) return;
    const closing = this.#close(id)
      .catch((error: unknown) => this.#failed(id, error))
      .finally(() => this.#underWay.delete(id));
    this.#underWay.set(id, closing);
  }

  /** The message shows the answer. Never rejects: what was not stored is made up for. */
  async shown(id: string): Promise<void> {
    try {
      await this.#parts.book.step(id, { kind: 'shown' });
      this.unwatch(id);
    } catch (error) {
      this.#failed(id, error);
    }
  }

  /** Resolves when no card is being closed; timers do not count. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#retries.stop();
    for (const { timer } of this.#watched.values()) timer.cancel();
    this.#watched.clear();
    await this.idle();
  }

  async #close(id: string): Promise<void> {
    const { book, clock } = this.#parts;
    const step = await book.step(id, { kind: 'revealed', by: undefined, atMs: clock.now() });
    if (!step?.card.toShow) return this.unwatch(id);
    if (await this.#show(id, step.card)) await this.shown(id);
  }

  /** @returns whether nothing is left to do */
  async #show(id: string, card: PracticeCard): Promise<boolean> {
    const message = await this.#parts.render(id);
    if (!message) return true;
    try {
      const messageId = card.messageId ?? (await this.#find(id, card));
      if (messageId === 'absent') return true;
      if (messageId === 'unknown') return this.#waitForPress(id, card);
      await this.#parts.edits.settle(messageId);
      const waitMs = this.#parts.edits.waitFor(card.channelId, messageId);
      if (waitMs > 0) {
        this.#retries.failed(id, () => this.due(id), waitMs);
        return false;
      }
      await this.#parts.messenger.edit(card.channelId, messageId, message);
      return true;
    } catch (error) {
      return this.#refused(id, card, error);
    }
  }

  /** Where a card is whose message's id was lost. */
  async #find(id: string, { channelId, askedAt }: PracticeCard): Promise<string | 'absent' | 'unknown'> {
    const where = await this.#parts.sent.find(channelId, this.#parts.mark(id), askedAt);
    return typeof where === 'object' ? where.messageId : where;
  }

  /** Where the history cannot be read, a press tells where the card is. @returns whether nothing is left to do */
  #waitForPress(id: string, card: PracticeCard): boolean {
    if (isPastShowing(card, this.#parts.clock.now())) return true;
    this.#retries.failed(id, () => this.due(id), hourMs);
    return false;
  }

  /** @returns whether nothing is left to do */
  #refused(id: string, card: PracticeCard, error: unknown): boolean {
    const { log, clock } = this.#parts;
    const failure = editFailure(error);
    if (failure === 'gone' || isPastShowing(card, clock.now())) return true;
    if (failure === 'ours') {
      log.error({ err: error, card: id }, 'A card could not be made to show its answer');
      return false;
    }
    const delayMs = failure === 'barred' ? hourMs : undefined;
    const { retryAtMs } = this.#retries.failed(id, () => this.due(id), delayMs);
    log.warn({ err: error, card: id, retryAtMs }, 'A card could not show its answer yet, trying again');
    return false;
  }

  #failed(id: string, error: unknown): void {
    const again = error instanceof StoreError;
    this.#parts.log.error({ err: error, card: id }, 'A card could not be closed');
    if (again && !this.#stopped) this.#retries.failed(id, () => this.due(id), storeRetryMs);
  }
}
