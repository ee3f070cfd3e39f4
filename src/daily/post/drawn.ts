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
  async openCard(guildId: string, date: string): Promise<Outgoing | undefined> {
    const post = await this.#parts.book.posts.get(postId(guildId, date));
    if (post?.state !== 'open') return undefined;
    // Edited, a message pings nobody: the role is only named.
    return this.message(guildId, post, post.previous);
  }

  /** @param lastDate the day of the post before it, of which it tells how that went; undefined when its question has left the bank */
  async message(guildId: string, post: Post, lastDate: string | undefined): Promise<Outgoing | undefined> {
    const { number, roleId, date } = post;
    const card = shownPost(this.#parts.bank, post);
    if (!card) return undefined;
    const last = await this.#last(guildId, lastDate, date);
    const given = await this.#parts.book.answers(guildId, date);
    const takingPart = await this.#takingPart(guildId, post, given);
    const week = post.week && (await this.#toldWeek(guildId, post.week));
    return postCard({
      id: postId(guildId, date),
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
  async #takingPart(guildId: string, post: Post, given: readonly DailyAnswer[]): Promise<number> {
    if (given.length === 0) return 0;
    return (await this.#regulars.before(guildId, post)) + given.filter(({ newcomer }) => newcomer).length;
  }

  /** Whoever keeps off boards since the week was told is named no more. */
  async #toldWeek(guildId: string, week: Week): Promise<string> {
    const { bank, hidden } = this.#parts;
    const prompt = bank.get(week.hardest?.question ?? '')?.prompt;
    return weekText(weekWithout(week, await hidden.of(guildId)), prompt);
  }

  /** Told on the last post of a week. */
  async week(guildId: string, date: string): Promise<Week | undefined> {
    const schedule = await this.#parts.book.schedules.get(guildId);
    if (!schedule || !endsWeek(date, schedule.days)) return undefined;
    const held = await this.#parts.book.held(guildId);
    return weekSoFar({ ...this.#parts, held }, guildId, schedule.zone);
  }

  /** How the post of a day went, to be told on that of another. */
  async #last(guildId: string, lastDate: string | undefined, date: string): Promise<LastPost | undefined> {
    if (lastDate === undefined || lastDate === date) return undefined;
    const post = await this.#parts.book.posts.get(postId(guildId, lastDate));
    if (!post) return undefined;
    const { channelId, messageId } = post;
    const { book, hidden } = this.#parts;
    const given = await book.answers(guildId, lastDate);
    return {
      recap: recapOf(given, await hidden.of(guildId)),
      card: shownPost(this.#parts.bank, post),
      ...(messageId && { link: placeLink(guildId, channelId, messageId) }),
    };
  }
}
