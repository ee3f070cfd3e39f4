import { isUnreachable } from '../discord/api-errors.js';
import { StoreError } from '../store/store.js';
import type { ScheduledRun, WallClock } from '../time/calendar.js';
import { dateOf } from '../time/days.js';
import { hourMs, minuteMs, secondMs } from '../time/spans.js';
import { isKnownHere } from '../time/zones.js';
import { Attempts } from './post/attempts.js';
import { PostClosing, type PostClosingParts } from './post/closing.js';
import { DrawnPosts, type DrawnPostsParts } from './post/drawn.js';
import { Posting, type PostingParts } from './post/posting.js';
import { failureWords, isHopeless, tellAdmin } from './post/report.js';
import { type Post, parsePostId, type Schedule } from './records.js';
import { Armed } from './schedule/armed.js';
import { dueNow } from './schedule/timing.js';
import { Waits } from './waits.js';
import { remedies, zoneReason } from './words.js';

export type DailyRunnerParts = PostingParts & PostClosingParts & DrawnPostsParts;

/** A timer may fire a moment before its time. */
const earlyMs = secondMs;
/** Posts under way at once. Discord takes about 50 messages a second of a bot. */
const mostAtOnce = 25;
/** Failures in a row before the admin is told: some minutes for what the admin can mend, longer for outages. */
const reportAfter = { unreachable: 3, other: 5 } as const;

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
    this.#posting = new Posting(parts, this.#drawn);
    this.#closing = new PostClosing(parts);
    this.#attempts = new Attempts(mostAtOnce, (serverId) => this.#work(serverId), log);
    this.#waits = new Waits(clock);
    this.#tickedMs = clock.now();
  }

  get armed(): number {
    return this.#armed.size;
  }

  clock(zone: string): WallClock {
    return this.#armed.clock(zone);
  }

  zoneOf(serverId: string): string | undefined {
    return this.#armed.get(serverId)?.zone;
  }

  /** After somebody's answers were removed. */
  forget(): void {
    this.#drawn.forget();
  }

  /** Resolves when no post of the server is between sending and its record. */
  settled(serverId: string): Promise<void> {
    return this.#posting.settled(serverId);
  }

  /** Lets the card of an open post show, after a moment, how many have answered. */
  answered(serverId: string, { date, channelId, messageId }: Post): void {
    if (messageId === undefined || this.#stopped) return;
    this.#parts.edits.soon(channelId, messageId, () => this.#drawn.openCard(serverId, date));
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
    for (const serverId of candidates) {
      if (!this.#due(serverId)) continue;
      // What failed was another day's.
      this.#waits.posts.clear(serverId);
      this.#attempt(serverId);
    }
  }

  /** A server with a schedule became available. */
  arrived(serverId: string, schedule: Schedule): void {
    this.#arm(serverId, schedule);
    const { posting, toReveal, toTell } = schedule;
    const isWaiting = posting || toReveal.length > 0 || toTell || !isKnownHere(schedule.zone);
    if (isWaiting || this.#due(serverId)) this.#attempt(serverId);
  }

  /** A schedule has changed on the disk. */
  changed(serverId: string, schedule: Schedule): void {
    if (this.#armed.get(serverId)) this.#arm(serverId, schedule);
  }

  /** @returns whether a post comes now */
  wasSet(serverId: string, schedule: Schedule): boolean {
    this.#arm(serverId, schedule);
    this.#waits.posts.clear(serverId);
    const isDue = this.#due(serverId) !== undefined;
    if (isDue) this.#attempt(serverId);
    return isDue;
  }

  wasTurnedOff(serverId: string): void {
    this.#waits.posts.clear(serverId);
    this.#attempt(serverId);
  }

  serverGone(serverId: string): void {
    this.#armed.delete(serverId);
    this.#waits.clear(serverId);
  }

  /** A button of a post's message was pressed: heals a post whose message id was lost in a crash. */
  seen(cardId: string, messageId: string): void {
    const { serverId, date } = parsePostId(cardId) ?? {};
    if (serverId === undefined || date === undefined) return;
    const { book, log } = this.#parts;
    const noting = async (): Promise<void> => {
      if ((await book.posts.get(cardId))?.messageId !== undefined) return;
      const found = await book.step(serverId, date, { kind: 'found', messageId });
      if (found?.schedule.toReveal.includes(date)) this.#attempt(serverId);
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
  #arm(serverId: string, schedule: Schedule): void {
    const isRunning = schedule.on && isKnownHere(schedule.zone);
    this.#armed.set(serverId, { ...schedule, on: isRunning });
  }

  #due(serverId: string): ScheduledRun | undefined {
    const armed = this.#armed.get(serverId);
    if (!armed?.on) return undefined;
    return dueNow(armed, this.#armed.clock(armed.zone), this.#parts.clock.now());
  }

  #attempt(serverId: string): void {
    if (!this.#stopped) this.#attempts.start(serverId);
  }

  async #work(serverId: string): Promise<void> {
    try {
      if (!this.#waits.posts.isWaiting(serverId)) await this.#post(serverId);
      // Kicked meanwhile: nobody is left to tell, and nothing to show.
      if (!this.#isHere(serverId)) return;
      if (!this.#waits.tellings.isWaiting(serverId)) await this.#tell(serverId);
      if (!this.#waits.shows.isWaiting(serverId)) await this.#show(serverId);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      this.#parts.log.error({ err: error, serverId }, 'The daily question waits for the store');
      if (this.#isHere(serverId)) this.#waits.stores.failed(serverId, () => this.#attempt(serverId));
    }
  }

  async #post(serverId: string): Promise<void> {
    const schedule = await this.#parts.book.schedules.get(serverId);
    if (!schedule || !this.#isHere(serverId)) return;
    if (!isKnownHere(schedule.zone)) return this.#reportZone(serverId, schedule);
    const run = this.#due(serverId);
    try {
      const left = schedule.posting?.date;
      if (left !== undefined && left !== run?.date) await this.#settle(serverId, left);
      if (run) await this.#posting.make(serverId, run);
      this.#waits.posts.clear(serverId);
    } catch (error) {
      if (error instanceof StoreError) throw error;
      await this.#failed(serverId, run, error);
    }
  }

  /** What was refused until its day was over is told as well. */
  async #settle(serverId: string, date: string): Promise<void> {
    const reason = await this.#posting.settle(serverId, date);
    if (reason === undefined) return;
    await this.#report(serverId, date, { reason, remedy: remedies.channel }, undefined);
  }

  async #failed(serverId: string, run: ScheduledRun | undefined, error: unknown): Promise<void> {
    const { log } = this.#parts;
    if (!this.#isHere(serverId)) return;
    const { failures, retryAtMs } = this.#waits.posts.failed(serverId, () => this.#attempt(serverId));
    log.warn({ err: error, serverId, failures, retryAtMs }, 'The daily question could not be posted');
    if (!run) return;
    const hopeless = isHopeless(error);
    if (hopeless) this.#waits.posts.clear(serverId);
    const last = hopeless || this.#dateAt(serverId, retryAtMs) !== this.#dateAt(serverId, run.atMs);
    const patience = isUnreachable(error) ? reportAfter.unreachable : reportAfter.other;
    if (last || failures >= patience)
      await this.#report(serverId, run.date, failureWords(error), last ? undefined : retryAtMs);
  }

  async #reportZone(serverId: string, { zone }: Schedule): Promise<void> {
    this.#parts.log.warn({ serverId, zone }, 'This runtime has no clock for the zone of a daily question');
    const today = dateOf(this.#armed.clock('UTC').dayAt(this.#parts.clock.now()));
    await this.#report(serverId, today, { reason: zoneReason(zone), remedy: remedies.zone }, undefined);
  }

  async #report(
    serverId: string,
    date: string,
    said: { readonly reason: string; readonly remedy: string },
    retryAtMs: number | undefined,
  ): Promise<void> {
    await this.#parts.book.step(serverId, date, { kind: 'failed', date, ...said, retryAtMs });
  }

  async #tell(serverId: string): Promise<void> {
    if (await tellAdmin(this.#parts, serverId)) this.#waits.tellings.clear(serverId);
    else if (this.#isHere(serverId)) this.#waits.tellings.failed(serverId, () => this.#attempt(serverId));
  }

  async #show(serverId: string): Promise<void> {
    const failure = await this.#closing.show(serverId);
    if (!failure || failure === 'ours' || !this.#isHere(serverId)) return this.#waits.shows.clear(serverId);
    this.#waits.shows.failed(
      serverId,
      () => this.#attempt(serverId),
      failure === 'barred' ? hourMs : undefined,
    );
  }

  #isHere(serverId: string): boolean {
    return this.#armed.get(serverId) !== undefined;
  }

  #dateAt(serverId: string, atMs: number): string {
    const zone = this.#armed.get(serverId)?.zone ?? 'UTC';
    return dateOf(this.#armed.clock(zone).dayAt(atMs));
  }
}
