import { grade } from '../bank/grade.js';
import { parseCustomId } from '../discord/custom-id.js';
import { toBank } from './asked.js';
import type { CardAnswers } from './card-answers.js';

/** No member has this id: what is looked at is a card that nobody has answered yet. */
const nobodyYet = '';

/**
 * Whether a lettered button of an open card is the right one; undefined when it is no such button. For the
 * sandbox's classmates: what it tells must not reach a client.
 */
export async function isRightOnCard(
  cards: Pick<CardAnswers, 'feature' | 'open'>,
  customId: string,
): Promise<boolean | undefined> {
  const { feature, action, args } = parseCustomId(customId);
  const [cardId, shown] = args;
  if (feature !== cards.feature || action !== 'a' || cardId === undefined || shown === undefined)
    return undefined;
  const open = await cards.open(cardId, nobodyYet);
  if (!('question' in open)) return undefined;
  return grade(open.question, toBank(open.asked, [Number(shown)])).right;
}
