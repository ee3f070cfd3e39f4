import type { Marks } from './session.js';
import { mention } from './words.js';

export const answerTitle = 'Your answer';
export const answerLabel = 'As you would say it in an interview';
export const pointsTitle = 'Feedback, page 1 of 2';
export const ownTitle = 'Your own answer, page 1 of 2';
export const rateTitle = (letter: string, isOwn: boolean): string =>
  isOwn ? `Answer ${letter} (yours)` : `Answer ${letter}`;
export const pointsLabel = 'Key points you heard';
export const remarks = { strength: 'One strength', next: 'One next step' } as const;
export const remarkHints = {
  strength: 'What went well, as precisely as you can.',
  next: 'What to do differently next time.',
} as const;

export const marksTitle = 'Feedback, page 2 of 2';
/** From 1 to 4; at most 100 characters each. */
export const marks: Readonly<
  Record<keyof Marks, { readonly label: string; readonly values: readonly string[] }>
> = {
  knowledge: {
    label: 'Knowledge',
    values: ['1 · mostly wrong or missing', '2 · some gaps', '3 · sound', '4 · sound, with depth'],
  },
  reasoning: {
    label: 'Reasoning',
    values: ['1 · guesses', '2 · jumps to a solution', '3 · step by step', '4 · step by step, and checks it'],
  },
  communication: {
    label: 'Communication',
    values: ['1 · hard to follow', '2 · needs asking', '3 · clear', '4 · clear, and takes others along'],
  },
  tradeOffs: {
    label: 'Trade-offs',
    values: ['1 · none named', '2 · named when asked', '3 · named', '4 · named and weighed'],
  },
};
export const marksLabel = 'Marks';

export const pointsTaken = 'Noted. Now the four marks: press **Marks**. Only then is it handed in.';
export const handedIn =
  'Handed in. It is shown with the others’ when all have handed in. Until then **Feedback** changes it.';
export const rateTaken = (left: number): string =>
  left === 0
    ? 'Handed in: that was the last one. All is shown when everybody has handed in.'
    : `Handed in. ${left} more: press **Rate**.`;
export const nothingOwed =
  'There is nothing for you to rate here: only those who were here when the time ended do.';
export const feedbackOver = 'The time for this feedback is over.';
export const pointsFirst = 'First the key points: press **Feedback**.';
export const oddForm = 'That form was not complete. Press the button again.';
export const blankAnswer =
  'The form was blank, so nothing was recorded. Press **Answer** again and type your answer.';
export const answerTaken = 'Your answer is stored.';
export const answerAgain = 'Your answer is stored in place of the one before.';
export const notCandidate = (who: string): string => `Only the candidate ${mention(who)} answers this one.`;
export const endOnly = (who: string): string => `Only ${mention(who)} and the host can end the time.`;
