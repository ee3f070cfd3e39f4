import { parseCustomId } from '../discord/custom-id.js';
import { quizName } from './ids.js';
import type { Quizzes } from './service.js';

/**
 * Whether a button is the right one of a quiz's round; undefined when it is no such button. For the sandbox's
 * classmates: what it tells must not reach a client.
 */
export async function isRightButton(quizzes: Quizzes, customId: string): Promise<boolean | undefined> {
  const { feature: of, action, args } = parseCustomId(customId);
  if (of !== quizName || action !== 'a') return undefined;
  const [id = '', round = '', letter = ''] = args;
  return quizzes.look(id, ({ game }) => game.rounds[Number(round)]?.right.includes(Number(letter)));
}
