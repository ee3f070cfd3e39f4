import { SnowflakeUtil } from 'discord.js';
import type { Logger } from 'pino';
import type { LatenessMetrics } from '../../asking/answer-metrics.js';
import { nobody } from '../../asking/nobody.js';
import { isSendRefused, isTextRefused, reasonOf } from '../../discord/api-errors.js';
import { placeLink, plain } from '../../discord/components.js';
import { type Messenger, nonceHoldsMs } from '../../discord/outgoing.js';
import { type SentMessages, standingId, type Whereabouts } from '../../discord/sent.js';
import type { ScheduledRun } from '../../time/calendar.js';
import type { Clock } from '../../time/clock.js';
import type { DailyBook } from '../book.js';
import { AutoModError } from '../errors.js';
import type { PostingState } from '../events.js';
import { type Post, postId, postNonce, type Schedule } from '../records.js';
import { autoModPassed } from '../words.js';
import type { DrawnPosts } from './drawn.js';

export interface PostingParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly messenger: Messenger;
  readonly sent: SentMessages;
  readonly book: DailyBook;
  readonly metrics: LatenessMetrics;
  /** Whether a server has (still) a role. */
  readonly roleExists: (guildId: string, roleId: string) => boolean;
  /** A post is there that was sent before: it may have been answered since. */
  readonly found: (guildId: string, post: Post) => void;
}

