import { expect, it } from 'vitest';
import { ask, rightPicks, toShown } from '../../src/asking/asked.js';
import { noEntries } from '../../src/quiz/entries.js';
import { givenFold } from '../../src/quiz/given.js';
import { myAnswersCard } from '../../src/quiz/my-answers.js';
import { createGame } from '../../src/quiz/rules.js';
import { filterOf } from '../../src/quiz/settings.js';
import { bankIn, shippedQuestions } from '../helpers/banks.js';

const settings = {
  rounds: 30,
  seconds: 20,
  lobby: 30,
  kinds: 'choice' as const,
  mode: 'race' as const,
  scoring: 'speed' as const,
  from: 'bank' as const,
};

it('shows every round of the longest quiz, on pages that Discord takes, with each question asked in full words', async () => {
  const bank = await bankIn(shippedQuestions);
  const pool = bank.pool(filterOf(settings));
  for (let from = 0; from + 30 <= pool.length; from += 30) {
    const rounds = pool.slice(from, from + 30).map((question) => {
      const asked = ask(question, () => 0.4);
      const right = toShown(asked, rightPicks(question));
      return { asked, level: question.level, topic: question.topic, right, ended: 'all' as const };
    });
    const game = {
      ...createGame(
        { id: '9', guildId: '1', channelId: '2' },
        { id: '10', name: 'Ada' },
        { settings, planned: 30, now: 0 },
      ),
      rounds,
      phase: { name: 'over' as const, ending: 'finished' as const, at: 0, told: true },
    };
    const given = givenFold.empty([]);
    for (const [round] of rounds.entries())
      givenFold.add(given, { round, member: '10', shown: [round % 2], at: 0 });
    const pages = Array.from({ length: 30 }, (_, page) =>
      JSON.parse(JSON.stringify(myAnswersCard({ game, given, entries: noEntries }, '10', bank, page))),
    ).map((card) => textOf(card));
    const seen = new Set(pages.flatMap((page) => [...page.matchAll(/\*\*(\d+)\.\*\*/g)].map(([, n]) => n)));
    expect(seen.size).toBe(30);
    for (const page of pages) {
      expect(page.length).toBeLessThanOrEqual(4_000);
      for (const line of page.split('\n')) expect((line.match(/`/g) ?? []).length % 2, line).toBe(0);
    }
  }
});

/** All text displays of a message. */
function textOf(message: { components: { components: { content?: string }[] }[] }): string {
  return message.components
    .flatMap(({ components }) => components.map(({ content }) => content ?? ''))
    .join('\n');
}
