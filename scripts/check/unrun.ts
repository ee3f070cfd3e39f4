import type { WrittenQuestion } from '../../src/bank/schema.js';
import type { Finding, Placed } from './finding.js';
import { asksForOutcome } from './judge.js';
import { proofsOf } from './proofs-of.js';

/**
 * Wrong options that are nothing but a call, in questions with a proof, which neither that proof nor one of their own
 * runs. Options that tell what is printed are compared with what was.
 */
export function unrunOptions(all: readonly Placed[]): Finding[] {
  return all.flatMap((place) => {
    const { question } = place;
    if (!('options' in question) || !question.verify || asksForOutcome(question)) return [];
    const ran = proofsOf(question)
      .map(({ snippet }) => `${snippet.setup}\n${snippet.code}`)
      .join('\n');
    return question.options.flatMap((option, index) => {
      const call = calledBy(option);
      if (call === undefined || option.verify || ran.includes(call)) return [];
      const message = `option ${index + 1} of \`${question.id}\` could be run, and nothing runs it`;
      const remedy = 'give it a `verify` with what it prints or raises, or run it in the proof of the answer';
      return [{ ...place, path: ['options', index], message, remedy }];
    });
  });
}

/** The last name that an option of code alone calls: `filter` of `books.filter(pages=1)`. */
function calledBy({
  wrong = '',
}: Extract<WrittenQuestion, { options: unknown }>['options'][number]): string | undefined {
  const code = /^`([^`]+)`$/.exec(wrong)?.[1] ?? '';
  return [...code.matchAll(/([A-Za-z_]\w*)\(/g)].at(-1)?.[1];
}
