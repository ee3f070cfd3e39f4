import { count } from '../discord/count.js';
import type { PassedOver, Sureness } from './records.js';

export const labels = {
  guess: 'Guess',
  unsure: 'Unsure',
  sure: 'Sure',
  answer: 'Answer',
  next: 'Next',
  forget: 'Forget this',
  stop: 'Stop',
} as const;

export const howSure = '-# Choose your answer, then say how sure you are: that hands it in.';
export const howSureInForm = '-# You say in the form how sure you are.';
/** @param order letters, e.g. `**B** → **A**` */
export const orderSoFarLine = (order: string): string => `Your order so far: ${order}`;
export const sureLabel = 'How sure are you?';
export const progress = (title: string, number: number, of: number): string =>
  `-# ${title} · question ${number} of ${of}`;

const passedWords: Readonly<Record<PassedOver, (n: number) => string>> = {
  open: (n) =>
    `${count(n, 'question')} passed over: being asked in this server just now, so it stays a secret here.`,
  changed: (n) => `${count(n, 'question')} passed over: changed in the bank just now.`,
  forgotten: () => 'Forgotten: that question does not come back, unless you miss it again somewhere.',
};

/** Why questions before this one were passed over, a line for each reason. */
export const passedLines = (passed: readonly PassedOver[]): string[] =>
  (['forgotten', 'open', 'changed'] as const).flatMap((why) => {
    const n = passed.filter((one) => one === why).length;
    return n > 0 ? [`-# ${passedWords[why](n)}`] : [];
  });

export const saidSure: Readonly<Record<Sureness, { right: string; wrong: string }>> = {
  guess: { right: 'You guessed, so it comes back sooner.', wrong: 'You said it was a guess.' },
  unsure: { right: 'You were unsure, and right.', wrong: 'You said you were unsure.' },
  sure: { right: '', wrong: 'You were sure of it: worth a second look.' },
};

/** @param inDays 1: tomorrow */
export const comesBack = (inDays: number): string =>
  inDays <= 0 ? '-# Comes back today.' : `-# Comes back ${when(inDays)}.`;

export const when = (inDays: number): string =>
  inDays <= 0 ? 'today' : inDays === 1 ? 'tomorrow' : `in ${inDays} days`;

export const overTitle = (title: string, stopped: boolean): string =>
  `### ${title}: ${stopped ? 'stopped' : 'done'}`;
export const score = (right: number, of: number): string =>
  of === 0 ? 'Nothing was answered.' : `**${right} of ${of}** right.`;
export const sureAndWrongLine = (wrong: number): string =>
  `${count(wrong, 'answer')} you were sure of ${wrong === 1 ? 'was' : 'were'} wrong.`;
export const missedTitle = '**To look at again**';
export const moreMissed = (more: number): string => `-# and ${more} more`;
/** How many come back on which day, soonest first. */
export const comeBackLine = (byDay: readonly (readonly [inDays: number, cards: number])[]): string =>
  `Back for review: ${byDay.map(([inDays, cards]) => `${cards} ${when(inDays)}`).join(', ')}.`;
export const laterLine = (more: number): string => `-# and ${more} later`;

export const sessionOver = 'This session is over. `/review start` begins another.';
export const nothingToAsk = 'No question of the bank fits that.';
export const allOpenNow =
  'Every question that would come is being asked in this server just now. Try again when its answer is out.';
export const pickFirst = 'Choose your answer first.';
export const notForThisQuestion = 'That does not answer this question. Press one of the buttons on its card.';
export const blankAnswer =
  'The form was blank, so nothing was recorded. Press **Answer** again and type your answer.';
export const sayHowSure = 'Say how sure you are, too: press **Answer** again.';
