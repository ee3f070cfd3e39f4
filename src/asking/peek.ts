import { grade } from '../bank/grade.js';
import { parseCustomId } from '../discord/custom-id.js';
import { letters, rightPicks, toBank, toShown } from './asked.js';
import type { CardAnswers } from './card-answers.js';

/** What can be written, chosen or ticked by a button. */
export interface ClassmateHelp {
  /** Answers to its question, the best first; where letters are chosen, these in their order. */
  readonly texts?: readonly string[];
  /** Of each answer that is to be rated, the key points that its words name; undefined where it was spoken. */
  readonly points?: readonly (readonly number[] | undefined)[];
}

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

/** What to choose or to type by a button that opens a picker or a form; undefined for every other button. */
export async function helpOnCard(
  cards: Pick<CardAnswers, 'feature' | 'open'>,
  customId: string,
): Promise<ClassmateHelp | undefined> {
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
