import type { Logger } from 'pino';
import { type Asked, ask, type Random, rightPicks, toShown } from '../asking/asked.js';
import type { Answerer } from '../asking/card-answers.js';
import type { Bank } from '../bank/bank.js';
import type { Picker } from '../bank/picker.js';
import type { Question } from '../bank/question.js';
import type { Clock } from '../clock.js';
import type { CoalescedEdits } from '../discord/edits.js';
import { UserError } from '../discord/errors.js';
import type { Messenger } from '../discord/outgoing.js';
import type { Metrics } from '../metrics.js';
import type { Scores } from '../scores/ledger.js';
import { renderPodium } from '../scores/podium.js';
import type { Profiles } from '../scores/profiles.js';
import { HeldLogs } from '../store/held-logs.js';
import { KeyedQueue } from '../store/queue.js';
import { Batch, type Store } from '../store/store.js';
import { removeGames, removeMember } from './forgetting.js';
import { createGame, type GameState, quizKinds, type Settings, standings } from './game.js';
import { gameRecord, gamesLog, runningRecord } from './records.js';
import { Run, type RunParts } from './run.js';

/** Waits before a game is read again from a disk that failed. */
const reloadDelayMs = 3_000;
const podiumPlaces = 3;
const serversInMemory = 1_000;

export interface QuizHostParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: Random;
  readonly bank: Bank;
  readonly picker: Picker;
  readonly messenger: Messenger;
  readonly edits: CoalescedEdits;
  readonly scores: Scores;
  readonly profiles: Profiles;
  readonly metrics: Metrics;
  readonly zoneOf: (guildId: string) => Promise<string>;
}

/** Runs all quizzes of this process: at most one a channel, any number of channels. */
export class QuizHost {
  readonly #parts: QuizHostParts;
  readonly #runParts: RunParts;
  readonly #runs = new Map<string, Run>();
  /** Channel to game; a channel is taken from the first moment of its quiz to the last. */
  readonly #channels = new Map<string, string>();
  /** Games being read (again) from the disk; presses wait for them. */
  readonly #loading = new Map<string, Promise<void>>();
  readonly #queue = new KeyedQueue();
  readonly #games: HeldLogs<string>;
  /** Settled when the games of all servers that have become available are in memory. */
  #catchingUp: Promise<unknown> = Promise.resolve();
  readonly #stopListening: () => void;
  #stopped = false;

