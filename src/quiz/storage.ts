import type { Hidden } from '../people/hidden.js';
import type { Memory } from '../store/held.js';
import { HeldLogs } from '../store/logs.js';
import { HeldRecords } from '../store/records.js';
import type { Transaction } from '../store/transaction.js';
import type { Game } from './game.js';
import { type Given, givenFold, type QuizAnswer } from './given.js';
import type { QuizState } from './players.js';
import { gameRecord, gamesLog, quizAnswersLog, runningRecord } from './records.js';

/** Where quizzes are kept. */
export class QuizStorage {
  readonly memory: Memory;
  readonly #hidden: Hidden;
  readonly games: HeldRecords<Game>;
  readonly answers: HeldLogs<QuizAnswer, Given>;
  /** By server, all of its quizzes. */
  readonly all: HeldLogs<string>;
  /** By server, those that are not over. */
  readonly running: HeldRecords<string[]>;

  constructor({ memory, hidden }: { readonly memory: Memory; readonly hidden: Hidden }) {
    this.memory = memory;
    this.#hidden = hidden;
    this.games = new HeldRecords(memory, gameRecord);
    this.answers = new HeldLogs<QuizAnswer, Given>(memory, quizAnswersLog, givenFold);
    this.all = new HeldLogs(memory, gamesLog);
    this.running = new HeldRecords(memory, runningRecord);
  }

  /** Runs `look` on a quiz; undefined where there is none. It must not keep the answers. */
  look<T>(id: string, look: (state: QuizState) => T): Promise<T | undefined> {
    return this.games.use(id, ({ value: game }, change) =>
      game
        ? look({
            game,
            given: change.at(this.answers, id).index,
            hidden: this.#hidden.in(change, game.guildId),
          })
        : undefined,
    );
  }

  /** In a change: the quizzes of a server that are running. */
  runningIn(change: Transaction, guildId: string): Game[] {
    const ids = change.at(this.running, guildId).value ?? [];
    return change.all(this.games, ids).flatMap(({ value }) => (value ? [value] : []));
  }

  /** In a change: takes a quiz off the list of those that are running. */
  retire(change: Transaction, { id, guildId }: Game): void {
    const list = change.at(this.running, guildId);
    const left = (list.value ?? []).filter((one) => one !== id);
    if (left.length === 0) list.remove();
    else list.set(left);
  }

  /** Takes back a quiz that could not be shown: it leaves no trace, above all no locked channel. */
  async callOff({ id, guildId }: Game): Promise<void> {
    await this.games.use(id, (slot, change) => {
      const game = slot.value;
      slot.remove();
      if (game) this.retire(change, game);
      change.at(this.all, guildId).dropFromEnd((one) => one === id);
    });
  }

  /** Removes all quizzes of a server. After a failure: once more. */
  async forgetScope(guildId: string): Promise<void> {
    for await (const ids of this.all.segments(guildId)) {
      await this.memory.use((change) => {
        for (const log of change.all(this.answers, ids)) log.remove();
        for (const game of change.all(this.games, ids)) game.remove();
      });
    }
    await this.all.use(guildId, (log, change) => {
      change.at(this.running, guildId).remove();
      log.remove();
    });
  }
}
