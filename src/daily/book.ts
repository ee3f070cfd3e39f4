import { ask, isCurrent } from '../asking/asked.js';
import type { Parts } from '../asking/parts.js';
import { dailySource } from '../ledger/rows.js';
import type { Ledger } from '../ledger/service.js';
import type { Fold } from '../store/log-slot.js';
import { HeldLogs } from '../store/logs.js';
import { HeldRecords, type RecordSlot } from '../store/records.js';
import type { Transaction } from '../store/transaction.js';
import { dayMs } from '../time/spans.js';
import { AllOpenError, AutoModError, NoQuestionError } from './errors.js';
import type { PostingEvent, PostingState } from './events.js';
import {
  type DailyAnswer,
  dailyAnswersLog,
  dailyKinds,
  holdsPoints,
  type Post,
  postId,
  postRecord,
  postsLog,
  type Schedule,
  scheduleRecord,
} from './records.js';
import { stepPosting } from './rules.js';

/** So long the open question is not asked elsewhere, should no other close it. */
const holdMs = 60 * dayMs;

/** By member: the answer that counts. */
const byMember: Fold<DailyAnswer, Map<string, DailyAnswer>> = {
  empty: () => new Map(),
  add: (given, row) => {
    if (!given.has(row.member)) given.set(row.member, row);
  },
  drop: (given, row) => {
    if (given.get(row.member)?.at === row.at) given.delete(row.member);
  },
};

export interface BookParts extends Pick<Parts, 'memory' | 'bank' | 'draws' | 'random' | 'clock'> {
  readonly ledger: Ledger;
  /** Told of each change of a schedule once it is durable. */
  changed(guildId: string, schedule: Schedule): void;
}

/** A change that a day's post is in. */
interface DayChange {
  readonly guildId: string;
  readonly date: string;
  readonly slot: RecordSlot<Schedule>;
  readonly change: Transaction;
}

/** Schedules, posts and answers on the disk, and what goes with each change of them. */
export class DailyBook {
  readonly schedules: HeldRecords<Schedule>;
  readonly posts: HeldRecords<Post>;
  readonly given: HeldLogs<DailyAnswer, Map<string, DailyAnswer>>;
  readonly list: HeldLogs<string>;
  readonly #parts: BookParts;

  constructor(parts: BookParts) {
    this.#parts = parts;
    this.schedules = new HeldRecords(parts.memory, scheduleRecord);
    this.posts = new HeldRecords(parts.memory, postRecord);
    this.given = new HeldLogs(parts.memory, dailyAnswersLog, byMember);
    this.list = new HeldLogs(parts.memory, postsLog);
  }

  /** Changes a schedule. Gives back what `change` made of it, or undefined where it leaves it as it is. */
  async setSchedule(
    guildId: string,
    change: (old: Schedule | undefined) => Schedule | undefined,
  ): Promise<Schedule | undefined> {
    const next = await this.schedules.use(guildId, (slot) => {
      const made = change(slot.value);
      if (made) slot.set(made);
      return made;
    });
    if (next) this.#parts.changed(guildId, next);
    return next;
  }

  /** What an event makes of a schedule and the post of a day; undefined where there is no schedule. */
  step(guildId: string, date: string, event: PostingEvent): Promise<PostingState | undefined> {
    return this.#using(guildId, (slot, change) => this.#step({ guildId, date, slot, change }, event));
  }

