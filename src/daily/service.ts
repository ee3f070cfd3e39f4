import { z } from 'zod';
import type { PastAsking } from '../asked/past.js';
import { ask } from '../asking/asked.js';
import type { Answerer, CardAnswers, OpenCard } from '../asking/card-answers.js';
import { cardRoutes } from '../asking/card-routes.js';
import type { Parts } from '../asking/parts.js';
import { type ClassmateHelp, helpOnCard, isRightOnCard } from '../asking/peek.js';
import type { Answer } from '../bank/question.js';
import { plain } from '../discord/components.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Belonging, Route } from '../discord/route.js';
import { placeAfter, type SchedulePlace } from '../schedule/place.js';
import { Scheduled } from '../schedule/scheduled.js';
import { runsAfter } from '../schedule/timing.js';
import type { Clock } from '../time/clock.js';
import { isKnownHere } from '../time/zones.js';
import { DailyBook } from './book.js';
import { DailyForgetting } from './forgetting.js';
import { dailyOfMember } from './member-data.js';
import { pastPosts } from './past.js';
import { Answering } from './post/answering.js';
import { dailyFeature } from './post/cards.js';
import { UnrevealedPosts } from './post/unrevealed.js';
import { dailyKinds, parsePostId, postId, type Schedule } from './records.js';
import { DailyRunner } from './runner.js';
import {
  confirmation,
  dailyPreviewCard,
  type OpenPost,
  offNotice,
  type ScheduleView,
  scheduleStatusCard,
} from './schedule/cards.js';
import { changedSchedule, type ScheduleChange } from './schedule/change.js';
import * as words from './words.js';

export interface DailyParts extends Omit<Parts, 'zoneOf'> {
  /** The machine's own clock; absent: the same as `clock`. */
  readonly machine?: Clock;
  /** Whether a server has (still) a role. */
  readonly roleExists: (guildId: string, roleId: string) => boolean;
}

const runsShown = 5;

/** Posts the daily questions of the servers that this process serves, and takes their answers. */
export class DailyPoster extends Scheduled<Schedule> implements CardAnswers {
  readonly name = dailyFeature;
  readonly feature = dailyFeature;
  readonly memberData = dailyOfMember;
  readonly cardId = z.string().refine((id) => parsePostId(id) !== undefined);
  readonly routes: Readonly<Record<string, Route>>;
  readonly unrevealed: UnrevealedPosts;
  readonly #parts: DailyParts;
  readonly #book: DailyBook;
  readonly #runner: DailyRunner;
  readonly #answering: Answering;
  readonly #forgetting: DailyForgetting;

