import { DiscordAPIError, RateLimitError, SnowflakeUtil } from 'discord.js';
import type { Logger } from 'pino';
import { ask, isCurrent, type Random } from '../../asking/asked.js';
import type { Bank } from '../../bank/bank.js';
import type { Picker, Stage } from '../../bank/picker.js';
import type { Question } from '../../bank/question.js';
import { isMessageGone, isUnreachable } from '../../discord/api-errors.js';
import type { Messenger, Outgoing } from '../../discord/outgoing.js';
import type { SentMessages, Whereabouts } from '../../discord/sent.js';
import { Batch } from '../../store/store.js';
import type { ScheduledRun } from '../../time/calendar.js';
import type { Clock } from '../../time/clock.js';
import { type DailyAnswer, dailyKinds, type Post, postId, postNonce, type Schedule } from '../records.js';
import type { Schedules } from '../schedule/schedules.js';
import { goneCard, type LastPost, postCard, revealedCard, type ShownCard } from './cards.js';
import type { PostState, Posts } from './posts.js';
import { recapOf } from './recap.js';

export interface PostingParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly random: Random;
  readonly bank: Bank;
  readonly picker: Picker;
  readonly messenger: Messenger;
  readonly sent: SentMessages;
  readonly schedules: Schedules;
  readonly posts: Posts;
}

/** No question fits the schedule's level and topic: trying again today does not help. */
export class NoQuestionError extends Error {
  override readonly name = 'NoQuestionError';
}

/** Another process has written the schedule in the meantime: it posts, and this one looks again later. */
export class OtherWriterError extends Error {
  override readonly name = 'OtherWriterError';
}

/** Discord gives back the first message for the same nonce for "a few minutes"; this is surely among them. */
const nonceHoldsMs = 2 * 60_000;

/** Closed cards that wait for their edit; older ones are let go. */
const mostToReveal = 5;

/**
 * Makes the post of a run so that there are never two for one day, wherever the process is killed:
 *
 * 1. The intent (which question, in which order, in which channel) is stored.
 * 2. The card is sent, with a nonce that is the same at every try.
 * 3. Stored together: the message's id, that the day is done, that the post before is closed.
 * 4. The card of the post before is edited; it stays on the schedule's list until that has worked.
 *
 * Killed before 1 is stored, nothing has happened. Killed before 3 is stored, the message may be there or not:
 * the next try looks for it in the channel. Where that cannot be known (no right to read the history), it is
 * sent again only while the nonce surely holds, and else counts as posted. Every card knows its post by its
 * buttons, so one whose message id was lost takes answers, and the first press gives the id back.
 */
export class Posting {
  readonly #parts: PostingParts;

  constructor(parts: PostingParts) {
    this.#parts = parts;
  }

  /** Makes the post of a run that is due. Rejects when it could not be made. */
  async make(serverId: string, run: ScheduledRun): Promise<void> {
    const schedule = await this.#mine(serverId);
    const started = await this.#intended(serverId, schedule, run);
    if (started && isThere(started.where))
      return this.#made(serverId, schedule, started.state, idOf(started.where));
    if (started?.where === 'unknown' && !nonceHolds(schedule, this.#parts.clock.now())) {
      this.#parts.log.warn(
        { serverId, date: run.date },
        'Whether the daily question was posted cannot be known: it counts as posted',
      );
      return this.#made(serverId, schedule, started.state, undefined);
    }
    const { state, schedule: intent } = await this.#intend(serverId, schedule, run, started?.state);
    const messageId = await this.#send(serverId, intent, state);
    await this.#made(serverId, intent, state, messageId);
  }

  /** Clears up after a post whose day is over: takes it in if it was sent, else drops it. */
  async settle(serverId: string): Promise<void> {
    const schedule = await this.#mine(serverId);
    if (!schedule.posting) return;
    const { schedules } = this.#parts;
    const started = await this.#intended(serverId, schedule, schedule.posting);
    if (started && isThere(started.where))
      await this.#made(serverId, schedule, started.state, idOf(started.where));
    else await schedules.save(serverId, { ...schedule, posting: undefined });
  }