  /**
   * Stores that the post of a day is about to be sent; undefined when it is not to be made (any more).
   * @param week how the week went, for its last post
   * @throws NoQuestionError, AllOpenError or AutoModError without a question to ask
   */
  begin(guildId: string, date: string, week?: Post['week']): Promise<PostingState | undefined> {
    return this.#using(guildId, (slot, change) => {
      const schedule = slot.value;
      if (!schedule?.on || schedule.lastDate === date) return undefined;
      const earlier = change.at(this.posts, postId(guildId, date)).value;
      if (earlier && earlier.state !== 'intent') {
        this.#step({ guildId, date, slot, change }, { kind: 'done', date });
        return undefined;
      }
      const asked = this.#askedBefore(schedule, earlier) ?? this.#draw(guildId, date, schedule, change);
      const counts = this.#countsOf(asked, earlier);
      const previous = this.#previous(guildId, schedule, change);
      const atMs = this.#parts.clock.now();
      return this.#step(
        { guildId, date, slot, change },
        { kind: 'begun', date, asked, previous, week, counts, atMs },
      );
    });
  }

  /** Turns the schedule off and closes the open post; undefined where it was not on. */
  turnOff(guildId: string): Promise<PostingState | undefined> {
    return this.#using(guildId, (slot, change) => {
      const schedule = slot.value;
      if (!schedule?.on) return undefined;
      slot.set({ ...schedule, on: false });
      const atMs = this.#parts.clock.now();
      const date = schedule.openDate ?? '';
      return this.#step({ guildId, date, slot, change }, { kind: 'ended', atMs });
    });
  }

  /** In a change: books answers to a post that was closed, in this change or before. */
  count(change: Transaction, guildId: string, { date, counts }: Post, given: Iterable<DailyAnswer>): void {
    if (!counts) return;
    const source = dailySource(date);
    const rows = [...given].map(({ member, points, right, at }) => ({
      source,
      member,
      points,
      right,
      at,
      ...counts,
    }));
    if (rows.length > 0) this.#parts.ledger.book(change, guildId, rows);
  }

  /** The answers to the open post that are booked when it closes. */
  async held(guildId: string): Promise<DailyAnswer[]> {
    const date = (await this.schedules.get(guildId))?.openDate;
    if (date === undefined) return [];
    const id = postId(guildId, date);
    return this.given.use(id, ({ index }, change) => {
      const post = change.at(this.posts, id).value;
      return post && holdsPoints(post) ? [...index.values()] : [];
    });
  }

  /** All answers to a post that are durable. */
  answers(guildId: string, date: string): Promise<DailyAnswer[]> {
    return this.given.use(postId(guildId, date), ({ index }) => [...index.values()]);
  }

  async #using<T extends PostingState | undefined>(
    guildId: string,
    change: (slot: RecordSlot<Schedule>, transaction: Transaction) => T,
  ): Promise<T> {
    const { state, schedule } = await this.schedules.use(guildId, (slot, transaction) => {
      const before = slot.value;
      const made = change(slot, transaction);
      return { state: made, schedule: slot.value === before ? undefined : slot.value };
    });
    if (schedule) this.#parts.changed(guildId, schedule);
    return state;
  }

  #step({ guildId, date, slot, change }: DayChange, event: PostingEvent): PostingState | undefined {
    const schedule = slot.value;
    if (!schedule) return undefined;
    const { openDate } = schedule;
    const post = change.at(this.posts, postId(guildId, date));
    const before =
      openDate !== undefined && openDate !== date
        ? change.at(this.posts, postId(guildId, openDate))
        : undefined;
    const state = { schedule, post: post.value, before: before?.value };
    const next = stepPosting(state, event);
    if (next.schedule !== schedule) slot.set(next.schedule);
    if (next.post && next.post !== state.post) {
      if (!state.post) change.at(this.list, guildId).append([date]);
      post.set(next.post);
      if (next.post.state === 'closed') this.#closed(change, guildId, state.post, next.post);
    }
    if (next.before && next.before !== state.before) {
      before?.set(next.before);
      this.#closed(change, guildId, state.before, next.before);
    }
    if (event.kind === 'dropped') this.#parts.draws.close(change, guildId, openerOf(date));
    return next;
  }

  /** What goes with the closing of a post, once. */
  #closed(change: Transaction, guildId: string, before: Post | undefined, post: Post): void {
    if (before?.state === 'closed') return;
    const given = change.at(this.given, postId(guildId, post.date)).index;
    this.#parts.draws.close(change, guildId, openerOf(post.date));
    this.count(change, guildId, post, given.values());
  }

  /** Answers to a post of the first version may be booked already. */
  #countsOf({ questionId, rev }: Post['asked'], earlier: Post | undefined): Post['counts'] {
    const question = this.#parts.bank.get(questionId, rev);
    if (!question || (earlier && !earlier.counts)) return undefined;
    return { topic: question.topic, level: question.level };
  }

  /** The question of an earlier try, unless it has changed or AutoMod has blocked it. */
  #askedBefore({ posting }: Schedule, earlier: Post | undefined): Post['asked'] | undefined {
    if (!earlier || posting?.date !== earlier.date) return undefined;
    const { asked } = earlier;
    if (posting.barred?.includes(asked.questionId)) return undefined;
    return isCurrent(this.#parts.bank.get(asked.questionId, asked.rev), asked) ? asked : undefined;
  }

  #draw(guildId: string, date: string, schedule: Schedule, change: Transaction): Post['asked'] {
    const { bank, draws, random, clock } = this.#parts;
    const { level, topic, openDate, posting } = schedule;
    const filter = { level, topic, kinds: dailyKinds };
    if (bank.pool(filter).length === 0) throw new NoQuestionError();
    const nowMs = clock.now();
    const wanted = { scope: guildId, filter, opener: openerOf(date), nowMs, untilMs: nowMs + holdMs };
    let question = draws.draw(change, wanted);
    if (!question && openDate !== undefined) {
      // All that is left is the question that this post closes.
      draws.close(change, guildId, openerOf(openDate));
      question = draws.draw(change, wanted);
    }
    const barred = posting?.date === date ? (posting.barred ?? []) : [];
    if (barred.length > 0 && (!question || barred.includes(question.id))) throw new AutoModError();
    if (!question) throw new AllOpenError();
    return ask(question, random);
  }

  /** The date of the last post that people could see. */
  #previous(guildId: string, { openDate }: Schedule, change: Transaction): string | undefined {
    if (openDate === undefined) return undefined;
    const id = postId(guildId, openDate);
    const post = change.at(this.posts, id).value;
    if (!post || post.messageId !== undefined) return openDate;
    return change.at(this.given, id).index.size > 0 ? openDate : post.previous;
  }
}

/** By which the open question of a day is known to draws. */
const openerOf = (date: string): string => `daily:${date}`;