  constructor(parts: QuizHostParts) {
    this.#parts = parts;
    this.#games = new HeldLogs(parts.store, gamesLog, serversInMemory);
    this.#runParts = {
      ...parts,
      queue: this.#queue,
      podium: (state) => this.#podium(state),
      finished: (run, batch) => this.#finished(run, batch),
      lost: (run) => this.#reload(run.game.id),
    };
    this.#stopListening = parts.store.onRollback(() => {
      for (const id of this.#runs.keys()) this.#reload(id);
    });
  }

  /**
   * Opens a quiz in a channel.
   * @param post posts the lobby's card and gives back its id; undefined: there is no lobby to show
   * @throws {UserError} when the channel has one already, or no question fits
   */
  async start(
    place: { id: string; guildId: string; channelId: string },
    host: Answerer,
    settings: Settings,
    post: (state: GameState) => Promise<string | undefined>,
  ): Promise<void> {
    const { clock, picker, random } = this.#parts;
    if (this.#channels.has(place.channelId))
      throw new UserError(
        'A quiz is already on in this channel. Join it there, or wait for its end; `/quiz status` tells how far it is.',
      );
    this.#channels.set(place.channelId, place.id);
    try {
      const filter = { level: settings.level, topic: settings.topic, kinds: quizKinds, short: true };
      const picked = await picker.pickMany(place.guildId, filter, settings.rounds, random);
      if (picked.questions.length === 0)
        throw new UserError('No question of the bank fits that level and topic. Try another topic or level.');
      const rounds = picked.questions.map((question) => roundOf(question, ask(question, random)));
      const run = await Run.create(
        this.#runParts,
        createGame({ ...place, host, settings, rounds }, clock.now()),
      );
      const games = await this.#games.get(place.guildId);
      this.#runs.set(place.id, run);
      const batch = new Batch().put(gameRecord, place.id, () => run.game);
      picked.stage(batch);
      games.append(batch, [place.id]);
      this.#stageRunning(batch, place.guildId);
      await this.#parts.store.commit(batch);
      this.#parts.metrics.games(this.#runs.size);
      const messageId = await post(run.state);
      if (messageId) await run.lobbyPosted(messageId);
      if (settings.lobby === 0) await run.begin();
      else await run.resume();
    } catch (error) {
      await this.#abandon(place);
      throw error;
    }
  }

  /** Takes up the running quizzes of servers that have become available. */
  async serversReady(guildIds: readonly string[]): Promise<void> {
    const before = this.#catchingUp;
    const caughtUp = this.#takeUp(guildIds);
    // Who waits for this only wants to know that it is over; the caller gets the failure.
    this.#catchingUp = Promise.allSettled([before, caughtUp]);
    await caughtUp;
  }

  async #takeUp(guildIds: readonly string[]): Promise<void> {
    const running = await this.#parts.store.getMany(runningRecord, guildIds);
    const games = [...running.values()].flat().filter((id) => !this.#runs.has(id));
    await Promise.all(games.map((id) => this.#load(id)));
  }

  /** The running quiz of a channel. */
  async inChannel(channelId: string): Promise<Run | undefined> {
    const id = this.#channels.get(channelId);
    return id === undefined ? undefined : this.running(id);
  }

  /** The running quiz with this id; undefined when it is over or never was. */
  async running(id: string): Promise<Run | undefined> {
    if (!this.#runs.has(id)) await this.#catchingUp;
    await this.#loading.get(id);
    return this.#runs.get(id);
  }

  /** A quiz that may be over, as it is stored. */
  async recall(id: string): Promise<GameState | undefined> {
    return (await this.running(id))?.state ?? (await Run.load(this.#runParts, id))?.state;
  }

  /** The server is gone: its games rest on the disk. */
  serverGone(guildId: string): void {
    for (const run of this.#runs.values()) if (run.game.guildId === guildId) this.#forget(run);
  }

  /** Removes all quizzes of a server, running ones too. After a failure: once more. */
  async forgetScope(guildId: string): Promise<void> {
    const { store } = this.#parts;
    this.serverGone(guildId);
    const log = await this.#games.get(guildId);
    for await (const ids of log.segments()) await removeGames(store, ids);
    const batch = new Batch().remove(runningRecord, guildId);
    log.remove(batch);
    await store.commit(batch);
  }

  /**
   * Takes a member out of all quizzes of a server: out of running ones at once, with the answers that do not
   * count yet. Reads all of them. After a failure: once more.
   */
  async forgetMember(guildId: string, member: string): Promise<void> {
    const { store } = this.#parts;
    const log = await this.#games.get(guildId);
    for await (const ids of log.segments()) {
      for (const id of ids) await (await this.running(id))?.forget(member);
      await removeMember(
        store,
        ids.filter((id) => !this.#runs.has(id)),
        member,
      );
    }
  }

  /** Ends all timers; every game is on the disk and goes on at the next start. Waits for messages under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#stopListening();
    for (const run of this.#runs.values()) run.dispose();
    await this.idle();
  }

  /** Waits until nothing is on its way to Discord or the disk. */
  async idle(): Promise<void> {
    await this.#queue.idle();
  }

  #stageRunning(batch: Batch, guildId: string): void {
    batch.put(runningRecord, guildId, () =>
      [...this.#runs.values()].filter(({ game }) => game.guildId === guildId).map(({ game }) => game.id),
    );
  }

  #finished(run: Run, batch: Batch): void {
    this.#forget(run);
    this.#stageRunning(batch, run.game.guildId);
  }

  #forget(run: Run): void {
    run.dispose();
    if (this.#runs.get(run.game.id) === run) this.#runs.delete(run.game.id);
    if (this.#channels.get(run.game.channelId) === run.game.id) this.#channels.delete(run.game.channelId);
    this.#parts.metrics.games(this.#runs.size);
  }

  /** A quiz that could not be started leaves no trace, above all no locked channel. */
  async #abandon({
    id,
    guildId,
    channelId,
  }: {
    id: string;
    guildId: string;
    channelId: string;
  }): Promise<void> {
    const run = this.#runs.get(id);
    if (this.#channels.get(channelId) === id) this.#channels.delete(channelId);
    if (!run) return;
    this.#forget(run);
    const batch = new Batch().remove(gameRecord, id);
    this.#stageRunning(batch, guildId);
    await this.#parts.store.commit(batch);
  }

  /** Drops what is in memory and reads it from the disk, now or as soon as that works. */
  #reload(id: string): void {
    const run = this.#runs.get(id);
    if (run) {
      run.dispose();
      this.#runs.delete(id);
    }
    if (!this.#loading.has(id) && !this.#stopped) void this.#load(id);
  }

  /** Never rejects: a game that cannot be read is tried again. */
  #load(id: string): Promise<void> {
    const loading = this.#tryLoad(id).finally(() => {
      if (this.#loading.get(id) === loading) this.#loading.delete(id);
    });
    this.#loading.set(id, loading);
    return loading;
  }

  async #tryLoad(id: string): Promise<void> {
    try {
      const run = await Run.load(this.#runParts, id);
      if (!run || this.#stopped) return;
      this.#channels.set(run.game.channelId, id);
      this.#runs.set(id, run);
      await run.resume();
      this.#parts.metrics.games(this.#runs.size);
    } catch (error) {
      this.#parts.log.error({ err: error, game: id }, 'A running quiz could not be read, trying again');
      this.#runs.get(id)?.dispose();
      this.#runs.delete(id);
      const { clock } = this.#parts;
      clock.at(clock.now() + reloadDelayMs, () => this.#reload(id));
    }
  }

  /** A picture that cannot be drawn must not hold the results up. */
  async #podium(state: GameState): Promise<Buffer | undefined> {
    const places = standings(state.game).filter(({ answered }) => answered > 0);
    if (places.length === 0) return undefined;
    try {
      return await renderPodium(places.slice(0, podiumPlaces));
    } catch (error) {
      this.#parts.log.error({ err: error, game: state.game.id }, 'The podium could not be drawn');
      return undefined;
    }
  }
}

function roundOf(question: Question, asked: Asked) {
  const [right = -1] = toShown(asked, rightPicks(question));
  return { asked, level: question.level, topic: question.topic, right };
}
