import type { Logger } from 'pino';
import { type Performed, Runner } from '../asking/runner.js';
import type { Clock } from '../time/clock.js';
import type { UnderWay } from '../time/under-way.js';
import { due, type QuizTask, todo } from './agenda.js';
import type { QuizEffect, QuizEvent, QuizOutcome, QuizStep } from './events.js';
import type { Game } from './game.js';
import type { QuizStorage } from './storage.js';

/**
 * To book a round of so many keeps a process as busy as their receipts do. So those who answered last have theirs
 * before their round ends. Whether they had joined or come in by answering is the same.
 */
const crowd = 50;
const receiptsFirstMs = 1_000;

export interface QuizPlace {
  readonly id: string;
  readonly guildId: string;
  readonly channelId: string;
}

export type QuizPerformed = Performed<QuizEvent>;

/** A stored step, with its number among all steps of this process. */
export type StoredStep = QuizStep & { readonly order: number };

export interface RunnerParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly storage: QuizStorage;
  readonly underWay: UnderWay;
  /** Lets an event happen to the quiz; resolves when it is stored, and has called {@link QuizRunner.follow}. */
  change(runner: QuizRunner, event: QuizEvent): Promise<QuizStep>;
  /** Shows the channel what is to be shown. */
  perform(place: QuizPlace, task: QuizTask): Promise<QuizPerformed>;
  /** Tells players privately what a round brought them. */
  tell(place: QuizPlace, round: number): void;
  /** Brings a card up to date soon. */
  refresh(place: QuizPlace, game: Game, card: 'lobby' | 'round' | 'standings'): void;
}

/** Obeys one running quiz. It decides nothing and keeps nothing that the record does not say. */
export class QuizRunner {
  readonly place: QuizPlace;
  readonly #parts: RunnerParts;
  readonly #runner: Runner<QuizEvent, QuizTask>;
  /** A round that ends in a moment, unless somebody comes in. */
  #endsSoon: number | undefined;
  /** What was followed last. */
  #followed: Game | undefined;
  #isDisposed = false;

  constructor(parts: RunnerParts, place: QuizPlace) {
    this.#parts = parts;
    this.place = place;
    const { id: game, guildId, channelId } = place;
    this.#runner = new Runner(parts, {
      what: 'A quiz',
      which: { game, guildId, channelId },
      next: () => parts.storage.look(game, (state) => todo(state.game)),
      perform: (task) => parts.perform(place, task),
      change: async (event) => {
        if (event.kind === 'close') this.#endsSoon = undefined;
        return resultOf((await parts.change(this, event)).outcome);
      },
      finished: { kind: 'finished' },
      broken: (reason) =>
        reason === undefined
          ? { kind: 'end', ending: 'failed' }
          : { kind: 'end', ending: 'unreachable', reason },
    });
  }

  /**
   * From here on it shows what is to be shown.
   * @param done what has happened in Discord already; it is stored before anything else is shown
   */
  wake(done?: QuizPerformed): void {
    this.#runner.wake(done);
  }

  /** Ends its timers; what is stored stays, for the next start. */
  dispose(): void {
    this.#isDisposed = true;
    this.#runner.dispose();
  }

  /** Resolves when nothing of this quiz is on its way to Discord. */
  settled(): Promise<void> {
    return this.#runner.settled();
  }

  /** Obeys a step that has been stored. */
  follow({ game, effects, order, outcome }: StoredStep): void {
    if (this.#isDisposed) return;
    for (const effect of effects) {
      if (effect.kind === 'refresh') this.#parts.refresh(this.place, game, effect.card);
      if (effect.kind === 'tell') this.#parts.tell(this.place, effect.round);
      if (effect.kind === 'complete') this.#complete(effect);
    }
    // Answers leave the game as it is, and come by the thousand: nothing else is due, or to be shown. What came of
    // `nothing` may have been a timer that was a moment too early: it is set again.
    if (game === this.#followed && outcome !== 'nothing') return;
    this.#followed = game;
    this.#runner.follow(due(game), order);
  }

  #complete({ round, answers }: QuizEffect & { kind: 'complete' }): void {
    const event: QuizEvent = { kind: 'close', round, ended: 'all' };
    if (answers < crowd) this.happen(event);
    else if (this.#endsSoon !== round) {
      this.#endsSoon = round;
      this.#runner.happenIn(receiptsFirstMs, event);
    }
  }

  /** Lets an event happen whatever the disk says: it is tried again until it is stored. */
  happen(event: QuizEvent): void {
    this.#runner.happen(event);
  }
}

const resultOf = (outcome: QuizOutcome): 'done' | 'nothing' | 'over' =>
  outcome === 'done' || outcome === 'over' ? outcome : 'nothing';
