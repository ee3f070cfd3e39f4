import { quizSource, type StoredRow } from '../../../src/ledger/rows.js';
import { awards } from '../../../src/quiz/awards.js';
import { Entries } from '../../../src/quiz/entries.js';
import type { Game } from '../../../src/quiz/game.js';
import { givenFold } from '../../../src/quiz/given.js';
import type { QuizState } from '../../../src/quiz/players.js';
import {
  entriesLog,
  gameRecord,
  gamesLog,
  quizAnswersLog,
  runningRecord,
} from '../../../src/quiz/records.js';
import { readRows } from '../../../src/store/log-segments.js';
import type { Store } from '../../../src/store/store.js';
import { differences, type Expected, keyOfRow, shortened } from './expected.js';

/** Holds a server's quizzes against its ledger: answers, what players were told, and rows. */
export async function auditQuizzes(
  store: Store,
  guildId: string,
  rows: readonly StoredRow[],
): Promise<string[]> {
  const expected: Expected = new Map();
  const faults: string[] = [];
  const unfinished = new Set<string>();
  for await (const id of readRows(store, gamesLog, guildId)) {
    const game = await store.get(gameRecord, id);
    if (!game) {
      faults.push(`quiz ${id} is listed, and not there`);
      continue;
    }
    if (game.phase.name !== 'over') unfinished.add(id);
    const state = { game, given: await answersOf(store, id), entries: await entriesOf(store, id) };
    expect(expected, state);
    faults.push(...playersOf(state));
  }
  const running = (await store.get(runningRecord, guildId)) ?? [];
  for (const id of running)
    if (!unfinished.delete(id)) faults.push(`quiz ${id} counts as running, and is not`);
  for (const id of unfinished) faults.push(`quiz ${id} is not over, and would not be taken up after a start`);
  return [...shortened(faults), ...differences(rows, expected, 'quiz:')];
}

async function answersOf(store: Store, id: string): Promise<QuizState['given']> {
  const given = givenFold.empty([]);
  for await (const row of readRows(store, quizAnswersLog, id)) givenFold.add(given, row);
  return given;
}

async function entriesOf(store: Store, id: string): Promise<Entries> {
  const entries = new Entries();
  for await (const row of readRows(store, entriesLog, id)) entries.add(row);
  return entries;
}

/** Rounds of which the ledger knows: over, valid, and answered by enough members. */
function expect(expected: Expected, state: QuizState): void {
  for (const [index, { ended, practice, again = [] }] of state.game.rounds.entries()) {
    if (ended === undefined || ended === 'void' || practice) continue;
    for (const { member, right, points } of awards(state, index))
      expected.set(keyOfRow(quizSource(state.game.id, index + 1), member), {
        right,
        points: again.includes(member) ? 0 : points,
      });
  }
}

type Sum = Pick<Game['players'][string], 'answered' | 'right' | 'points'>;

/** Where what players have in the quiz is not the sum of their rounds. */
function playersOf(state: QuizState): string[] {
  const sums = new Map<string, Sum>();
  for (const [index, { ended }] of state.game.rounds.entries()) {
    if (ended === undefined || ended === 'void') continue;
    for (const { member, right, points } of awards(state, index)) {
      const sum = sums.get(member) ?? { answered: 0, right: 0, points: 0 };
      sums.set(member, {
        answered: sum.answered + 1,
        right: sum.right + (right ? 1 : 0),
        points: sum.points + points,
      });
    }
  }
  return Object.entries(state.game.players).flatMap(([member, { answered, right, points }]) => {
    const sum = sums.get(member) ?? { answered: 0, right: 0, points: 0 };
    if (sum.answered === answered && sum.right === right && sum.points === points) return [];
    return `quiz ${state.game.id} gives member ${member} ${points} points for ${right} of ${answered}, their answers make ${sum.points} for ${sum.right} of ${sum.answered}`;
  });
}
