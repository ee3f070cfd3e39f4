import type { PastAsking } from '../asked/past.js';
import type { Bank } from '../bank/bank.js';
import { dailySource } from '../ledger/rows.js';
import { localDay } from '../time/local-day.js';
import type { DailyBook } from './book.js';
import { postId } from './records.js';

export interface PastPostsParts {
  readonly book: DailyBook;
  readonly bank: Pick<Bank, 'get'>;
  readonly zoneOf: (guildId: string) => Promise<string>;
}

/** All posts of a server with their answers; without those whose question has left the bank, and with it its topic. */
export async function* pastPosts(
  { book, bank, zoneOf }: PastPostsParts,
  guildId: string,
): AsyncGenerator<PastAsking> {
  for await (const date of book.list.rows(guildId)) {
    const post = await book.posts.get(postId(guildId, date));
    const question = post && bank.get(post.asked.questionId);
    if (!post || !question) continue;
    const { asked, openedAtMs } = post;
    const { topic, level } = question;
    yield {
      id: dailySource(date),
      where: 'daily',
      at: openedAtMs ?? Date.parse(`${date}T12:00Z`),
      read: async () => {
        const [answers, zone] = await Promise.all([book.answers(guildId, date), zoneOf(guildId)]);
        const [first] = answers;
        if (!first) return undefined;
        return {
          occasion: {
            id: dailySource(date),
            where: 'daily' as const,
            question: asked.questionId,
            rev: asked.rev,
            topic,
            level,
            at: openedAtMs ?? first.at,
          },
          outcomes: answers.map(({ member, right, at }) => ({ member, right, at, day: localDay(zone, at) })),
        };
      },
    };
  }
}
