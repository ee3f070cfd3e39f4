import { z } from 'zod';
import { logType } from '../store/log.js';
import { recordType } from '../store/store.js';
import { gameSchema, quizAnswerSchema } from './rules.js';

/** A quiz by its id; kept when it is over, for `My answers` and `Play again`. */
export const gameRecord = recordType('game', gameSchema);

/** The recorded answers of a quiz, by its id. */
export const quizAnswersLog = logType('given', quizAnswerSchema);

/** The ids of all quizzes of a server, so that they can be found and removed. */
export const gamesLog = logType('games', z.string());

/** The ids of a server's quizzes that are running, so that they are found after a restart. */
export const runningRecord = recordType('running', z.array(z.string()));
