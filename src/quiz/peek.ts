import { parseCustomId } from '../discord/custom-id.js';
import { quizFeature } from './cards.js';
import type { QuizHost } from './service.js';

/**
 * Whether a button is the right one of a quiz's round; undefined when it is no such button. For the sandbox's
 * classmates: what it tells must not reach a client.
 */
export async function isRightButton(host: QuizHost, customId: string): Promise<boolean | undefined> {
  const { feature: of, action, args } = parseCustomId(customId);
  if (of !== quizFeature || action !== 'a') return undefined;
  const [id = '', round = '', letter = ''] = args;
  const right = (await host.running(id))?.game.rounds[Number(round)]?.right;
  return right === undefined ? undefined : right === Number(letter);
}
