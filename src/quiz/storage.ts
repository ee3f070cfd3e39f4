import { ServerRuns } from '../asking/server-runs.js';
import type { Hidden } from '../people/hidden.js';
import { HeldLogs } from '../store/logs.js';
import { HeldRecords } from '../store/records.js';
import type { Transaction } from '../store/transaction.js';
import { type Entries, entriesFold, noEntries, type QuizEntry } from './entries.js';
import type { Game } from './game.js';
import { type Given, givenFold, type QuizAnswer } from './given.js';
import type { QuizParts } from './parts.js';
import { presentMembers, type QuizState } from './players.js';
import { entriesLog, gameRecord, gamesLog, quizAnswersLog, runningRecord } from './records.js';
import { QuizSources } from './sources.js';

/** Where quizzes are kept. */
export class QuizStorage extends ServerRuns<Game> {
  readonly sources: QuizSources;
  readonly #hidden: Hidden;
  readonly #asking: Pick<QuizParts, 'draws' | 'clock'>;
  readonly games: HeldRecords<Game>;
  readonly answers: HeldLogs<QuizAnswer, Given>;
  readonly entries: HeldLogs<QuizEntry, Entries>;

  constructor(
    parts: Pick<
      QuizParts,
      'memory' | 'hidden' | 'bank' | 'asked' | 'profiles' | 'unrevealed' | 'draws' | 'clock'
    >,
  ) {
    const { memory, hidden } = parts;
    const games = new HeldRecords(memory, gameRecord);
    super(memory, { each: games, all: gamesLog, running: runningRecord });
    this.#asking = parts;
    this.sources = new QuizSources(parts);
    this.#hidden = hidden;
    this.games = games;
    this.answers = new HeldLogs<QuizAnswer, Given>(memory, quizAnswersLog, givenFold);
    this.entries = new HeldLogs<QuizEntry, Entries>(memory, entriesLog, entriesFold);
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
      entries: game.phase.name === 'over' ? noEntries : change.at(this.entries, game.id).index,
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

  protected isShown(change: Transaction, { id, lobbyMessageId, phase }: Game): boolean {
    return lobbyMessageId !== undefined || phase.name !== 'lobby' || change.at(this.entries, id).length > 0;
  }

  protected override removeRest(change: Transaction, id: string): void {
    const entries = change.at(this.entries, id);
    if (entries.length > 0) entries.remove();
  }

  protected async forgetRuns(_: string, ids: readonly string[]): Promise<void> {
    await this.memory.use((change) => {
      for (const log of change.all(this.answers, ids)) log.remove();
      for (const log of change.all(this.entries, ids)) log.remove();
      for (const game of change.all(this.games, ids)) game.remove();
    });
  }
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
