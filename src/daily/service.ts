import type { Logger } from 'pino';
import { z } from 'zod';
import { ask, type Random } from '../asking/asked.js';
import type { Answerer, CardAnswers, OpenCard } from '../asking/card-answers.js';
import { nobody } from '../asking/nobody.js';
import type { Bank } from '../bank/bank.js';
import type { Picker } from '../bank/picker.js';
import type { Answer } from '../bank/question.js';
import { isUnreachable } from '../discord/api-errors.js';
import { UserError } from '../discord/errors.js';
import type { Messenger, Outgoing } from '../discord/outgoing.js';
import type { Belonging } from '../discord/route.js';
import type { SentMessages } from '../discord/sent.js';
import type { Scores } from '../ledger/ledger.js';
import type { Profiles } from '../profiles/profiles.js';
import { KeyedQueue } from '../store/queue.js';
import { Batch, type Store } from '../store/store.js';
import { dateOf, dueRun, nextRuns, type ScheduledRun } from '../time/calendar.js';
import type { Clock } from '../time/clock.js';
import { everyMinute } from '../time/minute.js';
import { Answering } from './post/answering.js';
import { Backoff } from './post/backoff.js';
import { dailyFeature } from './post/cards.js';
import { NoQuestionError, OtherWriterError, Posting } from './post/posting.js';
import { Posts } from './post/posts.js';
import { report } from './post/report.js';
import { Slots } from './post/slots.js';
import { dailyKinds, parsePostId, postId, type Schedule, scheduleRecord } from './records.js';
import {
  confirmation,
  neverSet,
  type OpenPost,
  offNotice,
  previewCard,
  type ScheduleView,
  scheduleStatusCard,
} from './schedule/cards.js';
import { changed, type ScheduleChange } from './schedule/change.js';
import { Schedules } from './schedule/schedules.js';

export interface DailyParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: Random;
  readonly bank: Bank;
  readonly picker: Picker;
  readonly scores: Scores;
  readonly profiles: Profiles;
  readonly messenger: Messenger;
  readonly sent: SentMessages;
}

const noQuestion =
  'No question fits that level and topic. Choose another level, another topic, or leave one of them out.';

const minuteMs = 60_000;
/** A timer may fire a moment before its time. */
const earlyMs = 1_000;
/** Posts under way at once. Discord takes about 50 messages a second of a bot. */
const mostAtOnce = 25;
const runsShown = 5;
/** Failures in a row before the admin is told: some minutes for what the admin can mend, longer for outages. */
const reportAfter = { unreachable: 3, other: 5 } as const;

/** Posts the daily questions of the servers that this process serves, and takes their answers. */
export class DailyPoster implements CardAnswers {
  readonly feature = dailyFeature;
  readonly cardId = z.string().refine((id) => parsePostId(id) !== undefined);
  readonly #parts: DailyParts;
  readonly #schedules: Schedules;
  readonly #posts: Posts;
  readonly #posting: Posting;
  readonly #answering: Answering;
  readonly #queue = new KeyedQueue();
  readonly #slots = new Slots(mostAtOnce);
  readonly #retries: Backoff;
  readonly #underWay = new Set<Promise<void>>();
  #minutes: { stop(): void } | undefined;
  #tickedMs: number;
  #stopped = false;

