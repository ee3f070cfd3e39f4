import type { Game } from './game.js';
import type { QuizPlace, QuizRunner } from './runner.js';

export interface RunnersParts {
  make(place: QuizPlace): QuizRunner;
  /** A quiz as it is stored. */
  find(id: string): Promise<Game | undefined>;
  /** Lets a quiz go on that nobody ran. */
  resume(runner: QuizRunner): Promise<unknown>;
  /** Told how many there are whenever that changes. */
  counted(running: number): void;
}

/** Over, and nothing is left to be shown. */
export const isDone = ({ phase }: Game): boolean => phase.name === 'over' && phase.told;

/** Who runs the quizzes of this process: one for each. */
export class Runners {
  readonly #parts: RunnersParts;
  readonly #all = new Map<string, QuizRunner>();
  readonly #adopting = new Map<string, Promise<QuizRunner | undefined>>();
  #isStopped = false;

  constructor(parts: RunnersParts) {
    this.#parts = parts;
  }

  get(id: string): QuizRunner | undefined {
    return this.#all.get(id);
  }

  run(place: QuizPlace): QuizRunner {
    const runner = this.#parts.make(place);
    this.#all.set(place.id, runner);
    this.#parts.counted(this.#all.size);
    return runner;
  }

  forget(runner: QuizRunner): void {
    runner.dispose();
    if (this.#all.get(runner.place.id) === runner) this.#all.delete(runner.place.id);
    this.#parts.counted(this.#all.size);
  }

  serverGone(guildId: string): void {
    for (const runner of this.#all.values()) if (runner.place.guildId === guildId) this.forget(runner);
  }

  stop(): void {
    this.#isStopped = true;
    for (const runner of this.#all.values()) runner.dispose();
  }

  /** Takes up a quiz that nobody runs; undefined for one that is over or not there. */
  of(id: string): Promise<QuizRunner | undefined> {
    const known = this.#all.get(id);
    if (known) return Promise.resolve(known);
    const adopting = this.#adopting.get(id) ?? this.#adopt(id).finally(() => this.#adopting.delete(id));
    this.#adopting.set(id, adopting);
    return adopting;
  }

  async #adopt(id: string): Promise<QuizRunner | undefined> {
    const game = await this.#parts.find(id);
    if (!game || isDone(game) || this.#isStopped) return this.#all.get(id);
    const runner = this.#all.get(id) ?? this.run(game);
    try {
      await this.#parts.resume(runner);
    } catch (error) {
      this.forget(runner);
      throw error;
    }
    runner.wake();
    return runner;
  }
}
