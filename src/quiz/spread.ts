import { toBank } from '../asking/asked.js';
import { answerText, commonMistakeText, spreadText } from '../asking/layout.js';
import { normalise } from '../bank/normalise.js';
import { isRight } from './awards.js';
import type { Round } from './game.js';
import type { QuizAnswer } from './given.js';
import type { RoundView } from './views.js';

const textsShown = 5;

/** How a round's answers were spread: a bar a letter, or the most frequent texts. Undefined where there is nothing. */
export function spreadOf(view: RoundView, round: Round, answers: readonly QuizAnswer[]): string | undefined {
  const { question } = view;
  if (question.kind === 'short-answer') return textsOf(view, round, answers);
  return spreadText(
    question,
    round.asked,
    answers.map(({ shown }) => toBank(round.asked, shown)),
  );
}

/** Texts that the normaliser takes for the same count together. */
function textsOf({ question }: RoundView, round: Round, answers: readonly QuizAnswer[]): string | undefined {
  const groups = new Map<string, { text: string; right: boolean; count: number }>();
  for (const answer of answers) {
    if (answer.text === undefined) continue;
    const key = normalise(answer.text);
    const group = groups.get(key) ?? { text: answer.text, right: isRight(round, answer), count: 0 };
    groups.set(key, { ...group, count: group.count + 1 });
  }
  const most = [...groups.values()].sort((a, b) => b.count - a.count).slice(0, textsShown);
  if (most.length === 0) return undefined;
  return most
    .map(
      ({ text, right, count }) =>
        `${right ? '✅' : '❌'} ${answerText(question, round.asked, { text })} ${count}`,
    )
    .join('\n');
}

/** Why the wrong option that was chosen most is wrong. */
export const commonMistake = (
  { question }: RoundView,
  { asked }: Round,
  answers: readonly QuizAnswer[],
): string | undefined =>
  commonMistakeText(
    question,
    asked,
    answers.map(({ shown }) => toBank(asked, shown)),
  );
