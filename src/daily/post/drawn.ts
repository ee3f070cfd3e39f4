import type { AskedIndex } from '../../asked/service.js';
import { isCurrent } from '../../asking/asked.js';
import type { Bank } from '../../bank/bank.js';
import { placeLink } from '../../discord/components.js';
import type { Outgoing } from '../../discord/outgoing.js';
import type { Ledger } from '../../ledger/service.js';
import type { Hidden } from '../../people/hidden.js';
import type { DailyBook } from '../book.js';
import { type DailyAnswer, type Post, postId, type Week, weekWithout } from '../records.js';
import { type LastPost, postCard, type ShownCard, weekText } from './cards.js';
import { recapOf } from './recap.js';
import { Regulars } from './regulars.js';
import { endsWeek, weekSoFar } from './week.js';

export interface DrawnPostsParts {
  readonly bank: Bank;
  readonly book: DailyBook;
  readonly ledger: Ledger;
  readonly asked: AskedIndex;
  readonly hidden: Hidden;
}

/** What a post asks; undefined when its question has changed since or has left the bank. */
export function shownPost(bank: Bank, { asked }: Post): ShownCard | undefined {
  const question = bank.get(asked.questionId, asked.rev);
  if (!isCurrent(question, asked)) return undefined;
  return { question, asked, topicTitle: bank.titleOf(question.topic) };
}

/** Open posts as cards, with what is told on them of the post and the week before. */
export class DrawnPosts {
  readonly #parts: DrawnPostsParts;
  readonly #regulars: Regulars;

  constructor(parts: DrawnPostsParts) {
    this.#parts = parts;
    this.#regulars = new Regulars(parts.book);
  }

  /** After somebody's answers were removed. */
  forget(): void {
    this.#regulars.forget();
  }

  /** The card of an open post as it stands now; undefined for one that is not open any more. */
  async openCard(serverId: string, date: string): Promise<Outgoing | undefined> {
    const post = await this.#parts.book.posts.get(postId(serverId, date));
    if (post?.state !== 'open') return undefined;
    // Edited, a message pings nobody: the role is only named.
    return this.message(serverId, post, post.previous);
  }

  /** @param lastDate the day of the post before it, of which it tells how that went; undefined when its question has left the bank */
  async message(serverId: string, post: Post, lastDate: string | undefined): Promise<Outgoing | undefined> {
    const { number, roleId, date } = post;
    const card = shownPost(this.#parts.bank, post);
    if (!card) return undefined;
    const last = await this.#last(serverId, lastDate, date);
    const given = await this.#parts.book.answers(serverId, date);
    const takingPart = await this.#takingPart(serverId, post, given);
    const week = post.week && (await this.#toldWeek(serverId, post.week));
    return postCard({
      id: postId(serverId, date),
      number,
      card,
      roleId,
      last,
      week,
      answered: given.length,
      takingPart,
    });
  }

  /** How many have answered this post or one of the days before; not asked while nobody has answered it. */
  async #takingPart(serverId: string, post: Post, given: readonly DailyAnswer[]): Promise<number> {
    if (given.length === 0) return 0;
    return (await this.#regulars.before(serverId, post)) + given.filter(({ newcomer }) => newcomer).length;
  }

  /** Whoever keeps off boards since the week was told is named no more. */
  async #toldWeek(serverId: string, week: Week): Promise<string> {
    const { bank, hidden } = this.#parts;
    const prompt = bank.get(week.hardest?.question ?? '')?.prompt;
    return weekText(weekWithout(week, await hidden.of(serverId)), prompt);
  }

  /** Told on the last post of a week. */
  async week(serverId: string, date: string): Promise<Week | undefined> {
    const schedule = await this.#parts.book.schedules.get(serverId);
    if (!schedule || !endsWeek(date, schedule.days)) return undefined;
    const held = await this.#parts.book.held(serverId);
    return weekSoFar({ ...this.#parts, held }, serverId, schedule.zone);
  }

  /** How the post of a day went, to be told on that of another. */
  async #last(serverId: string, lastDate: string | undefined, date: string): Promise<LastPost | undefined> {
    if (lastDate === undefined || lastDate === date) return undefined;
    const post = await this.#parts.book.posts.get(postId(serverId, lastDate));
    if (!post) return undefined;
    const { channelId, messageId } = post;
    const { book, hidden } = this.#parts;
    const given = await book.answers(serverId, lastDate);
    return {
      recap: recapOf(given, await hidden.of(serverId)),
      card: shownPost(this.#parts.bank, post),
      ...(messageId && { link: placeLink(serverId, channelId, messageId) }),
    };
  }
}
