import { z } from 'zod';
import { logType } from '../store/log-segments.js';
import { recordType } from '../store/store.js';
import { entrySchema } from './entries.js';
import { gameSchema } from './game.js';
import { quizAnswerSchema } from './given.js';

/** Version 1 drew all questions in the lobby; those of rounds that have not opened are given back. */
const version1 = z.looseObject({
  rounds: z.array(z.looseObject({ right: z.int() })),
  phase: z.looseObject({ name: z.string(), round: z.int().optional() }),
});

function fromVersion1(data: unknown): unknown {
  const game = version1.parse(data);
  const { round = -1 } = game.phase;
  const opened = game.rounds.filter((one, index) => index <= round || 'openedAt' in one || 'ended' in one);
  return {
    ...game,
    planned: Math.max(1, game.rounds.length),
    rounds: opened.map((one) => ({
      ...one,
      right: [one.right],
      ...('ended' in one && { shown: true }),
      ...(typeof one['endsAt'] === 'number' && { closesAt: one['endsAt'] }),
    })),
  };
}

/**
 * A quiz by its id; kept when it is over, for `My answers` and `Play again`. To version 2 everybody who was in it stood
 * in it at any time; a bot that knows no {@link entriesLog} must not go on with it.
 */
export const gameRecord = recordType('game', gameSchema, 3, { 1: fromVersion1, 2: (data) => data });

/** Who came into a quiz and left it while it is on, by its id; when it is over, all of them stand in the quiz. */
export const entriesLog = logType('entries', entrySchema);

const lettered = z.looseObject({ letter: z.int() });

/** The recorded answers of a quiz, by its id. */
export const quizAnswersLog = logType('given', quizAnswerSchema, 2, {
  1: (row) => {
    const { letter, ...rest } = lettered.parse(row);
    return { ...rest, shown: [letter] };
  },
});

/** The ids of all quizzes of a server, so that they can be found and removed. */
export const gamesLog = logType('games', z.string());

/** The ids of a server's quizzes that are running, so that they are found after a restart. */
export const runningRecord = recordType('running', z.array(z.string()));
