import { seeded } from 'local-discord';
import { describe, expect, it } from 'vitest';
import type { AnswerOutcome, Occasion } from '../../src/asked/outcomes.js';
import { Outcomes } from '../../src/asked/outcomes.js';
import { AskedIndex } from '../../src/asked/service.js';
import { Profiles } from '../../src/profiles/service.js';
import { Decks } from '../../src/review/decks.js';
import type { DeckCard } from '../../src/review/records.js';
import { graded, gradeOf } from '../../src/review/rules.js';
import { Memory } from '../../src/store/held.js';
import { dayOf } from '../../src/time/days.js';
import { expectMemoryIsDisk, FlakyDatabase } from '../helpers/flaky-store.js';
import { seedsTo } from '../helpers/long.js';
import { listeningLog } from '../helpers/store.js';

const seeds = seedsTo(3, 40);
const scope = '900000000000000001';
const dayMs = 24 * 60 * 60_000;
const members = ['1', '2', '3', '4'];
const places = ['quiz', 'daily', 'question', 'review'] as const;

type Expected = Map<string, DeckCard>;

describe('no sequence of answers, failed writes and kills', () => {
  it.each(seeds)('loses or doubles a card (seed %i)', async (seed) => {
    const random = seeded(seed);
    const upTo = (count: number): number => Math.floor(random() * count);
    const database = new FlakyDatabase();
    database.turns = () => upTo(3);
    const { log } = listeningLog();
    const open = () => {
      const memory = new Memory(database.open(log));
      const asked = new AskedIndex(memory);
      const decks = new Decks(memory, asked);
      return { memory, decks, outcomes: new Outcomes(new Profiles(memory), [asked, decks]) };
    };
    let world = open();
    /** By member and question, what is acknowledged. */
    const expected: Expected = new Map();
    let revisions = 1;
    for (let step = 0; step < 120; step++) {
      const at = step * dayMs * 0.4 + upTo(dayMs);
      const question = `q${upTo(10)}`;
      const rev = `r${random() < 0.9 ? revisions : Math.max(1, revisions - 1)}`;
      const occasion: Occasion = {
        id: `o${step}`,
        where: places[upTo(4)] ?? 'quiz',
        question,
        rev,
        topic: 'orm',
        level: 'basic',
        at,
      };
      const outcomes: AnswerOutcome[] = members
        .filter(() => random() < 0.6)
        .map((member) => ({
          member,
          right: random() < 0.6,
          at,
          day: new Date(at).toISOString().slice(0, 10),
          ...(occasion.where === 'review' && { guess: (['guess', 'unsure', 'sure'] as const)[upTo(3)] }),
        })) as AnswerOutcome[];
      if (random() < 0.05) revisions += 1;
      if (random() < 0.15) {
        let failures = 1;
        database.failsWrite = () => failures-- > 0;
      }
      const isTaken = await world.memory
        .use((change) => world.outcomes.take(change, scope, occasion, outcomes))
        .then(
          () => true,
          () => false,
        );
      database.failsWrite = () => false;
      if (isTaken) for (const outcome of outcomes) expectAfter(expected, occasion, outcome);
      if (random() < 0.1) {
        const [member = '1', forgotten = 'q1'] = [members[upTo(4)], `q${upTo(10)}`];
        await world.memory.use((change) => world.decks.forget(change, scope, member, forgotten));
        expected.delete(`${member} ${forgotten}`);
      }
      if (random() < 0.2) await expectMemoryIsDisk(world.memory);
      // A kill: whatever was not on the disk is gone, and nothing was acknowledged of it.
      if (random() < 0.15) world = open();
    }
    const found: Expected = new Map();
    for (const member of members)
      for (const [question, card] of await open().decks.cards(scope, member))
        found.set(`${member} ${question}`, card);
    expect(new Map([...found].sort())).toEqual(new Map([...expected].sort()));
    expect(found.size).toBeGreaterThan(10);
  });
});

function expectAfter(expected: Expected, { question, rev }: Occasion, outcome: AnswerOutcome): void {
  const key = `${outcome.member} ${question}`;
  const given = { day: dayOf(outcome.day), at: outcome.at, grade: gradeOf(outcome) };
  const card = graded(expected.get(key), rev, given);
  if (card) expected.set(key, card);
}
