import type { PastAsking } from '../asked/past.js';
import { CallingOff } from '../asking/calling-off.js';
import type { Answerer } from '../asking/card-answers.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import { postOrFind } from '../discord/sent.js';
import type { Transaction } from '../store/transaction.js';
import { UnderWay } from '../time/under-way.js';
import type { QuizEvent, QuizPress, QuizStep } from './events.js';
import type { Game } from './game.js';
import { lobbyCard, lobbyMark } from './lobby-card.js';
import { QuizMembers } from './members.js';
import { QuizOpening } from './opening.js';
import type { QuizParts } from './parts.js';
import { pastRounds } from './past.js';
import type { QuizState } from './players.js';
import { withThread } from './recap.js';
import { QuizReceipts } from './receipts.js';
import type { QuizPlace } from './runner.js';
import { RunningQuizzes } from './running.js';
import type { QuizSettings } from './settings.js';
import { lookAt, QuizStorage } from './storage.js';
import * as words from './words.js';

export type { QuizMetrics, QuizParts } from './parts.js';

/** All quizzes of this process: at most one a channel and five a server, and one lobby a host. */
export class Quizzes {
  readonly #parts: QuizParts;
  readonly #storage: QuizStorage;
  readonly #members: QuizMembers;
  readonly #opening: QuizOpening;
  readonly receipts: QuizReceipts;
  readonly #running: RunningQuizzes;
  readonly #callingOff: CallingOff;
  readonly #underWay = new UnderWay();

