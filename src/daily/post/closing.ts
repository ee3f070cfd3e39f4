import type { Logger } from 'pino';
import { isCurrent } from '../../asking/asked.js';
import type { Bank } from '../../bank/bank.js';
import { type EditFailure, editFailure } from '../../discord/api-errors.js';
import type { CoalescedEdits } from '../../discord/edits.js';
import type { Messenger, Outgoing } from '../../discord/outgoing.js';
import type { Clock } from '../../time/clock.js';
import { dayMs } from '../../time/spans.js';
import type { DailyBook } from '../book.js';
import { type DailyAnswer, type Post, postId } from '../records.js';
import { goneCard, revealedCard } from './cards.js';
import { recapOf } from './recap.js';

export interface PostClosingParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly bank: Bank;
  readonly messenger: Messenger;
  readonly edits: CoalescedEdits;
  readonly book: DailyBook;
}

/** For so long, showing the answer is tried where Discord refuses the edit. */
const showWithinMs = 7 * dayMs;

/** Makes the cards of closed posts show how they went. */
export class PostClosing {
  readonly #parts: PostClosingParts;

  constructor(parts: PostClosingParts) {
    this.#parts = parts;
  }

  /**
   * Edits all cards that wait for it.
   * @returns why some still do, when trying again makes sense
   */
  async show(guildId: string): Promise<EditFailure | undefined> {
    const { book } = this.#parts;
    let worst: EditFailure | undefined;
    for (const date of (await book.schedules.get(guildId))?.toReveal ?? []) {
      const failure = await this.#showOne(guildId, date);
      if (!failure) await book.step(guildId, date, { kind: 'shown', date });
      else if (worst !== 'passing') worst = failure;
    }
    return worst;
  }

  /** @returns undefined when nothing is left to do */
  async #showOne(guildId: string, date: string): Promise<EditFailure | undefined> {
    const { book, messenger, log, clock, edits } = this.#parts;
    const post = await book.posts.get(postId(guildId, date));
    if (!post?.messageId) return undefined;
    await edits.settle(post.messageId);
    if (edits.waitFor(post.channelId, post.messageId) > 0) return 'passing';
    const message = this.#message(guildId, post, await book.answers(guildId, date));
    try {
      await messenger.edit(post.channelId, post.messageId, message);
      return undefined;
    } catch (error) {
      const failure = editFailure(error);
      const isPast = clock.now() - (post.closedAtMs ?? 0) > showWithinMs;
      if (failure === 'gone' || isPast) return undefined;
      const level = failure === 'ours' ? 'error' : 'warn';
      log[level]({ err: error, guildId, date }, 'A closed daily question could not be shown as closed');
      return failure;
    }
  }

  #message(guildId: string, post: Post, given: readonly DailyAnswer[]): Outgoing {
    const { bank } = this.#parts;
    const { asked, number, date } = post;
    const recap = recapOf(given);
    const question = bank.get(asked.questionId, asked.rev);
    if (!isCurrent(question, asked)) return goneCard(number, recap);
    const topicTitle = bank.titleOf(question.topic);
    const id = postId(guildId, date);
    return revealedCard({ id, number, card: { question, asked, topicTitle }, given, recap });
  }
}
