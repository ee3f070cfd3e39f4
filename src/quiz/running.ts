import { ServerReads } from '../asking/server-reads.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Posted } from '../discord/sent.js';
import type { Transaction } from '../store/transaction.js';
import { secondMs } from '../time/spans.js';
import type { UnderWay } from '../time/under-way.js';
import { RoundBooking } from './booking.js';
import { QuizChanges } from './changes.js';
import type { QuizEvent, QuizStep } from './events.js';
import type { Game } from './game.js';
import type { QuizParts } from './parts.js';
import type { QuizReceipts } from './receipts.js';
import { type QuizPlace, QuizRunner, type StoredStep } from './runner.js';
import { isDone, Runners } from './runners.js';
import { QuizSender } from './sending.js';
import type { QuizStorage } from './storage.js';
import { goneWords } from './words.js';

/** People are waiting for the next round. */
const rereadMs = 3 * secondMs;

interface RunningParts extends QuizParts {
  readonly storage: QuizStorage;
  readonly receipts: QuizReceipts;
  readonly underWay: UnderWay;
}

/** The quizzes that are on in this process, each with what obeys it: what is stored of them is followed here. */
export class RunningQuizzes {
  readonly #parts: RunningParts;
  readonly #changes: QuizChanges;
  readonly #sender: QuizSender;
  readonly #reads: ServerReads<string[]>;
  readonly #runners: Runners;
  #over: (place: QuizPlace) => void = () => {};
  #steps = 0;

  constructor(parts: RunningParts) {
    const { storage } = parts;
    this.#parts = parts;
    this.#changes = new QuizChanges({ ...parts, booking: new RoundBooking(parts) });
    this.#sender = new QuizSender(parts);
    this.#reads = new ServerReads<string[]>({
      ...parts,
      what: 'running quizzes',
      delaysMs: [rereadMs],
      read: (guildIds) => storage.running.present(guildIds),
      found: (_, ids) => this.#takeUpAll(ids),
    });
    this.#runners = new Runners({
      make: (place) => this.#make(place),
      find: (id) => storage.games.get(id),
      resume: (runner) => this.#change(runner, { kind: 'resume' }),
      counted: (running) => parts.metrics.games(running),
    });
  }

  /** Servers of which something could not be read so far. */
  get unread(): number {
    return this.#reads.unread;
  }

  /** @param told of each quiz that is over and has been shown to be */
  whenOver(told: (place: QuizPlace) => void): void {
    this.#over = told;
  }

  /** @param card the lobby's, as it was sent: the runner is woken with what comes of it */
  lobbyPosted(runner: QuizRunner, posted: Posted, card: Outgoing): void {
    runner.wake(this.#sender.lobbyPosted(runner.place, posted, card));
  }

  /** Begins to obey a quiz; it shows nothing until it is woken. */
  run(place: QuizPlace): QuizRunner {
    return this.#runners.run(place);
  }

  forget(runner: QuizRunner): void {
    this.#runners.forget(runner);
  }

  /** Takes up a quiz that nobody runs. */
  async takeUp(id: string): Promise<void> {
    await this.#runners.of(id);
  }

  /** One that cannot be taken up holds up no other. Rejects with the first failure. */
  async #takeUpAll(ids: readonly string[]): Promise<void> {
    const taken = await Promise.allSettled(ids.map((id) => this.takeUp(id)));
    const failed = taken.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
  }

  /** Lets an event happen to a quiz, which is taken up for that; undefined for one that is over or not there. */
  async change(id: string, event: QuizEvent): Promise<QuizStep | undefined> {
    const runner = this.#runners.get(id) ?? (await this.#runners.of(id));
    return runner && this.#change(runner, event);
  }

  /** Takes a member out of a quiz, whether it runs or not. */
  async forgetMember(id: string, member: string): Promise<void> {
    const runner = this.#runners.get(id);
    const event: QuizEvent = { kind: 'forget', member };
    if (runner) await this.#change(runner, event);
    else
      await this.#parts.storage.games.use(
        id,
        ({ value }, change) => value && this.#apply(change, value, event, ''),
      );
  }

  placeOf(id: string): QuizPlace | undefined {
    return this.#runners.get(id)?.place;
  }

  /** Resolves when nothing of it is on its way to Discord. */
  async settled(id: string): Promise<void> {
    await this.#runners.get(id)?.settled();
  }

  /** Takes up what servers had running; what cannot be read is tried again. */
  serversReady(guildIds: readonly string[]): Promise<void> {
    return this.#parts.underWay.add(this.#reads.take(guildIds));
  }

  serverGone(guildId: string): void {
    this.#reads.forget(guildId);
    this.#runners.serverGone(guildId);
  }

  /** Ends all timers; every quiz is on the disk and goes on at the next start. */
  stop(): void {
    this.#reads.stop();
    this.#runners.stop();
  }

  /** Resolves when nothing that could not be read before is read again. */
  idle(): Promise<void> {
    return this.#reads.idle();
  }

  #apply(change: Transaction, game: Game, event: QuizEvent, zone: string): StoredStep {
    const done = this.#changes.apply(change, game, event, zone);
    this.#steps += 1;
    return { ...done, order: this.#steps };
  }

  async #change(runner: QuizRunner, event: QuizEvent): Promise<QuizStep> {
    const { id, guildId } = runner.place;
    if (event.kind === 'resume') this.#sender.takenUp(id);
    // By the server's days, answers are booked when a round ends.
    const ends = event.kind === 'close' || event.kind === 'end';
    const zone = ends ? await this.#parts.zoneOf(guildId) : '';
    const done = await this.#parts.storage.games.use(id, ({ value: game }, change) =>
      game ? this.#apply(change, game, event, zone) : undefined,
    );
    if (!done) {
      this.#runners.forget(runner);
      throw new UserError(goneWords);
    }
    runner.follow(done);
    if (isDone(done.game)) {
      this.#runners.forget(runner);
      this.#over(runner.place);
    }
    return done;
  }

  #make({ id, guildId, channelId }: QuizPlace): QuizRunner {
    return new QuizRunner(
      {
        ...this.#parts,
        change: (one, event) => this.#change(one, event),
        perform: (where, task) => this.#sender.perform(where, task),
        tell: (where, round) => this.#parts.receipts.tell(where.id, round),
        refresh: (where, game, card) => this.#sender.refresh(where, game, card),
      },
      { id, guildId, channelId },
    );
  }
}
