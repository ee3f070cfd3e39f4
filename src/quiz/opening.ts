import type { Answerer } from '../asking/card-answers.js';
import { UserError } from '../discord/errors.js';
import type { Transaction } from '../store/transaction.js';
import type { Game } from './game.js';
import { requireRoom } from './limits.js';
import type { QuizParts } from './parts.js';
import { createGame, createNight } from './rules.js';
import type { QuizPlace } from './runner.js';
import { filterOf, type QuizSettings } from './settings.js';
import type { QuizStorage } from './storage.js';
import { noQuestionWords } from './words.js';

/** Opens quizzes on the disk. Both ways refuse with a {@link UserError} where no question fits, or too many are on. */
export class QuizOpening {
  readonly #parts: Pick<QuizParts, 'clock' | 'bank'>;
  readonly #storage: QuizStorage;

  constructor(parts: Pick<QuizParts, 'clock' | 'bank'>, storage: QuizStorage) {
    this.#parts = parts;
    this.#storage = storage;
  }

  async hosted(place: QuizPlace, host: Answerer, settings: QuizSettings): Promise<Game> {
    const game = createGame(place, host, this.#opening(settings));
    await this.#storage.memory.use((change) => this.#stage(change, game));
    return game;
  }

  /** In a change: a quiz that nobody hosts and that starts by itself. */
  night(
    change: Transaction,
    place: QuizPlace,
    night: { readonly name: string; readonly startsAt: number },
    settings: QuizSettings,
  ): void {
    this.#stage(change, createNight(place, night, this.#opening(settings)));
  }

  #opening(settings: QuizSettings) {
    const { clock, bank } = this.#parts;
    const planned = Math.min(settings.rounds, bank.pool(filterOf(settings)).length);
    if (planned === 0) throw new UserError(noQuestionWords);
    return { settings, planned, now: clock.now() };
  }

  #stage(change: Transaction, game: Game): void {
    requireRoom(this.#storage.runningIn(change, game.guildId), game);
    this.#storage.add(change, game);
  }
}
