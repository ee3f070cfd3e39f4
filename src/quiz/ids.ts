import { customId } from '../discord/custom-id.js';

/** First part of the quiz's custom ids. */
export const quizFeature = 'quiz';

export const quizId = (action: string, ...args: readonly (string | number)[]): string =>
  customId(quizFeature, action, ...args);

/** Of the answer buttons of a round. */
export const roundAnswerIds = (gameId: string, round: number) => ({
  letter: (shown: number) => quizId('a', gameId, round, shown),
  choose: quizId('choose', gameId, round),
  form: quizId('form', gameId, round),
});