  constructor(parts: DailyParts) {
    this.#parts = parts;
    this.#schedules = new Schedules(parts.store, parts.random);
    this.#posts = new Posts(parts.store);
    this.#posting = new Posting({ ...parts, schedules: this.#schedules, posts: this.#posts });
    this.#answering = new Answering({
      ...parts,
      posts: this.#posts,
      wallClock: async (serverId) => this.#schedules.clock(await this.zoneOf(serverId)),
    });
    this.#retries = new Backoff(parts.clock);
    this.#tickedMs = parts.clock.now();
  }

  /** Lets every minute be looked at from now on. */
  start(): void {
    this.#minutes ??= everyMinute(() => this.tick(), this.#parts.clock, this.#parts.log);
  }

  /** Starts nothing any more, and waits for what is under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#minutes?.stop();
    this.#minutes = undefined;
    this.#retries.stop();
    await this.idle();
  }

  /** Resolves when no post is under way; timers of later tries do not count. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** How many schedules are armed here. */
  get armed(): number {
    return this.#schedules.armed;
  }

  /** Starts the posts of all runs since the tick before; called every minute, late or not. */
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
    const candidates = this.#schedules.candidates(Math.min(this.#tickedMs, nowMs), nowMs);
    this.#tickedMs = nowMs;
    for (const serverId of candidates) if (this.#due(serverId)) this.#attempt(serverId);
  }

  /**
   * Reads and arms the schedules of servers that became available, at the start or later, and makes up for a
   * post that is missing today. Again for the same server does no harm.
   */
  async serversReady(serverIds: readonly string[]): Promise<void> {
    await this.#schedules.load(serverIds, (serverId, { posting, toReveal }) => {
      if (posting || toReveal.length > 0 || this.#due(serverId)) this.#attempt(serverId);
    });
  }

  /** The bot is no longer in the server; its records stay. */
  serverGone(serverId: string): void {
    this.#schedules.forget(serverId);
    this.#retries.clear(serverId);
  }

  /** Removes the schedule of a server, its posts and their answers. After a failure: once more. */
  async forgetScope(serverId: string): Promise<void> {
    await this.#queue.run(serverId, async () => {
      this.serverGone(serverId);
      await this.#posts.forgetServer(serverId);
      await this.#parts.store.commit(new Batch().remove(scheduleRecord, serverId));
    });
  }

  /**
   * Removes a member's answers to all daily questions of a server. A schedule that they set runs on; nobody is
   * told of its failures then. After a failure: once more.
   */
  async forgetMember(serverId: string, member: string): Promise<void> {
    await this.#queue.run(serverId, async () => {
      const schedule = await this.#schedules.read(serverId);
      if (schedule?.setBy === member) await this.#schedules.save(serverId, { ...schedule, setBy: nobody });
      await this.#posts.forgetMember(serverId, member);
    });
  }

  /** The zone by whose calendar the server's days, weeks and months are counted. */
  async zoneOf(serverId: string): Promise<string> {
    return (await this.#schedules.zoneOf(serverId)) ?? 'UTC';
  }

  /** Where a change would have the questions posted, to be checked before it is made. */
  async placeOf(
    serverId: string,
    change: Pick<ScheduleChange, 'channelId' | 'roleId'>,
    here: string,
  ): Promise<{ channelId: string; roleId?: string | undefined }> {
    const old = await this.#schedules.read(serverId);
    const kept = old?.on ? old : undefined;
    return {
      channelId: change.channelId ?? kept?.channelId ?? here,
      roleId: change.roleId ?? kept?.roleId,
    };
  }

  /**
   * Starts the daily question, or changes what is given of it. Gives back the confirmation.
   * @param here where it is posted when no channel was ever given
   * @throws UserError without a time zone the first time, or when no question fits
   */
  async set(serverId: string, by: string, change: ScheduleChange, here: string): Promise<Outgoing> {
    return this.#queue.run(serverId, async () => {
      const old = await this.#schedules.read(serverId);
      const { clock, bank } = this.#parts;
      const next = changed(old, change, { by, here, nowMs: clock.now() });
      if (bank.pool({ level: next.level, topic: next.topic, kinds: dailyKinds }).length === 0)
        throw new UserError(noQuestion);
      const schedule = await this.#schedules.save(serverId, next);
      this.#retries.clear(serverId);
      const due = this.#due(serverId) !== undefined;
      if (due) this.#attempt(serverId);
      return confirmation(this.#view(schedule), due);
    });
  }

  /** Ends the daily question until it is set again. */
  async off(serverId: string): Promise<Outgoing> {
    return this.#queue.run(serverId, async () => {
      const schedule = await this.#schedules.read(serverId);
      if (!schedule?.on) return schedule ? offNotice(schedule) : neverSet;
      this.#retries.clear(serverId);
      return offNotice(await this.#schedules.save(serverId, { ...schedule, on: false }));
    });
  }

  async status(serverId: string): Promise<Outgoing> {
    const schedule = await this.#schedules.read(serverId);
    if (!schedule) return neverSet;
    return scheduleStatusCard(this.#view(schedule), { serverId, open: await this.#open(serverId, schedule) });
  }

  /** How a post will look, with a question that is not thereby used up. */
  async preview(serverId: string): Promise<Outgoing> {
    const { bank, random } = this.#parts;
    const schedule = await this.#schedules.read(serverId);
    const pool = bank.pool({ level: schedule?.level, topic: schedule?.topic, kinds: dailyKinds });
    const question = pool[Math.floor(random() * pool.length)];
    if (!question) throw new UserError(noQuestion);
    const topicTitle = bank.topic(question.topic)?.title ?? question.topic;
    const card = { question, asked: ask(question, random), topicTitle };
    return previewCard({ roleId: schedule?.roleId }, card, (schedule?.posts ?? 0) + 1);
  }

  /** A button of a post's message was pressed: heals a post whose message id was lost in a crash. */
  seen(cardId: string, messageId: string): void {
    const serverId = parsePostId(cardId)?.serverId;
    const held = this.#posts.held(cardId);
    if (!serverId || held?.post.messageId !== undefined) return;
    this.#track(
      serverId,
      this.#queue.run(serverId, () => this.#posting.found(cardId, messageId)),
    );
  }

  async belongsTo(cardId: string): Promise<Belonging | undefined> {
    const guildId = parsePostId(cardId)?.serverId;
    const channelId = (await this.#posts.load(cardId))?.post.channelId;
    return guildId && channelId ? { guildId, channelId } : undefined;
  }

  async open(cardId: string, member: string): Promise<OpenCard | Outgoing> {
    return this.#answering.open(cardId, member);
  }

  async submit(cardId: string, answerer: Answerer, answer: Answer, atMs: number): Promise<Outgoing> {
    return this.#answering.submit(cardId, answerer, answer, atMs);
  }

  #view(schedule: Schedule): ScheduleView {
    const { bank, clock } = this.#parts;
    const wall = this.#schedules.clock(schedule.zone);
    return {
      schedule,
      topicTitle: schedule.topic && bank.topic(schedule.topic)?.title,
      runs: nextRuns(schedule, wall, clock.now(), runsShown),
    };
  }

  async #open(serverId: string, { openDate }: Schedule): Promise<OpenPost | undefined> {
    const state = openDate && (await this.#posts.load(postId(serverId, openDate)));
    if (!state) return undefined;
    const { channelId, messageId, number } = state.post;
    return { channelId, messageId, number, answered: state.given.size };
  }

  #due(serverId: string): ScheduledRun | undefined {
    const held = this.#schedules.held(serverId);
    if (!held?.on) return undefined;
    return dueRun(held, this.#schedules.clock(held.zone), this.#parts.clock.now());
  }

  /** Does what is to be done for a server now, one thing at a time for each. */
  #attempt(serverId: string): void {
    this.#track(
      serverId,
      this.#slots.run(() => this.#queue.run(serverId, () => this.#catchUp(serverId))),
    );
  }

  #track(serverId: string, work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => {
        this.#parts.log.error({ err: error, serverId }, 'The daily question could not be looked after');
      })
      .finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }

  async #catchUp(serverId: string): Promise<void> {
    const run = this.#due(serverId);
    try {
      const posting = (await this.#schedules.read(serverId))?.posting;
      if (posting && posting.date !== run?.date) await this.#posting.settle(serverId);
      if (run) await this.#posting.make(serverId, run);
      await this.#posting.reveal(serverId);
      this.#retries.clear(serverId);
    } catch (error) {
      await this.#failed(serverId, error);
    }
  }

  async #failed(serverId: string, error: unknown): Promise<void> {
    const { log } = this.#parts;
    const { failures, retryAtMs } = this.#retries.failed(serverId, () => this.#attempt(serverId));
    const run = this.#due(serverId);
    if (error instanceof OtherWriterError) return log.debug({ err: error, serverId }, error.message);
    const context = { err: error, serverId, failures, retryAtMs };
    if (!run) return log.warn(context, 'A closed daily question could not be shown as closed');
    log.warn(context, 'The daily question could not be posted');
    const hopeless = error instanceof NoQuestionError;
    if (hopeless) this.#retries.clear(serverId);
    const last = hopeless || this.#dateAt(serverId, retryAtMs) !== this.#dateAt(serverId, run.atMs);
    const patience = isUnreachable(error) ? reportAfter.unreachable : reportAfter.other;
    if (last || failures >= patience)
      await report(
        { ...this.#parts, schedules: this.#schedules },
        { serverId, run, error, retryAtMs: last ? undefined : retryAtMs },
      );
  }

  #dateAt(serverId: string, atMs: number): string {
    const zone = this.#schedules.held(serverId)?.zone ?? 'UTC';
    return dateOf(this.#schedules.clock(zone).dayAt(atMs));
  }
}
