import type { Logger } from 'pino';
import type { Clock, Timer } from '../time/clock.js';
import { isMessageGone, isUnreachable } from './api-errors.js';
import type { Outbox } from './budget/outbox.js';
import { UnsureError } from './budget/sure.js';
import type { Turn } from './budget/urgency.js';
import { EditBudget } from './edit-budget.js';
import type { Messenger, Outgoing } from './outgoing.js';
import type { Posted } from './sent.js';
import { isStale, type Render } from './stale.js';

/** Discord lets a channel's messages be edited about five times in five seconds; a counter takes a part of it. */
const editEveryMs = 1_500;

/** When the bot has much else to say, a counter waits and is looked at again after this time. */
const yieldMs = 250;

export interface EditParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly messenger: Pick<Messenger, 'edit'>;
  /** Gives counters a turn when nothing else wants it; absent: always. */
  readonly outbox?: Pick<Outbox, 'turnNow'>;
}

interface Pending {
  timer: Timer;
  readonly channelId: string;
  render: Render;
}

/**
 * Keeps a message that changes often (a counter) up to date with few edits: the first change is shown after
 * a moment, all further ones of that moment with it.
 */
export class CoalescedEdits {
  readonly #pending = new Map<string, Pending>();
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #comparing = new Set<Promise<unknown>>();
  readonly #budget: EditBudget;
  readonly #parts: EditParts;

  constructor(parts: EditParts) {
    this.#parts = parts;
    this.#budget = new EditBudget(parts.clock);
  }

  /** For an edit that is made at once and must come: 0, or how many milliseconds to wait before asking again. */
  waitFor(channelId: string, messageId: string): number {
    return this.#budget.take(channelId, messageId);
  }

  /** Shows `render()` within {@link editEveryMs}. It is called when the edit is made, so it gives the last state. */
  soon(channelId: string, messageId: string, render: Render): void {
    const pending = this.#pending.get(messageId);
    if (pending) {
      pending.render = render;
      return;
    }
    this.#pending.set(messageId, {
      timer: this.#later(channelId, messageId, editEveryMs),
      channelId,
      render,
    });
  }

  /**
   * A message whose id was not known until now: what has changed since it was sent is shown like any other change.
   * @param sent as it was sent; what one that stood already shows is not known
   */
  caughtUp(channelId: string, { messageId, isFound }: Posted, sent: Outgoing, render: Render): void {
    const wanting = isFound ? Promise.resolve(true) : isStale(sent, render, this.#parts.log);
    const comparing = wanting
      .then((wants) => wants && this.soon(channelId, messageId, render))
      .finally(() => this.#comparing.delete(comparing));
    this.#comparing.add(comparing);
  }

  /** True while a change is to be shown anyway; one more of the same need not be announced. */
  isComing(messageId: string): boolean {
    return this.#pending.has(messageId);
  }

  /** Drops the edit that waits, and waits for one under way: what is sent after this is the last word. */
  async settle(messageId: string): Promise<void> {
    this.#pending.get(messageId)?.timer.cancel();
    this.#pending.delete(messageId);
    await this.#underWay.get(messageId);
  }

  /** Makes all edits that wait at once, for the end of the process. */
  async flush(): Promise<void> {
    await Promise.all(this.#comparing);
    for (const [messageId, pending] of this.#pending) {
      pending.timer.cancel();
      this.#run(messageId);
    }
    await this.idle();
  }

  /** Waits for edits under way. */
  async idle(): Promise<void> {
    await Promise.all([...this.#underWay.values(), ...this.#comparing]);
  }

  #later(channelId: string, messageId: string, delayMs: number): Timer {
    const { clock } = this.#parts;
    return clock.at(clock.now() + delayMs, () => {
      const pending = this.#pending.get(messageId);
      if (!pending) return;
      const { outbox } = this.#parts;
      const turn = outbox?.turnNow('counter');
      const waitMs = outbox && !turn ? yieldMs : this.#budget.take(channelId, messageId, { counter: true });
      if (waitMs === 0) return this.#run(messageId, turn);
      turn?.giveBack();
      pending.timer = this.#later(channelId, messageId, waitMs);
    });
  }

  #run(messageId: string, turn?: Turn): void {
    const pending = this.#pending.get(messageId);
    if (!pending) {
      turn?.giveBack();
      return;
    }
    this.#pending.delete(messageId);
    const edit = this.#edit(messageId, pending, turn).finally(() => {
      if (this.#underWay.get(messageId) === edit) this.#underWay.delete(messageId);
    });
    this.#underWay.set(messageId, edit);
  }

  async #edit(messageId: string, { channelId, render }: Pending, turn?: Turn): Promise<void> {
    await this.#underWay.get(messageId);
    try {
      const message = await render();
      if (!message) return;
      await this.#parts.messenger.edit(channelId, messageId, message, turn);
    } catch (error) {
      // A counter that cannot be shown costs nobody an answer; whoever owns the message finds out on its next step.
      const isMeant = isMessageGone(error) || isUnreachable(error) || error instanceof UnsureError;
      const level = isMeant ? 'debug' : 'warn';
      this.#parts.log[level]({ err: error, channelId, messageId }, 'A counter could not be updated');
    } finally {
      turn?.giveBack();
    }
  }
}
