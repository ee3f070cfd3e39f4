import type { WrittenQuestion } from '../../src/bank/schema.js';

/** What stands on the card before anything is answered, without the options. */
export function shownText(question: WrittenQuestion): string {
  return [question.prompt, shownCode(question)].join('\n');
}

/** Of that, what is shown as code. */
function shownCode(question: WrittenQuestion): string {
  const exhibits = 'exhibits' in question ? (question.exhibits ?? []) : [];
  return [question.code ?? '', ...exhibits.map(({ title, text }) => `${title}\n${text}`)].join('\n');
}
