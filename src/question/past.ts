import type { PastAsking } from '../asked/past.js';
import type { Bank } from '../bank/bank.js';
import { localDay } from '../time/local-day.js';
import { type CardBook, cardOpener } from './card-book.js';
import type { CardAnswersGiven, PracticeCard } from './records.js';
import { countedAnswers } from './rules.js';

export interface PastCardsParts {
  readonly book: CardBook;
  readonly bank: Pick<Bank, 'get'>;
  readonly zoneOf: (guildId: string) => Promise<string>;
}

/** The cards of a scope that were revealed and that somebody answered; without those whose question has left the bank. */
export async function* pastCards(parts: PastCardsParts, scope: string): AsyncGenerator<PastAsking> {
  const { book } = parts;
  for await (const id of book.asked.rows(scope)) {
    const card = await book.cards.get(id);
    if (card?.revealedAt === undefined) continue;
    yield {
      id: cardOpener(id),
      where: 'question',
      at: card.askedAt,
      read: async () => {
        const zone = card.guildId ? await parts.zoneOf(card.guildId) : 'UTC';
        return book.look(id, (now, given) => answersTo(parts, id, now, { given, zone }));
      },
    };
  }
}

function answersTo(
  { bank }: PastCardsParts,
  cardId: string,
  { asked, askedAt, revealedAt = 0 }: PracticeCard,
  { given, zone }: { readonly given: CardAnswersGiven; readonly zone: string },
) {
  const question = bank.get(asked.questionId);
  const answers = countedAnswers(given, revealedAt);
  if (!question || answers.length === 0) return undefined;
  const { id, topic, level } = question;
  return {
    occasion: {
      id: cardOpener(cardId),
      where: 'question' as const,
      question: id,
      rev: asked.rev,
      topic,
      level,
      at: askedAt,
    },
    outcomes: answers.map(({ member, right, atMs }) => ({
      member,
      right,
      practice: true,
      at: atMs,
      day: localDay(zone, atMs),
    })),
  };
}
