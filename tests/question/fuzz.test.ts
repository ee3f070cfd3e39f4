import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/discord/errors.js';
import { cardAnswersLog, cardRecord } from '../../src/question/records.js';
import { Memory } from '../../src/store/held.js';
import { readRows } from '../../src/store/log-segments.js';
import { HeldRecords } from '../../src/store/records.js';
import { StoreError } from '../../src/store/store.js';
import { textOf } from '../daily/world.js';
import { expectMemoryIsDisk, watchTurns } from '../helpers/flaky-store.js';
import { seedsTo } from '../helpers/long.js';
import { listeningLog } from '../helpers/store.js';
import { startPractice, unavailable } from './world.js';

const seeds = seedsTo(8, 40);
const members = ['1', '2', '3', '4', '5', '6'];
const dayMs = 24 * 60 * 60_000;

interface Card {
  readonly id: string;
  readonly messageId: string;
}

/** What somebody was told of their answer. */
type Told = 'recorded' | 'refused' | 'too late';

/** Asks, answers and reveals at random, much of it at once, while writes, reads and edits fail now and then. */
async function play(seed: number) {
  const world = startPractice({ seed });
  const { database, random, board, clock } = world;
  database.turns = () => Math.floor(random() * 4);
  const trouble = (share: number) => () => random() < share;
  const fail = (): void => {
    database.failsWrite = trouble(0.3);
    database.failsRead = trouble(0.05);
    board.edits = random() < 0.3 ? unavailable() : undefined;
  };
  const heal = (): void => {
    database.failsWrite = () => false;
    database.failsRead = () => false;
    board.edits = undefined;
  };
  const told = new Map<string, { readonly pick: number; readonly told: Told }[]>();
  const cards: Card[] = [];

  const answer = async ({ id }: Card, member: string): Promise<void> => {
    const pick = Math.floor(random() * 3);
    const key = `${id} ${member}`;
    const note = (outcome: Told): void =>
      void told.set(key, [...(told.get(key) ?? []), { pick, told: outcome }]);
    try {
      const text = textOf(await world.answer(id, member, pick));
      if (text.startsWith('Your answer is recorded')) note('recorded');
      else if (text.startsWith('Too late')) note('too late');
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      note('refused');
    }
  };
  const attempt = async (work: Promise<unknown>): Promise<void> => {
    try {
      await work;
    } catch (error) {
      const expected = error instanceof StoreError || error instanceof UserError || board.edits;
      if (!expected) throw error;
    }
  };

  for (let round = 0; round < 12; round++) {
    fail();
    await attempt(world.ask(members[round % 6] ?? '1').then((card) => cards.push(card)));
    const open = cards.slice(-3);
    const presses = open.flatMap((card) =>
      members.flatMap((member) => (random() < 0.5 ? [answer(card, member), answer(card, member)] : [])),
    );
    const [oldest] = open;
    if (oldest && random() < 0.4)
      presses.push(attempt(world.reveal(oldest.id, members[0] ?? '', oldest.messageId)));
    await Promise.all(presses);
    if (random() < 0.2) {
      heal();
      await world.restart();
    }
  }
  heal();
  await clock.advanceBy(2 * dayMs);
  return { world, told, cards };
}

describe('with writes, reads and edits that fail at random', () => {
  it.each(seeds)('what was acknowledged is stored, and what was refused is not (seed %i)', async (seed) => {
    const endWatch = watchTurns();
    const { world, told, cards } = await play(seed);
    const store = world.database.open(listeningLog().log);
    const disk = new HeldRecords(new Memory(store), cardRecord);
    for (const { id, messageId } of cards) {
      const card = await disk.get(id);
      expect(card?.revealedAt, 'every card is revealed in the end').toBeDefined();
      expect(card?.toShow).toBeUndefined();
      expect(world.text(messageId)).toContain('**Answer**');
      const answers = [];
      for await (const row of readRows(store, cardAnswersLog, id)) answers.push(row);
      for (const member of members) {
        const outcomes = told.get(`${id} ${member}`) ?? [];
        const recorded = outcomes.filter((one) => one.told === 'recorded');
        expect(recorded.length, 'nobody answers twice').toBeLessThanOrEqual(1);
        const given = answers.filter((row) => row.member === member).map(({ answer }) => answer);
        expect(given).toEqual(recorded.map(({ pick }) => ({ picks: [pick] })));
      }
    }
    await expectMemoryIsDisk(world.memory);
    expect(world.clock.pending, 'nothing is left to do').toBe(0);
    endWatch();
  });
});
