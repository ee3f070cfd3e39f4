import type { Answer } from '../bank/question.js';
import { dayMs, minuteMs } from '../time/spans.js';
import type { CardAnswersGiven, PracticeAnswer, PracticeAnswerRow, PracticeCard } from './records.js';

/** After this, anybody may reveal the answer. */
export const revealForAllMs = minuteMs;
/** After this, the answer shows itself. */
export const revealItselfMs = dayMs;
/** For so long, showing the answer is tried where Discord refuses the edit. */
const showWithinMs = 7 * dayMs;

export type CardEvent =
  | { readonly kind: 'posted'; readonly messageId: string }
  /** Discord has refused the message: nobody saw the question. */
  | { readonly kind: 'withdrawn'; readonly atMs: number }
  | {
      readonly kind: 'answered';
      readonly member: string;
      readonly answer: Answer;
      /** Undefined for open questions. */
      readonly right: boolean | undefined;
      readonly atMs: number;
    }
  /** `by` is undefined when the card reveals itself. */
  | {
      readonly kind: 'revealed';
      readonly by: string | undefined;
      readonly atMs: number;
      readonly messageId?: string;
    }
  /** The message shows the answer, or never will. */
  | { readonly kind: 'shown' }
  /** A member had their data removed. */
  | { readonly kind: 'forgotten'; readonly member: string; readonly nobody: string };

export type CardEffect =
  /** The number of answers on the message is to be brought up to date. */
  | { readonly kind: 'count' }
  /** The message is to show the answer; it counts as open until it does. */
  | { readonly kind: 'show' };

/** An answer that counts from here on. */
export interface CountedAnswer {
  readonly member: string;
  readonly right: boolean;
  readonly atMs: number;
}

export interface CardState {
  readonly card: PracticeCard;
  readonly given: CardAnswersGiven;
}

export interface CardStep {
  readonly card: PracticeCard;
  /** An answer to a public card, to be added to those given. */
  readonly added?: PracticeAnswerRow;
  /** Why nothing was changed. */
  readonly refused?: 'answered' | 'revealed' | 'too early';
  /** What the member had answered before, where that or the reveal is why. */
  readonly mine?: PracticeAnswer | undefined;
  readonly counted: readonly CountedAnswer[];
  readonly effects: readonly CardEffect[];
}

/** What becomes of a card. Answers to a public card count when it is revealed, to a private one at once. */
export function stepCard(state: CardState, event: CardEvent): CardStep {
  const { card } = state;
  switch (event.kind) {
    case 'posted':
      return posted(state, event.messageId);
    case 'withdrawn':
      return moved({ ...card, revealedAt: card.revealedAt ?? event.atMs });
    case 'answered':
      return answered(state, event);
    case 'revealed':
      return revealed(state, event);
    case 'shown': {
      const { toShow: _, ...shown } = card;
      return moved(card.toShow ? shown : card);
    }
    case 'forgotten':
      return moved(without(card, event));
    default:
      return event satisfies never;
  }
}

/** What the list of open cards says of a card: undefined where it is not on it. */
export function listingOf(card: PracticeCard): number | undefined {
  if (card.isPrivate) return undefined;
  if (card.revealedAt === undefined) return card.askedAt;
  return card.toShow ? 0 : undefined;
}

/** Whether it is no use to try any longer to show the answer. */
export const isPastShowing = ({ revealedAt = 0 }: PracticeCard, nowMs: number): boolean =>
  nowMs - revealedAt > showWithinMs;

const moved = (card: PracticeCard, effects: readonly CardEffect[] = []): CardStep => ({
  card,
  counted: [],
  effects,
});

const refusal = (
  card: PracticeCard,
  refused: NonNullable<CardStep['refused']>,
  mine?: PracticeAnswer,
): CardStep => ({ ...moved(card), refused, mine });

/** Answers may have come before it was known where the card stands. */
function posted({ card, given }: CardState, messageId: string): CardStep {
  if (card.messageId !== undefined) return moved(card);
  return moved({ ...card, messageId }, !card.isPrivate && given.size > 0 ? [{ kind: 'count' }] : []);
}

function answered(
  { card, given }: CardState,
  { member, answer, right, atMs }: Extract<CardEvent, { kind: 'answered' }>,
): CardStep {
  const mine = given.get(member);
  if (mine) return refusal(card, 'answered', mine);
  if (card.revealedAt !== undefined) return refusal(card, 'revealed');
  const own: PracticeAnswer = { answer, ...(right !== undefined && { right }), at: atMs };
  if (!card.isPrivate) return { ...moved(card, [{ kind: 'count' }]), added: { member, ...own } };
  return {
    card: { ...card, answers: { [member]: own }, revealedAt: atMs },
    counted: countedAnswers([[member, own]], atMs),
    effects: [],
  };
}

function revealed(
  { card, given }: CardState,
  { by, atMs, messageId }: Extract<CardEvent, { kind: 'revealed' }>,
): CardStep {
  const known = messageId !== undefined && card.messageId === undefined ? { ...card, messageId } : card;
  if (card.revealedAt !== undefined) return moved(known, card.toShow ? [{ kind: 'show' }] : []);
  if (by !== undefined && by !== card.askerId && atMs < card.askedAt + revealForAllMs)
    return refusal(card, 'too early');
  if (card.isPrivate) return moved({ ...known, revealedAt: atMs });
  return {
    card: { ...known, revealedAt: atMs, toShow: true },
    counted: countedAnswers(given, atMs),
    effects: [{ kind: 'show' }],
  };
}

/** @param atMs in the place of times that were not kept */
export const countedAnswers = (
  given: Iterable<readonly [string, PracticeAnswer]>,
  atMs: number,
): CountedAnswer[] =>
  [...given].flatMap(([member, { right, at }]) =>
    right === undefined ? [] : [{ member, right, atMs: at ?? atMs }],
  );

function without(
  card: PracticeCard,
  { member, nobody }: Extract<CardEvent, { kind: 'forgotten' }>,
): PracticeCard {
  const { [member]: _, ...answers } = card.answers;
  return { ...card, answers, askerId: card.askerId === member ? nobody : card.askerId };
}
