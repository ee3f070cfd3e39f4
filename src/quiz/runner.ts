import type { Logger } from 'pino';
import { isPassing, isUnreachable, reasonOf } from '../discord/api-errors.js';
import { StoreError } from '../store/store.js';
import type { Clock, Timer } from '../time/clock.js';
import type { UnderWay } from '../time/under-way.js';
import { due, type QuizTask, todo } from './agenda.js';
import type { QuizEvent, QuizStep } from './events.js';
import type { Game } from './game.js';
import type { QuizStorage } from './storage.js';

/** After the disk failed, a step is tried again after this long. */
const storageRetryMs = 3_000;
/** Waits while Discord is away; discord.js has tried three times itself before each. The last one repeats. */
const discordRetriesMs = [2_000, 5_000, 15_000, 30_000, 60_000];
/** A quiz that our own fault keeps from ending is tried again at this pace. */
const faultRetryMs = 60_000;

/** Work that changes nothing comes again: so often at the most. */
const mostChangeless = 3;

export interface QuizPlace {
  readonly id: string;
  readonly guildId: string;
  readonly channelId: string;
}

/** A stored step, with its number among all steps of this process. */
export type StoredStep = QuizStep & { readonly order: number };

export interface RunnerParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly storage: QuizStorage;
  readonly underWay: UnderWay;
  /** Lets an event happen to the quiz; resolves when it is stored, and has called {@link QuizRunner.follow}. */
  change(runner: QuizRunner, event: QuizEvent): Promise<QuizStep>;
  /** Shows the channel what is to be shown. @returns what to tell the quiz when that is done */
  perform(place: QuizPlace, task: QuizTask): Promise<QuizEvent>;
  /** Tells players privately what a round brought them. */
  tell(place: QuizPlace, round: number): void;
  /** Brings a card up to date soon. */
  refresh(place: QuizPlace, game: Game, card: 'lobby' | 'round' | 'standings'): void;
}

/**
 * Obeys one running quiz: sets its one timer, and shows its channel whatever its record says is to be shown, one
 * thing after another. It decides nothing and keeps nothing that the record does not say.
 */
export class QuizRunner {
  readonly place: QuizPlace;
  readonly #parts: RunnerParts;
  #timer: Timer | undefined;
  #retry: Timer | undefined;
  readonly #retries = new Set<Timer>();
  /** What has happened in Discord and is not stored yet; it must not be done again. */
  #owed: QuizEvent | undefined;
  #order = 0;
  #failures = 0;
  /** Things shown in a row of which the rules wanted to know nothing. */
  #changeless = 0;
  #faults = 0;
  #isAwake = false;
  #working: Promise<void> | undefined;
  #isAsked = false;
  #isDisposed = false;

  constructor(parts: RunnerParts, place: QuizPlace) {
    this.#parts = parts;
    this.place = place;
  }

  /**
   * From here on it shows what is to be shown.
   * @param done what has happened in Discord already; it is stored before anything else is shown
   */
  wake(done?: QuizEvent): void {
    this.#isAwake = true;
    this.#owed ??= done;
    this.#work();
  }

  /** Ends its timers; what is stored stays, for the next start. */
  dispose(): void {
    this.#isDisposed = true;
    for (const timer of [this.#timer, this.#retry, ...this.#retries]) timer?.cancel();
  }

  /** Resolves when nothing of this quiz is on its way to Discord. */
  async settled(): Promise<void> {
    await this.#working;
  }

  /** Obeys a step that has been stored. */
  follow({ game, effects, order }: StoredStep): void {
    if (this.#isDisposed) return;
    for (const effect of effects) {
      if (effect.kind === 'refresh') this.#parts.refresh(this.place, game, effect.card);
      if (effect.kind === 'tell') this.#parts.tell(this.place, effect.round);
      if (effect.kind === 'complete') this.happen({ kind: 'close', round: effect.round, ended: 'all' });
    }
    // An older step that was stored with a newer one says nothing of what is next.
    if (order < this.#order) return;
    this.#order = order;
    this.#timer?.cancel();
    const next = due(game);
    this.#timer = next && this.#parts.clock.at(next.at, () => this.happen(next.event));
    if (!this.#retry) this.#work();
  }

  /** Lets an event happen whatever the disk says: it is tried again until it is stored. */
  happen(event: QuizEvent): void {
    if (!this.#isDisposed) void this.#parts.underWay.add(this.#try(event));
  }

  async #try(event: QuizEvent): Promise<void> {
    try {
      await this.#parts.change(this, event);
    } catch (error) {
      if (this.#isDisposed) return;
      if (!(error instanceof StoreError)) return this.#giveUp(error);
      this.#parts.log.error(
        { err: error, ...this.#which },
        'A step of a quiz could not be stored, trying again',
      );
      const { clock } = this.#parts;
      const timer = clock.at(clock.now() + storageRetryMs, () => {
        this.#retries.delete(timer);
        this.happen(event);
      });
      this.#retries.add(timer);
    }
  }

  #work(): void {
    this.#isAsked = true;
    if (this.#working || this.#isDisposed || !this.#isAwake) return;
    this.#working = this.#workOff();
    void this.#parts.underWay.add(this.#working);
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
    if (this.#isAsked && !this.#retry) this.#work();
  }

  /** @returns whether there was something to show */
  async #next(): Promise<boolean> {
    const { storage, perform, change } = this.#parts;
    if (!this.#owed) {
      const task = await storage.look(this.place.id, ({ game }) => todo(game));
      if (!task || this.#isDisposed) return false;
      this.#owed = await perform(this.place, task);
    }
    const { outcome } = await change(this, this.#owed);
    this.#changeless = outcome === 'done' ? 0 : this.#changeless + 1;
    if (this.#changeless > mostChangeless)
      throw new Error('What a quiz has to show is not taken by its rules');
    // It ends in any case, if need be without a word.
    this.#owed = outcome === 'over' ? { kind: 'finished' } : undefined;
    return true;
  }

  #recover(error: unknown): void {
    const { log } = this.#parts;
    if (error instanceof StoreError) {
      log.error({ err: error, ...this.#which }, 'A quiz could not take its next step, trying again');
      this.#again(storageRetryMs);
    } else if (isPassing(error)) {
      log.warn({ err: error, ...this.#which }, 'Discord did not take a message of a quiz, trying again');
      const delayMs = discordRetriesMs[Math.min(this.#failures++, discordRetriesMs.length - 1)];
      this.#again(delayMs ?? faultRetryMs);
    } else this.#giveUp(error);
  }

  /** The channel is gone or closed to the bot, or something of ours is broken: the quiz ends and says so. */
  #giveUp(error: unknown): void {
    const { log } = this.#parts;
    const isGone = isUnreachable(error);
    if (isGone) log.warn({ err: error, ...this.#which }, 'A quiz ends: its channel cannot be used');
    else log.error({ err: error, ...this.#which }, 'A quiz ends by a fault of ours');
    this.#owed = isGone
      ? { kind: 'end', ending: 'unreachable', reason: reasonOf(error) }
      : { kind: 'end', ending: 'failed' };
    if (this.#faults++ > 3) this.#again(faultRetryMs);
    else this.#work();
  }

  #again(delayMs: number): void {
    const { clock } = this.#parts;
    this.#retry?.cancel();
    this.#retry = clock.at(clock.now() + delayMs, () => {
      this.#retry = undefined;
      this.#work();
    });
  }

  get #which() {
    const { id: game, ...where } = this.place;
    return { game, ...where };
  }
}
