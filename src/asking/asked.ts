import { z } from 'zod';
import { type Answer, mostOptions, type Question } from '../bank/question.js';
import { shuffled } from './shuffled.js';

export const letters = 'ABCDEF';

/** One asking of a question: which revision, and in which order its options are shown. */
export const askedSchema = z.object({
  questionId: z.string(),
  rev: z.string(),
  /** `order[i]` is the bank's number of the option (or step) that stands at letter i; empty without options. */
  order: z.array(
    z
      .int()
      .min(0)
      .max(mostOptions - 1),
  ),
});
export type Asked = z.infer<typeof askedSchema>;

/** A source of chance: numbers from 0 (included) to 1 (excluded), like `Math.random`. */
export type Random = () => number;

/** Puts the options into an order of their own for this asking; True and False stay as they are. */
export function ask(question: Question, random: Random): Asked {
  return { questionId: question.id, rev: question.rev, order: orderFor(question, random) };
}

function orderFor(question: Question, random: Random): number[] {
  switch (question.kind) {
    case 'single-choice':
    case 'multiple-choice':
      return shuffled([...question.options.keys()], random);
    case 'true-false':
      return [0, 1];
    case 'ordering': {
      const order = shuffled([...question.steps.keys()], random);
      // Shown in the right order, the card would give itself away.
      return order.every((step, index) => step === index) ? [...order.slice(1), 0] : order;
    }
    case 'short-answer':
    case 'open':
      return [];
    default:
      return question satisfies never;
  }
}

/** True when the asked revision is still the one in the bank. */
export function isCurrent(question: Question | undefined, asked: Asked): question is Question {
  return question !== undefined && question.rev === asked.rev;
}

/** Letters as shown on the card (0 is `A`), in the order chosen, as the bank numbers them. */
export function toBank(asked: Asked, shown: readonly number[]): Answer {
  return { picks: shown.map((letter) => asked.order[letter] ?? letter) };
}

/** The letter positions on the card of options in the bank's numbering. */
export function toShown(asked: Asked, picks: readonly number[]): number[] {
  return picks.map((pick) => asked.order.indexOf(pick));
}

/** Letters as they stand on the card, e.g. `BCA`: of an answer before its question is revealed. */
export const shownLetters = (shown: readonly number[]): string =>
  shown.map((letter) => letters.charAt(letter)).join('');

/** The right picks in the bank's numbering: a set for choices, the order for ordering, none for other kinds. */
export function rightPicks(question: Question): number[] {
  switch (question.kind) {
    case 'single-choice':
    case 'multiple-choice':
    case 'true-false':
      return question.options.flatMap((option, index) => (option.right ? [index] : []));
    case 'ordering':
      return question.steps.map((_, index) => index);
    case 'short-answer':
    case 'open':
      return [];
    default:
      return question satisfies never;
  }
}

/** The texts behind the letters, as shown. */
export function shownTexts(question: Question, asked: Asked): string[] {
  const texts =
    'options' in question
      ? question.options.map((option) => option.text)
      : 'steps' in question
        ? question.steps
        : [];
  return asked.order.map((index) => texts[index] ?? '');
}
