import { grade } from '../bank/grade.js';
import { parseCustomId } from '../discord/custom-id.js';
import { letters, rightPicks, toBank, toShown } from './asked.js';
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

/**
 * The same for a button that opens a picker or a form: the letters to choose, in their order, or the words to type, the
 * best first.
 */
export async function helpOnCard(
  cards: Pick<CardAnswers, 'feature' | 'open'>,
  customId: string,
): Promise<{ readonly texts: readonly string[] } | undefined> {
  const { feature, action, args } = parseCustomId(customId);
  const [cardId] = args;
  if (feature !== cards.feature || (action !== 'choose' && action !== 'form') || cardId === undefined)
    return undefined;
  const open = await cards.open(cardId, nobodyYet);
  if (!('question' in open)) return undefined;
  const { question, asked } = open;
  if (question.kind === 'short-answer') return { texts: question.accepted };
  if (question.kind === 'open') return undefined;
  return { texts: toShown(asked, rightPicks(question)).map((shown) => letters.charAt(shown)) };
}
