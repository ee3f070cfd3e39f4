import { ask } from '../../src/asking/asked.js';
import { answerIds } from '../../src/asking/card-answers.js';
import { answerButtons, heading, questionText, solutionText } from '../../src/asking/layout.js';
import type { Bank } from '../../src/bank/bank.js';
import type { Question } from '../../src/bank/question.js';

const rule = '─'.repeat(60);

/** A question as its card reads, open and then revealed, with the options in the bank's order; Discord's Markdown. */
export function previewOf(bank: Pick<Bank, 'titleOf'>, question: Question): string {
  // The largest chance leaves everything where it is; steps of an ordering are always moved.
  const asked = ask(question, () => 1 - Number.EPSILON);
  const title = bank.titleOf(question.topic);
  const buttons = answerButtons(question, asked, answerIds('preview', question.id));
  const lines = [
    { content: heading(question, title) },
    ...questionText(question, asked),
    { content: buttons.map(({ label }) => `[ ${label} ]`).join(' ') },
    { content: rule },
    ...solutionText(question, asked),
    { content: `-# ${question.id}` },
  ];
  return lines.flatMap((each) => ('content' in each ? [each.content] : [])).join('\n\n');
}

/** Ids with a part of this one in them, for whoever has mistyped it. */
export function idsLike(ids: readonly string[], wanted: string): string[] {
  const parts = wanted.split('-').filter((part) => part.length > 3);
  return ids.filter((id) => parts.some((part) => id.includes(part))).slice(0, 5);
}
