import { isUnreachable } from '../discord/api-errors.js';
import { Attempts } from '../schedule/attempts.js';
import { earlyMs, reportAfter } from '../schedule/delays.js';
import { dueNow } from '../schedule/timing.js';
import { zoneReason } from '../schedule/words.js';
import { StoreError } from '../store/store.js';
import type { ScheduledRun, WallClock } from '../time/calendar.js';
import { dateOf } from '../time/days.js';
import { hourMs, minuteMs } from '../time/spans.js';
import { isKnownHere } from '../time/zones.js';
import { PostClosing, type PostClosingParts } from './post/closing.js';
import { DrawnPosts, type DrawnPostsParts } from './post/drawn.js';
import { Posting, type PostingParts } from './post/posting.js';
import { type FailureWords, failureWords, isHopeless, tellAdmin } from './post/report.js';
import { type Post, parsePostId, type Schedule } from './records.js';
import { Armed } from './schedule/armed.js';
import { Waits } from './waits.js';
import { remedies } from './words.js';

export type DailyRunnerParts = Omit<PostingParts, 'found'> & PostClosingParts & DrawnPostsParts;

/** Does what is to be done for each server: the post that is due, cards to close, admins to tell. */
export class DailyRunner {
  readonly #parts: DailyRunnerParts;
  readonly #armed = new Armed();
  readonly #drawn: DrawnPosts;
  readonly #posting: Posting;
  readonly #closing: PostClosing;
  readonly #attempts: Attempts;
  readonly #waits: Waits;
  #tickedMs: number;
  #stopped = false;

  constructor(parts: DailyRunnerParts) {
    const { clock, log } = parts;
    this.#parts = parts;
    this.#drawn = new DrawnPosts(parts);
    const found = (guildId: string, post: Post): void => this.answered(guildId, post);
    this.#posting = new Posting({ ...parts, found }, this.#drawn);
    this.#closing = new PostClosing(parts);
    this.#attempts = new Attempts('daily question', (guildId) => this.#work(guildId), log);
    this.#waits = new Waits(clock);
    this.#tickedMs = clock.now();
  }

  get armed(): number {
    return this.#armed.size;
  }

  clock(zone: string): WallClock {
    return this.#armed.clock(zone);
  }

  zoneOf(guildId: string): string | undefined {
    return this.#armed.get(guildId)?.zone;
  }

  /** After somebody's answers were removed. */
  forget(): void {
    this.#drawn.forget();
  }

  /** Resolves when no post of the server is between sending and its record. */
  settled(guildId: string): Promise<void> {
    return this.#posting.settled(guildId);
  }

