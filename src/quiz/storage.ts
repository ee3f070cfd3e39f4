import type { Hidden } from '../people/hidden.js';
import type { Memory } from '../store/held.js';
import { HeldLogs } from '../store/logs.js';
import { HeldRecords } from '../store/records.js';
import type { Transaction } from '../store/transaction.js';
import type { Game } from './game.js';
import { type Given, givenFold, type QuizAnswer } from './given.js';
import type { QuizParts } from './parts.js';
import { presentMembers, type QuizState } from './players.js';
import { gameRecord, gamesLog, quizAnswersLog, runningRecord } from './records.js';
import { QuizSources } from './sources.js';

/** Where quizzes are kept. */
export class QuizStorage {
  readonly memory: Memory;
  readonly sources: QuizSources;
  readonly #hidden: Hidden;
  readonly #asking: Pick<QuizParts, 'draws' | 'clock'>;
  readonly games: HeldRecords<Game>;
  readonly answers: HeldLogs<QuizAnswer, Given>;
  /** By server, all of its quizzes. */
  readonly all: HeldLogs<string>;
  /** By server, those that are not over. */
  readonly running: HeldRecords<string[]>;

  constructor(
    parts: Pick<
      QuizParts,
      'memory' | 'hidden' | 'bank' | 'asked' | 'profiles' | 'unrevealed' | 'draws' | 'clock'
    >,
  ) {
    const { memory, hidden } = parts;
    this.#asking = parts;
    this.memory = memory;
    this.sources = new QuizSources(parts);
    this.#hidden = hidden;
    this.games = new HeldRecords(memory, gameRecord);
    this.answers = new HeldLogs<QuizAnswer, Given>(memory, quizAnswersLog, givenFold);
    this.all = new HeldLogs(memory, gamesLog);
    this.running = new HeldRecords(memory, runningRecord);
  }

  /** Runs `look` on a quiz; undefined where there is none. It must not keep the answers. */
  look<T>(id: string, look: (state: QuizState) => T): Promise<T | undefined> {
    return this.games.use(id, ({ value: game }, change) =>
      game ? look(this.#state(change, game)) : undefined,
    );
  }

  #state(change: Transaction, game: Game): QuizState {
    const state = {
      game,
      given: change.at(this.answers, game.id).index,
      hidden: this.#hidden.in(change, game.guildId),
    };
    return {
      ...state,
      isAskedNow: (question) => this.#isAskedNow(change, game, question),
      isFilledUp: () => this.sources.isTooFew(change, game, presentMembers(state)),
    };
  }

  #isAskedNow(change: Transaction, { guildId }: Game, question: string): boolean {
    const { draws, clock } = this.#asking;
    return draws.isOpenElsewhere(change, { scope: guildId, question, opener: '', nowMs: clock.now() });
  }

  /** In a change: the quizzes of a server that are running. */
  runningIn(change: Transaction, guildId: string): Game[] {
    const ids = change.at(this.running, guildId).value ?? [];
    return change.all(this.games, ids).flatMap(({ value }) => (value ? [value] : []));
  }

  /** In a change: puts a new quiz on the lists of its server. */
  add(change: Transaction, game: Game): void {
    const list = change.at(this.running, game.guildId);
    list.set([...(list.value ?? []), game.id]);
    change.at(this.games, game.id).set(game);
    change.at(this.all, game.guildId).append([game.id]);
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

/** For {@link QuizStorage.look}: what a card of this moment needs, to be kept. */
export function asItStands(state: QuizState): QuizState {
  const filledUp = state.isFilledUp?.() ?? false;
  return { ...state, isFilledUp: () => filledUp };
}

/** Looks at a quiz of which it is known that it is stored. */
export async function lookAt<T>(
  storage: QuizStorage,
  id: string,
  look: (state: QuizState) => T,
): Promise<Awaited<T>> {
  const found = await storage.look(id, (state) => ({ value: look(state) }));
  if (!found) throw new Error(`Quiz ${id} is no longer stored`);
  return await found.value;
}
