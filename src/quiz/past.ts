import type { PastAsking } from '../asked/past.js';
import { quizSource } from '../ledger/rows.js';
import { localDay } from '../time/local-day.js';
import { awards } from './awards.js';
import type { Game } from './game.js';
import type { QuizStorage } from './storage.js';

/** The rounds of all quizzes of a server that are over and that somebody answered. */
export async function* pastRounds(
  storage: QuizStorage,
  guildId: string,
  zoneOf: (guildId: string) => Promise<string>,
): AsyncGenerator<PastAsking> {
  for await (const id of storage.all.rows(guildId)) {
    const rounds = (await storage.games.get(id))?.rounds ?? [];
    for (const [index, { ended, openedAt }] of rounds.entries())
      if (ended && ended !== 'void' && openedAt !== undefined)
        yield {
          id: quizSource(id, index + 1),
          where: 'quiz',
          at: openedAt,
          read: async () => {
            const zone = await zoneOf(guildId);
            return storage.look(id, (state) => {
              const round = state.game.rounds[index];
              const earned = awards(state, index);
              if (!round?.ended || earned.length === 0) return undefined;
              return {
                occasion: occasionOf(state.game, index, round),
                outcomes: earned.map(({ member, right, at }) => ({
                  member,
                  right,
                  at,
                  day: localDay(zone, at),
                })),
              };
            });
          },
        };
  }
}

const occasionOf = (
  { id }: Game,
  index: number,
  { asked, topic, level, openedAt = 0 }: Game['rounds'][number],
) => ({
  id: quizSource(id, index + 1),
  where: 'quiz' as const,
  question: asked.questionId,
  rev: asked.rev,
  topic,
  level,
  at: openedAt,
});