  /** Lets the card of an open post show, after a moment, how many have answered. */
  answered(guildId: string, { date, channelId, messageId }: Post): void {
    if (messageId === undefined || this.#stopped) return;
    this.#parts.edits.soon(channelId, messageId, () => this.#drawn.openCard(guildId, date));
  }

  tick(): void {
    if (this.#stopped) return;
    const { clock } = this.#parts;
    const nowMs = clock.now();
    const untilMinuteMs = minuteMs - (nowMs % minuteMs);
    if (untilMinuteMs <= earlyMs) {
      clock.at(nowMs + untilMinuteMs, () => this.tick());
      return;
    }
    // After a clock that was set back, the runs of the repeated time are found again and are done already.
    const candidates = this.#armed.candidates(Math.min(this.#tickedMs, nowMs), nowMs);
    this.#tickedMs = nowMs;
    for (const guildId of candidates) {
      if (!this.#due(guildId)) continue;
      // What failed was another day's.
      this.#waits.posts.clear(guildId);
      this.#attempt(guildId);
    }
  }

  /** A server with a schedule became available. */
  arrived(guildId: string, schedule: Schedule): void {
    this.#arm(guildId, schedule);
    const { posting, toReveal, toTell } = schedule;
    const isWaiting = posting || toReveal.length > 0 || toTell || !isKnownHere(schedule.zone);
    if (isWaiting || this.#due(guildId)) this.#attempt(guildId);
  }

  /** A schedule has changed on the disk. */
  changed(guildId: string, schedule: Schedule): void {
    if (this.#armed.get(guildId)) this.#arm(guildId, schedule);
  }

  /** @returns whether a post comes now */
  wasSet(guildId: string, schedule: Schedule): boolean {
    this.#arm(guildId, schedule);
    this.#waits.posts.clear(guildId);
    const isDue = this.#due(guildId) !== undefined;
    if (isDue) this.#attempt(guildId);
    return isDue;
  }

  wasTurnedOff(guildId: string): void {
    this.#waits.posts.clear(guildId);
    this.#attempt(guildId);
  }

  serverGone(guildId: string): void {
    this.#armed.delete(guildId);
    this.#waits.clear(guildId);
  }

  /** A button of a post's message was pressed: heals a post whose message id was lost in a crash. */
  seen(cardId: string, messageId: string): void {
    const { guildId, date } = parsePostId(cardId) ?? {};
    if (guildId === undefined || date === undefined) return;
    const { book, log } = this.#parts;
    const noting = async (): Promise<void> => {
      if ((await book.posts.get(cardId))?.messageId !== undefined) return;
      const found = await book.step(guildId, date, { kind: 'found', messageId });
      // Answers may have come before it was known where to count them.
      if (found?.post) this.answered(guildId, found.post);
      if (found?.schedule.toReveal.includes(date)) this.#attempt(guildId);
    };
    noting().catch((error: unknown) =>
      log.warn({ err: error, cardId }, 'Where a post is could not be stored'),
    );
  }

  async idle(): Promise<void> {
    await this.#attempts.idle();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waits.stop();
    await this.idle();
  }

  /** A schedule whose zone has no clock here is kept, and waits. */
  #arm(guildId: string, schedule: Schedule): void {
    const isRunning = schedule.on && isKnownHere(schedule.zone);
    this.#armed.set(guildId, { ...schedule, on: isRunning });
  }

  #due(guildId: string): ScheduledRun | undefined {
    const armed = this.#armed.get(guildId);
    if (!armed?.on) return undefined;
    return dueNow(armed, this.#armed.clock(armed.zone), this.#parts.clock.now());
  }

  #attempt(guildId: string): void {
    if (!this.#stopped) this.#attempts.start(guildId);
  }

  async #work(guildId: string): Promise<void> {
    try {
      if (!this.#waits.posts.isWaiting(guildId)) await this.#post(guildId);
      // Kicked meanwhile: nobody is left to tell, and nothing to show.
      if (!this.#isHere(guildId)) return;
      if (!this.#waits.tellings.isWaiting(guildId)) await this.#tell(guildId);
      if (!this.#waits.shows.isWaiting(guildId)) await this.#show(guildId);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#parts.log.error({ err: error, guildId }, 'The daily question waits for the store');
      if (this.#isHere(guildId)) this.#waits.stores.failed(guildId, () => this.#attempt(guildId));
    }
  }

  async #post(guildId: string): Promise<void> {
    const schedule = await this.#parts.book.schedules.get(guildId);
    if (!schedule || !this.#isHere(guildId)) return;
    if (!isKnownHere(schedule.zone)) return this.#reportZone(guildId, schedule);
    const run = this.#due(guildId);
    try {
      const left = schedule.posting?.date;
      if (left !== undefined && left !== run?.date) await this.#settle(guildId, left);
      if (run) await this.#posting.make(guildId, run);
      this.#waits.posts.clear(guildId);
    } catch (error) {
      if (error instanceof StoreError) throw error;
      await this.#failed(guildId, run, error);
    }
  }

  /** What was refused until its day was over is told as well. */
  async #settle(guildId: string, date: string): Promise<void> {
    const reason = await this.#posting.settle(guildId, date);
    if (reason === undefined) return;
    await this.#report(guildId, date, { reason, remedy: remedies.channel });
  }

  async #failed(guildId: string, run: ScheduledRun | undefined, error: unknown): Promise<void> {
    const { log } = this.#parts;
    if (!this.#isHere(guildId)) return;
    const { failures, retryAtMs } = this.#waits.posts.failed(guildId, () => this.#attempt(guildId));
    log.warn({ err: error, guildId, failures, retryAtMs }, 'The daily question could not be posted');
    if (!run) return;
    const hopeless = isHopeless(error);
    if (hopeless) this.#waits.posts.clear(guildId);
    const last = hopeless || this.#dateAt(guildId, retryAtMs) !== this.#dateAt(guildId, run.atMs);
    const patience = isUnreachable(error) ? reportAfter.unreachable : reportAfter.other;
    if (last || failures >= patience)
      await this.#report(guildId, run.date, failureWords(error), last ? undefined : retryAtMs);
  }

  async #reportZone(guildId: string, { zone }: Schedule): Promise<void> {
    this.#parts.log.warn({ guildId, zone }, 'This runtime has no clock for the zone of a daily question');
    const today = dateOf(this.#armed.clock('UTC').dayAt(this.#parts.clock.now()));
    await this.#report(guildId, today, { reason: zoneReason(zone), remedy: remedies.zone });
  }

  async #report(guildId: string, date: string, said: FailureWords, retryAtMs?: number): Promise<void> {
    await this.#parts.book.step(guildId, date, { kind: 'failed', date, ...said, retryAtMs });
  }

  async #tell(guildId: string): Promise<void> {
    if (await tellAdmin(this.#parts, guildId)) this.#waits.tellings.clear(guildId);
    else if (this.#isHere(guildId)) this.#waits.tellings.failed(guildId, () => this.#attempt(guildId));
  }

  async #show(guildId: string): Promise<void> {
    const failure = await this.#closing.show(guildId);
    if (!failure || failure === 'ours' || !this.#isHere(guildId)) return this.#waits.shows.clear(guildId);
    this.#waits.shows.failed(
      guildId,
      () => this.#attempt(guildId),
      failure === 'barred' ? hourMs : undefined,
    );
  }

  #isHere(guildId: string): boolean {
    return this.#armed.get(guildId) !== undefined;
  }

  #dateAt(guildId: string, atMs: number): string {
    const zone = this.#armed.get(guildId)?.zone ?? 'UTC';
    return dateOf(this.#armed.clock(zone).dayAt(atMs));
  }
}
