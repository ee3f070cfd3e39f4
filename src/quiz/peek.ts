import { letters } from '../asking/asked.js';
import type { ClassmateHelp } from '../asking/peek.js';
import type { Bank } from '../bank/bank.js';
import { parseCustomId } from '../discord/custom-id.js';
import type { Round } from './game.js';
import { quizFeature } from './ids.js';
import type { Quizzes } from './service.js';

/**
 * Whether a button is the right one of a quiz's round; undefined when it is no such button. For the sandbox's
 * classmates: what it tells must not reach a client.
 */
export async function isRightButton(quizzes: Quizzes, customId: string): Promise<boolean | undefined> {
  const { feature: of, action, args } = parseCustomId(customId);
  if (of !== quizFeature || action !== 'a') return undefined;
  const [, , letter = ''] = args;
  return (await roundOf(quizzes, args))?.right.includes(Number(letter));
}

/** What to choose or to type by a button that opens a picker or a form; undefined for every other button. */
export async function helpWithRound(
  quizzes: Quizzes,
  bank: Bank,
  customId: string,
): Promise<ClassmateHelp | undefined> {
  const { feature: of, action, args } = parseCustomId(customId);
  if (of !== quizFeature || (action !== 'choose' && action !== 'form')) return undefined;
  const round = await roundOf(quizzes, args);
  const question = bank.get(round?.asked.questionId ?? '');
  if (!round || !question) return undefined;
  if (question.kind === 'short-answer') return { texts: question.accepted };
  return { texts: round.right.map((shown) => letters.charAt(shown)) };
}

const roundOf = (quizzes: Quizzes, [id = '', round = '']: readonly string[]): Promise<Round | undefined> =>
  quizzes.look(id, ({ game }) => game.rounds[Number(round)]);
