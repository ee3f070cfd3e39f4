import type { Profile } from '../../profiles/profile.js';
import { asRevealed, type Unrevealed } from '../../profiles/unrevealed.js';
import type { Transaction } from '../../store/transaction.js';
import type { DailyBook } from '../book.js';
import { holdsPoints, postId } from '../records.js';

/** What profiles know by now of posts that still take answers: the open one, and the one that is about to be. */
export class UnrevealedPosts {
  readonly #book: DailyBook;

  constructor(book: DailyBook) {
    this.#book = book;
  }

  /** In a change. */
  in(change: Transaction, guildId: string): Unrevealed[] {
    const schedule = change.at(this.#book.schedules, guildId).value;
    const dates = new Set([schedule?.openDate, schedule?.posting?.date]);
    return [...dates].flatMap((date) => (date === undefined ? [] : this.#ofPost(change, guildId, date)));
  }

  /** The tallies of a member as everybody may know them. */
  known(guildId: string, member: string, profile: Profile): Promise<Pick<Profile, 'topics'>> {
    return this.#book.schedules.use(guildId, (_, change) =>
      asRevealed(profile, member, this.in(change, guildId)),
    );
  }

  /** The questions that are open. */
  questions(guildId: string): Promise<ReadonlySet<string>> {
    return this.#book.schedules.use(
      guildId,
      (_, change) => new Set(this.in(change, guildId).map(({ question }) => question)),
    );
  }

  #ofPost(change: Transaction, guildId: string, date: string): Unrevealed[] {
    const id = postId(guildId, date);
    const post = change.at(this.#book.posts, id).value;
    if (!post?.counts || !holdsPoints(post)) return [];
    const given = [...change.at(this.#book.given, id).index.values()];
    return [
      {
        question: post.asked.questionId,
        ...post.counts,
        right: new Map(given.map(({ member, right }) => [member, right])),
      },
    ];
  }
}