/** Questions that are tried while AutoMod blocks one after the other. */
const mostBarred = 4;

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
  readonly #cards: DrawnPosts;
  /** By server: posts of which it is not settled yet whether they are there. */
  readonly #underWay = new Map<string, Promise<unknown>>();

  constructor(parts: PostingParts, cards: DrawnPosts) {
    this.#parts = parts;
    this.#cards = cards;
  }

  /**
   * Resolves when no post of the server is between sending and its record: until then the card before it is open,
   * although the new one may have shown its answer.
   */
  async settled(guildId: string): Promise<void> {
    await this.#underWay.get(guildId);
  }

  /** Makes the post of a run that is due. Rejects when it could not be made. */
  make(guildId: string, run: ScheduledRun): Promise<void> {
    return this.#exclusively(guildId, async () => {
      const earlier = await this.#earlier(guildId, run.date);
      if (earlier && this.#countsAsThere(earlier)) {
        const post = await this.#made(guildId, run.date, standingId(earlier.where));
        if (post) this.#parts.found(guildId, post);
        return;
      }
      await this.#send(guildId, run.date);
      this.#parts.metrics.late('daily', this.#parts.clock.now() - run.atMs);
    });
  }

  /**
   * Clears up after a post whose day is over: takes it in if it was sent, else drops it.
   * @returns Discord's words for why it was not sent, where it said so
   */
  settle(guildId: string, date: string): Promise<string | undefined> {
    return this.#exclusively(guildId, async () => {
      const earlier = await this.#earlier(guildId, date);
      if (earlier && isThere(earlier.where)) {
        await this.#made(guildId, date, standingId(earlier.where));
        return undefined;
      }
      await this.#parts.book.step(guildId, date, { kind: 'dropped', date });
      return earlier?.posting.reason;
    });
  }

  #exclusively<T>(guildId: string, work: () => Promise<T>): Promise<T> {
    const working = work();
    const rest = working
      .then(ignore, ignore)
      .finally(() => this.#underWay.get(guildId) === rest && this.#underWay.delete(guildId));
    this.#underWay.set(guildId, rest);
    return working;
  }

  /** An earlier try at this day, and whether its message is there. */
  async #earlier(guildId: string, date: string): Promise<Earlier | undefined> {
    const { book, sent } = this.#parts;
    const posting = (await book.schedules.get(guildId))?.posting;
    if (posting?.date !== date) return undefined;
    const id = postId(guildId, date);
    const post = await book.posts.get(id);
    if (!post) return undefined;
    if (post.messageId !== undefined) return { posting, where: { messageId: post.messageId } };
    if (!posting.maybeSent) return { posting, where: 'absent' };
    const where = await sent.find(post.channelId, id, posting.atMs);
    // Somebody has pressed its buttons, so it is there, wherever.
    const isPressed = typeof where === 'string' && (await book.answers(guildId, date)).length > 0;
    return { posting, where: isPressed ? 'somewhere' : where };
  }

  #countsAsThere({ posting, where }: Earlier): boolean {
    if (isThere(where)) return true;
    const nonceHolds = this.#parts.clock.now() - posting.atMs <= nonceHoldsMs;
    if (where !== 'unknown' || nonceHolds) return false;
    this.#parts.log.warn(
      { date: posting.date },
      'Whether the daily question was posted cannot be known: it counts as posted',
    );
    return true;
  }

  async #send(guildId: string, date: string): Promise<void> {
    for (let tries = 1; ; tries++) {
      await this.#forgetRole(guildId, date);
      const begun = await this.#parts.book.begin(guildId, date, await this.#cards.week(guildId, date));
      if (!begun?.post) return;
      try {
        const messageId = await this.#sendCard(guildId, begun, begun.post);
        await this.#made(guildId, date, messageId);
        return await this.#tellOfBarred(guildId, begun.schedule);
      } catch (error) {
        if (!isSendRefused(error)) throw error;
        const barred = isTextRefused(error);
        await this.#parts.book.step(guildId, date, {
          kind: 'refused',
          date,
          reason: reasonOf(error),
          barred,
        });
        if (!barred) throw error;
        if (tries >= mostBarred) throw new AutoModError();
      }
    }
  }

  async #sendCard(guildId: string, { schedule }: PostingState, post: Post): Promise<string> {
    const { channelId, date } = post;
    const message = await this.#cards.message(guildId, post, schedule.openDate);
    if (!message) throw new TypeError(`The question of ${postId(guildId, date)} is not in the bank`);
    return this.#parts.messenger.send(channelId, { ...message, nonce: postNonce(guildId, date) });
  }

  /** Discord would show it as a role that was deleted. */
  async #forgetRole(guildId: string, date: string): Promise<void> {
    const { book, roleExists, log } = this.#parts;
    const roleId = (await book.schedules.get(guildId))?.roleId;
    if (roleId === undefined || roleExists(guildId, roleId)) return;
    await book.step(guildId, date, { kind: 'role gone', roleId });
    log.info({ guildId, roleId }, 'The role that the daily question mentioned is gone');
  }

  async #made(guildId: string, date: string, messageId: string | undefined): Promise<Post | undefined> {
    const { book, clock, log } = this.#parts;
    const openedAtMs = messageId === undefined ? clock.now() : SnowflakeUtil.timestampFrom(messageId);
    const made = await book.step(guildId, date, { kind: 'made', date, messageId, openedAtMs });
    log.info({ guildId, date, messageId }, 'The daily question is posted');
    return made?.post;
  }

  async #tellOfBarred(guildId: string, { posting, setBy, channelId }: Schedule): Promise<void> {
    const { messenger, log } = this.#parts;
    const barred = posting?.barred ?? [];
    if (barred.length === 0) return;
    log.warn(
      { guildId, channelId, questions: barred },
      'AutoMod has blocked daily questions; another was posted',
    );
    if (setBy === nobody) return;
    const link = placeLink(guildId, channelId);
    try {
      await messenger.sendDirect(setBy, plain(autoModPassed(link, barred)));
    } catch (error) {
      log.info({ err: error, guildId }, 'The admin could not be told of AutoMod');
    }
  }
}

interface Earlier {
  readonly posting: NonNullable<Schedule['posting']>;
  readonly where: Whereabouts | 'somewhere';
}

const ignore = (): void => {};

const isThere = (where: Earlier['where']): boolean => where !== 'absent' && where !== 'unknown';
