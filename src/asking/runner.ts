import type { Logger } from 'pino';
import { isPassing, isUnreachable, reasonOf } from '../discord/api-errors.js';
import { StoreError } from '../store/store.js';
import type { Clock, Timer } from '../time/clock.js';
import { minuteMs } from '../time/spans.js';
import type { UnderWay } from '../time/under-way.js';

/** After the disk failed, a step is tried again after this long. */
const storageRetryMs = 3_000;
/** Waits while Discord is away; discord.js has tried three times itself before each. The last one repeats. */
const discordRetriesMs = [2_000, 5_000, 15_000, 30_000, 60_000];
/** What our own fault keeps from ending is tried again at this pace. */
const faultRetryMs = minuteMs;
/** Work that changes nothing comes again: so often at the most. */
const mostChangeless = 3;
/** Endings that fail at once; later ones wait. */
const mostFaults = 3;

/** What the passing of time will do next. */
export interface RunnerDue<E> {
  readonly at: number;
  readonly event: E;
}

/** What was done in Discord. */
export interface Performed<E> {
  /** For the rules. */
  readonly event: E;
  /** Called when they have taken it and that is stored. */
  readonly stored?: () => void;
}

export interface RunnerWork<E, T> {
  /** What is run, at the beginning of log lines: `A quiz`. */
  readonly what: string;
  readonly which: Readonly<Record<string, string>>;
  /** What has to be shown next, by the record. */
  next(): Promise<T | undefined>;
  /** Shows it. */
  perform(task: T): Promise<Performed<E>>;
  /** Lets an event happen; resolves when it is stored. `over`: it has ended, and wants to hear of nothing any more. */
  change(event: E): Promise<'done' | 'nothing' | 'over'>;
  /** Ends it without a word. */
  readonly finished: E;
  /** The channel is gone or closed to the bot, with Discord's words for why; or something of ours is broken. */
  broken(reason: string | undefined): E;
}

/**
 * Obeys one running thing: sets its one timer, and shows whatever its record says is to be shown, one after another.
 * It decides nothing and keeps nothing that the record does not say.
 */
export class Runner<E, T> {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #underWay: UnderWay;
  readonly #work: RunnerWork<E, T>;
  #timer: Timer | undefined;
  #retry: Timer | undefined;
  readonly #later = new Set<Timer>();
  /** What has happened in Discord and is not stored yet; it must not be done again. */
  #owed: Performed<E> | undefined;
  #order = 0;
  #failures = 0;
  /** Things shown in a row of which the rules wanted to know nothing. */
  #changeless = 0;
  #faults = 0;
  #isAwake = false;
  #working: Promise<void> | undefined;
  #isAsked = false;
  #isDisposed = false;

  constructor(
    parts: { readonly clock: Clock; readonly log: Logger; readonly underWay: UnderWay },
    work: RunnerWork<E, T>,
  ) {
    this.#clock = parts.clock;
    this.#log = parts.log;
    this.#underWay = parts.underWay;
    this.#work = work;
  }

  /**
   * From here on it shows what is to be shown.
   * @param done what has happened in Discord already; it is stored before anything else is shown
   */
  wake(done?: Performed<E>): void {
    this.#isAwake = true;
    this.#owed ??= done;
    this.#go();
  }

  /** Ends its timers; what is stored stays, for the next start. */
  dispose(): void {
    this.#isDisposed = true;
    for (const timer of [this.#timer, this.#retry, ...this.#later]) timer?.cancel();
  }

  /** Resolves when nothing of it is on its way to Discord. */
  async settled(): Promise<void> {
    await this.#working;
  }

  /**
   * Obeys a step that has been stored.
   * @param order of the step among all steps of this process: an older one says nothing of what is next
   */
  follow(due: RunnerDue<E> | undefined, order: number): void {
    if (this.#isDisposed || order < this.#order) return;
    this.#order = order;
    this.#timer?.cancel();
    this.#timer = due && this.#clock.at(due.at, () => this.happen(due.event));
    if (!this.#retry) this.#go();
  }

  /** Lets an event happen whatever the disk says: it is tried again until it is stored. */
  happen(event: E): void {
    if (!this.#isDisposed) void this.#underWay.add(this.#try(event));
  }

  /** Lets an event happen after a while, unless all this ends before: a restart does not make up for it. */
  happenIn(ms: number, event: E): void {
    const timer = this.#clock.at(this.#clock.now() + ms, () => {
      this.#later.delete(timer);
      this.happen(event);
    });
    this.#later.add(timer);
  }

  async #try(event: E): Promise<void> {
    try {
      await this.#work.change(event);
    } catch (error) {
      if (this.#isDisposed) return;
      if (!(error instanceof StoreError)) return this.#giveUp(error);
      this.#log.error(
        { err: error, ...this.#work.which },
        `A step could not be stored, trying again: ${this.#work.what}`,
      );
      this.happenIn(storageRetryMs, event);
    }
  }

  #go(): void {
    this.#isAsked = true;
    if (this.#working || this.#isDisposed || !this.#isAwake) return;
    this.#working = this.#workOff();
    void this.#underWay.add(this.#working);
  }

  /** Ends when nothing is left to show, or with a timer that takes it up again. */
  async #workOff(): Promise<void> {
    try {
      while (this.#isAsked && !this.#isDisposed) {
        this.#isAsked = false;
        if (await this.#next()) this.#isAsked = true;
        this.#failures = 0;
      }
    } catch (error) {
      if (!this.#isDisposed) this.#recover(error);
    } finally {
      this.#working = undefined;
    }
    if (this.#isAsked && !this.#retry) this.#go();
  }

  /** @returns whether there was something to show */
  async #next(): Promise<boolean> {
    const { next, perform, change, finished, what } = this.#work;
    if (this.#owed === undefined) {
      const task = await next();
      if (task === undefined || this.#isDisposed) return false;
      this.#owed = await perform(task);
    }
    const { event, stored } = this.#owed;
    const outcome = await change(event);
    if (outcome === 'done') stored?.();
    this.#changeless = outcome === 'done' ? 0 : this.#changeless + 1;
    if (this.#changeless > mostChangeless)
      throw new Error(`${what} has something to show that its rules do not take`);
    // It ends in any case, if need be without a word.
    this.#owed = outcome === 'over' ? { event: finished } : undefined;
    return true;
  }

  #recover(error: unknown): void {
    const { what, which } = this.#work;
    if (error instanceof StoreError) {
      this.#log.error({ err: error, ...which }, `${what} could not take its next step, trying again`);
      this.#again(storageRetryMs);
    } else if (isPassing(error)) {
      this.#log.warn({ err: error, ...which }, `Discord did not take a message, trying again: ${what}`);
      const delayMs = discordRetriesMs[Math.min(this.#failures++, discordRetriesMs.length - 1)];
      this.#again(delayMs ?? faultRetryMs);
    } else this.#giveUp(error);
  }

  #giveUp(error: unknown): void {
    const { what, which, broken } = this.#work;
    const isGone = isUnreachable(error);
    if (isGone) this.#log.warn({ err: error, ...which }, `${what} ends: its channel cannot be used`);
    else this.#log.error({ err: error, ...which }, `${what} ends by a fault of ours`);
    this.#owed = { event: broken(isGone ? reasonOf(error) : undefined) };
    if (this.#faults++ > mostFaults) this.#again(faultRetryMs);
    else this.#go();
  }

  #again(delayMs: number): void {
    this.#retry?.cancel();
    this.#retry = this.#clock.at(this.#clock.now() + delayMs, () => {
      this.#retry = undefined;
      this.#go();
    });
  }
}
