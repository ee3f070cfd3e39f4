import type { Profile } from '../../profiles/profile.js';
import { dateOf, dayOf } from '../../time/days.js';
import type { DailyBook } from '../book.js';
import type { Post } from '../records.js';

/** So many days before a post make those who take part. */
const daysBack = 7;

/** Whether a member has answered no daily question of a server in the days before that of a date. */
export const isNewcomer = ({ daily: { lastDate } }: Profile, date: string): boolean =>
  lastDate === undefined || lastDate < dateOf(dayOf(date) - daysBack);

/** How many members have answered a daily question of their server in the days before a post. */
export class Regulars {
  readonly #book: Pick<DailyBook, 'answers'>;
  /** By the post's record, which is never changed in place: a card is edited often, and those days are over. */
  #counted = new WeakMap<Post, number>();

  constructor(book: Pick<DailyBook, 'answers'>) {
    this.#book = book;
  }

  async before(guildId: string, post: Post): Promise<number> {
    const known = this.#counted.get(post);
    if (known !== undefined) return known;
    const members = new Set<string>();
    // One after another: those of a large server take a moment each.
    for (let back = 1; back <= daysBack; back++) {
      const given = await this.#book.answers(guildId, dateOf(dayOf(post.date) - back));
      for (const { member } of given) members.add(member);
    }
    this.#counted.set(post, members.size);
    return members.size;
  }

  /** After answers of days before were removed. */
  forget(): void {
    this.#counted = new WeakMap();
  }
}