  constructor(parts: QuizParts) {
    const storage = new QuizStorage(parts);
    const shared = { ...parts, storage, underWay: this.#underWay };
    this.#parts = parts;
    this.#storage = storage;
    this.#members = new QuizMembers(storage);
    this.#opening = new QuizOpening(parts, storage);
    this.receipts = new QuizReceipts(shared);
    this.#callingOff = new CallingOff(shared);
    this.#running = new RunningQuizzes({ ...shared, receipts: this.receipts });
  }

  /**
   * Opens a quiz in a channel.
   * @param post posts the lobby and gives back its id; where only Discord's answer is lost, the card counts
   * @throws {UserError} when no question fits, or as many quizzes are on as may be
   */
  async start(
    place: QuizPlace,
    host: Answerer,
    settings: QuizSettings,
    post: (lobby: Outgoing) => Promise<string>,
  ): Promise<void> {
    const game = await this.#opening.hosted(place, host, settings);
    const runner = this.#running.run(place);
    try {
      const card = await lookAt(this.#storage, place.id, (state) => lobbyCard(state, this.#parts.bank));
      const posted = await postOrFind(
        () => post(card),
        () => this.#parts.sent.find(place.channelId, lobbyMark(place.id), game.createdAt),
      );
      this.#running.lobbyPosted(runner, posted, card);
    } catch (error) {
      this.#running.forget(runner);
      await this.#callingOff.run(place.id, async () => {
        if (await this.#storage.callOff(game)) await this.takeUp(place.id);
      });
      throw error;
    }
    if (settings.lobby === 0) runner.happen({ kind: 'begin' });
  }

  /**
   * In a change: opens a quiz that nobody hosts and that starts by itself; {@link takeUp} shows it afterwards.
   * @throws {UserError} when no question fits, or as many quizzes are on as may be
   */
  stageNight(
    change: Transaction,
    place: QuizPlace,
    night: { readonly name: string; readonly startsAt: number },
    settings: QuizSettings,
  ): void {
    this.#opening.night(change, place, night, settings);
  }

  /** Takes up a quiz that has been stored, unless somebody has. */
  async takeUp(id: string): Promise<void> {
    await this.#running.takeUp(id);
  }

  /** @param told of each quiz that is over and has been shown to be */
  whenOver(told: (place: QuizPlace) => void): void {
    this.#running.whenOver(told);
  }

  /**
   * Lets an event happen to a quiz.
   * @returns what came of it, when that is stored; `over` for a quiz that has ended
   * @throws {UserError} when there is no such quiz
   */
  async act(id: string, event: QuizEvent): Promise<Pick<QuizStep, 'outcome' | 'earlier' | 'game' | 'team'>> {
    const done = await this.#running.change(id, event);
    if (done) return done;
    const game = await this.#storage.games.get(id);
    if (!game) throw new UserError(words.goneWords);
    return { outcome: 'over', game };
  }

  /** Records an answer. A press that comes before its card's own receipt waits for it. */
  async answer(id: string, press: QuizPress): Promise<Pick<QuizStep, 'outcome' | 'earlier'>> {
    const event: QuizEvent = { kind: 'answer', ...press };
    let done = await this.act(id, event);
    if (done.outcome === 'early') {
      await this.#running.settled(id);
      done = await this.act(id, event);
    }
    if (done.outcome === 'done') this.#parts.metrics.answer('quiz');
    return done;
  }

  /** Looks at a quiz, running or over, as it is stored; undefined where there is none. */
  look<T>(id: string, look: (state: QuizState) => T): Promise<T | undefined> {
    return this.#storage.look(id, look);
  }

  /** The record without its answers, waiting for none that are on their way; undefined where there is none. */
  async game(id: string): Promise<Game | undefined> {
    const { games } = this.#storage;
    return games.atRest(id) ?? games.get(id);
  }

  /** A thread about the question of a round has been opened. */
  async noteThread(id: string, round: number, threadId: string): Promise<void> {
    await this.#storage.games.use(id, (slot) => {
      if (slot.value) slot.set(withThread(slot.value, round, threadId));
    });
  }

  /** Where a quiz is; undefined where there is none. */
  async placeOf(id: string): Promise<QuizPlace | undefined> {
    return this.#running.placeOf(id) ?? (await this.#storage.games.get(id));
  }

  /** The id of the quiz that is on in a channel, or whose results are on their way. */
  async inChannel(guildId: string, channelId: string): Promise<string | undefined> {
    return this.#parts.memory.use((change) => {
      const here = this.#storage.runningIn(change, guildId).filter((game) => game.channelId === channelId);
      return (here.find(({ phase }) => phase.name !== 'over') ?? here[0])?.id;
    });
  }

  /** Takes up the running quizzes of servers that have become available; what cannot be read is tried again. */
  serversReady(guildIds: readonly string[]): Promise<void> {
    return this.#running.serversReady(guildIds);
  }

  /** The server is gone: its quizzes rest on the disk. */
  serverGone(guildId: string): void {
    this.#running.serverGone(guildId);
  }

  async forgetScope(guildId: string): Promise<void> {
    this.serverGone(guildId);
    await this.#storage.forgetScope(guildId);
  }

  /** False while the running quizzes of some server could not be read. */
  healthy(): boolean {
    return this.#running.unread === 0;
  }

  /** Reads all quizzes of the server. The open round of one that is running counts nothing of theirs. */
  async forgetMember(guildId: string, member: string): Promise<void> {
    await this.#members.forget(guildId, member, (id) => this.#running.forgetMember(id, member));
  }

  exportMember(guildId: string, member: string): Promise<unknown> {
    return this.#members.export(guildId, member);
  }

  membersOf(guildId: string): AsyncIterable<string> {
    return this.#members.people(guildId);
  }

  pastAskings(guildId: string): AsyncGenerator<PastAsking> {
    return pastRounds(this.#storage, guildId, this.#parts.zoneOf);
  }

  /** Those of many servers in which there was ever a quiz. */
  begunIn(guildIds: readonly string[]): Promise<readonly string[]> {
    return this.#storage.all.begun(guildIds);
  }

  /** Ends all timers; every quiz is on the disk and goes on at the next start. Waits for messages under way. */
  async stop(): Promise<void> {
    this.#running.stop();
    this.#callingOff.stop();
    await this.idle();
  }

  async idle(): Promise<void> {
    await this.#running.idle();
    await this.#underWay.idle();
  }
}
