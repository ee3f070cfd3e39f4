import { names } from './matching.js';
import { normalise } from './normalise.js';
import type { Answer, OpenQuestion, Question } from './question.js';

export interface Grade {
  /** Undefined where people judge: open questions. */
  readonly right: boolean | undefined;
  /** Open questions: the key points that were named, by position. */
  readonly matched?: readonly number[];
  /** Open questions: the red flags that were raised, by position. */
  readonly flags?: readonly number[];
}

/**
 * Choices are right when exactly the right options are picked, ordering when `picks` lists the steps in the
 * right order, short answers when they equal an accepted one after {@link normalise}. A text given to options,
 * or picks to a question for words, is wrong.
 */
export function grade(question: Question, answer: Answer): Grade {
  const picks = 'picks' in answer ? answer.picks : [];
  const text = 'text' in answer ? answer.text : '';
  switch (question.kind) {
    case 'single-choice':
    case 'true-false':
    case 'multiple-choice':
      return { right: picksAll(question.options, new Set(picks)) };
    case 'ordering':
      return { right: picks.length === question.steps.length && picks.every((pick, at) => pick === at) };
    case 'short-answer':
      return { right: accepts(question.accepted, normalise(text)) };
    case 'open':
      return gradeOpen(question, text);
  }
}

const picksAll = (options: readonly { right: boolean }[], picks: ReadonlySet<number>): boolean =>
  options.every(({ right }, at) => right === picks.has(at)) &&
  [...picks].every((pick) => pick < options.length);

const accepts = (accepted: readonly string[], given: string): boolean =>
  given !== '' && accepted.some((each) => normalise(each) === given);

/** Finds phrases, not sense: it prepares the judgement of people and does not replace it. */
function gradeOpen({ keyPoints, redFlags }: OpenQuestion, text: string): Grade {
  const found = (all: readonly { readonly phrases: readonly string[] }[]): number[] =>
    all.flatMap(({ phrases }, at) => (phrases.some((phrase) => names(text, phrase)) ? [at] : []));
  return { right: undefined, matched: found(keyPoints), flags: found(redFlags) };
}