  /** Edits the cards of closed posts. Rejects when one could not be edited and trying again makes sense. */
  async reveal(serverId: string): Promise<void> {
    const { schedules } = this.#parts;
    for (const date of (await schedules.read(serverId))?.toReveal ?? []) {
      const state = await this.#parts.posts.load(postId(serverId, date));
      if (state?.post.messageId) await this.#edit(state, state.post.messageId);
      const schedule = await schedules.read(serverId);
      if (!schedule) return;
      const toReveal = schedule.toReveal.filter((other) => other !== date);
      await schedules.save(serverId, { ...schedule, toReveal });
    }
  }

  /** Takes in the id of a post's message where it was lost: somebody has pressed a button of it. */
  async found(cardId: string, messageId: string): Promise<void> {
    const { posts } = this.#parts;
    const state = await posts.load(cardId);
    if (!state || state.post.messageId !== undefined) return;
    await posts.commit(new Batch(), [{ state, post: { ...state.post, messageId } }]);
    if (state.post.state === 'closed') await this.#edit(state, messageId);
  }

  /** The schedule, if nobody else has written it since. */
  async #mine(serverId: string): Promise<Schedule> {
    const { schedules } = this.#parts;
    const held = schedules.held(serverId);
    const stored = await schedules.read(serverId);
    if (held && stored && held.stamp === stored.stamp) return stored;
    if (stored) schedules.hold(serverId, stored);
    else schedules.forget(serverId);
    throw new OtherWriterError(`The schedule of server ${serverId} was written by another process`);
  }

  /** An earlier try at this run, and whether its message is there. */
  async #intended(
    serverId: string,
    { posting }: Schedule,
    { date }: { readonly date: string },
  ): Promise<{ readonly state: PostState; readonly where: Whereabouts | 'somewhere' } | undefined> {
    if (posting?.date !== date) return undefined;
    const state = await this.#parts.posts.load(postId(serverId, date));
    if (!state) return undefined;
    const { messageId } = state.post;
    if (messageId !== undefined) return { state, where: { messageId } };
    if (!posting.maybeSent) return { state, where: 'absent' };
    const where = await this.#parts.sent.find(state.post.channelId, state.id, posting.atMs);
    // Somebody has pressed its buttons, so it is there, wherever.
    if (state.given.size > 0 && typeof where === 'string') return { state, where: 'somewhere' };
    return { state, where };
  }

  async #intend(
    serverId: string,
    schedule: Schedule,
    run: ScheduledRun,
    earlier: PostState | undefined,
  ): Promise<{ readonly state: PostState; readonly schedule: Schedule }> {
    const { posts, schedules, clock } = this.#parts;
    const batch = new Batch();
    const { channelId, roleId } = schedule;
    const asked =
      earlier && this.#card(earlier.post)
        ? earlier.post.asked
        : await this.#choose(serverId, schedule, batch);
    const post: Post = {
      date: run.date,
      number: schedule.posts + 1,
      asked,
      channelId,
      roleId,
      state: 'intent',
      previous: await this.#previous(serverId, schedule),
    };
    const state = earlier ?? (await posts.begin(postId(serverId, run.date), post));
    const posting = { date: run.date, maybeSent: true, atMs: clock.now() };
    const intent = schedules.stage(batch, serverId, { ...schedule, posting });
    await posts.commit(batch, [{ state, post }]);
    schedules.hold(serverId, intent);
    return { state, schedule: intent };
  }

  async #choose(serverId: string, { level, topic }: Schedule, batch: Batch): Promise<Post['asked']> {
    const { picker, random } = this.#parts;
    const picked = await picker.pick(serverId, { level, topic, kinds: dailyKinds }, random);
    if (!picked) throw new NoQuestionError('No question fits the level and topic that were chosen');
    const { question, stage }: { question: Question; stage: Stage } = picked;
    stage(batch);
    return ask(question, random);
  }

  /** The date of the last post that people could see. */
  async #previous(serverId: string, { openDate }: Schedule): Promise<string | undefined> {
    if (openDate === undefined) return undefined;
    const state = await this.#parts.posts.load(postId(serverId, openDate));
    const seen = state && (state.post.messageId !== undefined || state.given.size > 0);
    return state && !seen ? state.post.previous : openDate;
  }

  async #send(serverId: string, schedule: Schedule, state: PostState): Promise<string> {
    const { messenger, schedules } = this.#parts;
    const card = this.#card(state.post);
    if (!card) throw new Error(`The question of ${state.id} is not in the bank`);
    const { number, channelId, roleId, date } = state.post;
    const last = await this.#last(serverId, schedule);
    const message = postCard({ id: state.id, number, card, roleId, last });
    try {
      return await messenger.send(channelId, { ...message, nonce: postNonce(serverId, date) });
    } catch (error) {
      const { posting } = schedule;
      if (isRefusal(error) && posting)
        await schedules.save(serverId, { ...schedule, posting: { ...posting, maybeSent: false } });
      throw error;
    }
  }

  async #last(serverId: string, { openDate }: Schedule): Promise<LastPost | undefined> {
    const state = openDate && (await this.#parts.posts.load(postId(serverId, openDate)));
    if (!state) return undefined;
    return { recap: recapOf(rowsOf(state)), card: this.#card(state.post) };
  }

  async #made(
    serverId: string,
    schedule: Schedule,
    state: PostState,
    messageId: string | undefined,
  ): Promise<void> {
    const { posts, schedules, clock, log } = this.#parts;
    const { date, number } = state.post;
    const openedAtMs = messageId === undefined ? clock.now() : SnowflakeUtil.timestampFrom(messageId);
    const before = schedule.openDate && (await posts.load(postId(serverId, schedule.openDate)));
    const batch = new Batch();
    const next = schedules.stage(batch, serverId, {
      ...schedule,
      posts: number,
      lastDate: date,
      openDate: date,
      posting: undefined,
      reported: undefined,
      toReveal: [...schedule.toReveal, ...(before ? [before.post.date] : [])].slice(-mostToReveal),
    });
    const changes: { readonly state: PostState; readonly post: Post }[] = [
      { state, post: { ...state.post, state: 'open', messageId, openedAtMs } },
    ];
    if (before)
      changes.push({ state: before, post: { ...before.post, state: 'closed', closedAtMs: openedAtMs } });
    await posts.commit(batch, changes);
    schedules.hold(serverId, next);
    log.info({ serverId, date, channelId: state.post.channelId, messageId }, 'The daily question is posted');
  }

  async #edit(state: PostState, messageId: string): Promise<void> {
    const { id, post } = state;
    const card = this.#card(post);
    const rows = rowsOf(state);
    const recap = recapOf(rows);
    const message: Outgoing = card
      ? revealedCard({ id, number: post.number, card, given: rows, recap })
      : goneCard(post.number, recap);
    try {
      await this.#parts.messenger.edit(post.channelId, messageId, message);
    } catch (error) {
      if (!isMessageGone(error) && !isUnreachable(error)) throw error;
      this.#parts.log.debug({ err: error, post: id }, 'A closed daily question could not be edited');
    }
  }

  #card({ asked }: Post): ShownCard | undefined {
    const { bank } = this.#parts;
    const question: Question | undefined = bank.get(asked.questionId);
    if (!isCurrent(question, asked)) return undefined;
    return { question, asked, topicTitle: bank.topic(question.topic)?.title ?? question.topic };
  }
}

const isThere = (where: Whereabouts | 'somewhere'): boolean => where !== 'absent' && where !== 'unknown';

const idOf = (where: Whereabouts | 'somewhere'): string | undefined =>
  typeof where === 'object' ? where.messageId : undefined;

const rowsOf = ({ given }: PostState): DailyAnswer[] => [...given.values()].map(({ row }) => row);

/** Discord has answered, and has not made the message. */
const isRefusal = (error: unknown): boolean =>
  (error instanceof DiscordAPIError && error.status < 500) || error instanceof RateLimitError;

const nonceHolds = ({ posting }: Schedule, nowMs: number): boolean =>
  posting !== undefined && nowMs - posting.atMs <= nonceHoldsMs;