  constructor(parts: DailyParts) {
    const { memory, log } = parts;
    const book = new DailyBook({ ...parts, changed: (id, schedule) => runner.changed(id, schedule) });
    const runner: DailyRunner = new DailyRunner({ ...parts, book });
    super({ ...parts, runner, what: 'daily question', read: (ids) => book.schedules.present(ids) });
    this.#parts = parts;
    this.#book = book;
    this.unrevealed = new UnrevealedPosts(book);
    this.#runner = runner;
    this.#answering = new Answering({
      ...parts,
      book,
      zoneOf: (guildId) => this.zoneOf(guildId),
      settled: (guildId) => runner.settled(guildId),
      answered: (guildId, openPost) => runner.answered(guildId, openPost),
    });
    this.#forgetting = new DailyForgetting(memory, book);
    this.routes = cardRoutes(this, log);
  }

  /** How many schedules are armed here. */
  get armed(): number {
    return this.#runner.armed;
  }

  /** Removes the schedule of a server, its posts and their answers. After a failure: once more. */
  async forgetScope(guildId: string): Promise<void> {
    this.serverGone(guildId);
    await this.#forgetting.server(guildId);
  }

  /** Removes a member's answers to all daily questions of a server. After a failure: once more. */
  async forgetMember(guildId: string, member: string): Promise<void> {
    await this.#forgetting.member(guildId, member);
    this.#runner.forget();
  }

  exportMember(guildId: string, member: string): Promise<unknown> {
    return this.#forgetting.export(guildId, member);
  }

  membersOf(guildId: string): AsyncIterable<string> {
    return this.#forgetting.people(guildId);
  }

  /** Who set a schedule, and who answered its posts. */
  async scopesWithMembers(guildIds: readonly string[]): Promise<readonly string[]> {
    const { schedules, list } = this.#book;
    return [...(await schedules.present(guildIds)).keys(), ...(await list.begun(guildIds))];
  }

  pastAskings(guildId: string): AsyncGenerator<PastAsking> {
    const { bank } = this.#parts;
    return pastPosts({ book: this.#book, bank, zoneOf: (id) => this.zoneOf(id) }, guildId);
  }

  scopesWithPast(guildIds: readonly string[]): Promise<readonly string[]> {
    return this.#book.list.begun(guildIds);
  }

  /** The zone by whose calendar the server's days, weeks and months are counted; one that this runtime knows. */
  async zoneOf(guildId: string): Promise<string> {
    const zone = this.#runner.zoneOf(guildId) ?? (await this.#book.schedules.get(guildId))?.zone;
    return zone !== undefined && isKnownHere(zone) ? zone : 'UTC';
  }

  /** The open post of a server and the one before it, by which streaks are judged. */
  async openDaily(
    guildId: string,
  ): Promise<{ readonly date: string; readonly previous?: string | undefined } | undefined> {
    const date = (await this.#book.schedules.get(guildId))?.openDate;
    if (date === undefined) return undefined;
    return { date, previous: (await this.#book.posts.get(postId(guildId, date)))?.previous };
  }

  /** The points of a member that are booked when the open post closes. */
  async heldPoints(guildId: string, member: string): Promise<number> {
    const own = (await this.#book.held(guildId)).find((row) => row.member === member);
    return own?.points ?? 0;
  }

  /** Where a change would have the questions posted, to be checked before it is made. */
  async placeOf(
    guildId: string,
    change: Pick<ScheduleChange, 'channelId' | 'roleId'>,
    here: string,
  ): Promise<SchedulePlace> {
    return placeAfter(change, await this.#book.schedules.get(guildId), here);
  }

  /**
   * Starts the daily question, or changes what is given of it. Gives back the confirmation.
   * @param here where it is posted when no channel was ever given
   * @throws UserError without a time zone the first time, or when no question fits
   */
  async set(guildId: string, by: string, change: ScheduleChange, here: string): Promise<Outgoing> {
    const { clock, bank } = this.#parts;
    const schedule = await this.#book.setSchedule(guildId, (old) => {
      const next = changedSchedule(old, change, { by, here, nowMs: clock.now() });
      if (bank.pool({ level: next.level, topic: next.topic, kinds: dailyKinds }).length === 0)
        throw new UserError(words.noQuestion);
      return next;
    });
    if (!schedule) throw new TypeError('A change always gives a schedule');
    return confirmation(this.#view(schedule), this.#runner.wasSet(guildId, schedule));
  }

  /** Ends the daily question until it is set again; the open one closes. */
  async off(guildId: string): Promise<Outgoing> {
    const old = await this.#book.schedules.get(guildId);
    if (!old) return plain(words.neverSet);
    const off = await this.#book.turnOff(guildId);
    if (!off) return plain(words.wasOff);
    this.#runner.wasTurnedOff(guildId);
    return offNotice(off.schedule, off.post?.closedAtMs !== undefined);
  }

  async status(guildId: string): Promise<Outgoing> {
    const schedule = await this.#book.schedules.get(guildId);
    if (!schedule) return plain(words.neverSet);
    return scheduleStatusCard(this.#view(schedule), { guildId, open: await this.#open(guildId, schedule) });
  }

  /** How a post will look, with a question that is not thereby used up. */
  async preview(guildId: string): Promise<Outgoing> {
    const { bank, random } = this.#parts;
    const schedule = await this.#book.schedules.get(guildId);
    const pool = bank.pool({ level: schedule?.level, topic: schedule?.topic, kinds: dailyKinds });
    const question = pool[Math.floor(random() * pool.length)];
    if (!question) throw new UserError(words.noQuestion);
    const topicTitle = bank.titleOf(question.topic);
    const card = { question, asked: ask(question, random), topicTitle };
    return dailyPreviewCard({ roleId: schedule?.roleId }, card, (schedule?.posts ?? 0) + 1);
  }

  isRight(customId: string): Promise<boolean | undefined> {
    return isRightOnCard(this, customId);
  }

  /** What a card's picker or form takes, for the sandbox's classmates. */
  helpFor(customId: string): Promise<ClassmateHelp | undefined> {
    return helpOnCard(this, customId);
  }

  seen(cardId: string, messageId: string): void {
    this.#runner.seen(cardId, messageId);
  }

  async belongsTo(cardId: string): Promise<Belonging | undefined> {
    const guildId = parsePostId(cardId)?.guildId;
    const channelId = (await this.#book.posts.get(cardId))?.channelId;
    return guildId && channelId ? { guildId, channelId } : undefined;
  }

  open(cardId: string, member: string): Promise<OpenCard | Outgoing> {
    return this.#answering.open(cardId, member);
  }

  submit(cardId: string, answerer: Answerer, answer: Answer, atMs: number): Promise<Outgoing> {
    return this.#answering.submit(cardId, answerer, answer, atMs);
  }

  #view(schedule: Schedule): ScheduleView {
    const { bank, clock } = this.#parts;
    const isZoneKnown = isKnownHere(schedule.zone);
    return {
      schedule,
      isZoneKnown,
      topicTitle: schedule.topic && bank.titleOf(schedule.topic),
      runs: isZoneKnown ? runsAfter(schedule, this.#runner.clock(schedule.zone), clock.now(), runsShown) : [],
    };
  }

  async #open(guildId: string, { openDate }: Schedule): Promise<OpenPost | undefined> {
    if (openDate === undefined) return undefined;
    const post = await this.#book.posts.get(postId(guildId, openDate));
    if (post?.state !== 'open') return undefined;
    const { channelId, messageId, number } = post;
    const answered = (await this.#book.answers(guildId, openDate)).length;
    return { channelId, messageId, number, answered };
  }
}
