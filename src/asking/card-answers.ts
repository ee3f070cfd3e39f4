import type { z } from 'zod';
import type { Answer, Question } from '../bank/question.js';
import type { ComponentInteraction } from '../discord/command.js';
import { buttonRows } from '../discord/components.js';
import { customId } from '../discord/custom-id.js';
import type { Outgoing } from '../discord/outgoing.js';
import type { Belonging } from '../discord/route.js';
import type { Asked } from './asked.js';
import { answerButtons, closedButtons } from './layout.js';

/** What cards that are answered in private need from the feature that posted them. */
export interface CardAnswers {
  /** The feature's name, the first part of its custom ids. */
  readonly feature: string;
  /** How its cards are named in custom ids. */
  readonly cardId: z.ZodType<string>;
  /** Whose the card is; undefined when it is gone, which {@link open} says in words. */
  belongsTo(cardId: string): Promise<Belonging | undefined>;
  /**
   * The question of a card, if this member may still answer it. Otherwise a message that says why not: the
   * card is closed, gone, or answered by them already.
   */
  open(cardId: string, member: string): Promise<OpenCard | Outgoing>;
  /**
   * Stores the answer; resolves when it is durable. Gives back the member's receipt, or the new state of a card
   * that is theirs alone.
   * @param atMs when Discord took the answer, from the interaction's id
   */
  submit(cardId: string, answerer: Answerer, answer: Answer, atMs: number): Promise<Outgoing>;
  /** A button of a card's own message was pressed: where that is may have been lost in a crash. */
  seen?(cardId: string, messageId: string): void;
}

export interface OpenCard {
  readonly question: Question;
  readonly asked: Asked;
  readonly topicTitle: string;
  /** True for a card that only its member sees: it is answered in place. */
  readonly isOwn?: boolean;
}

export interface Answerer {
  readonly id: string;
  /** The name that the server shows. */
  readonly name: string;
}

export function answererOf(interaction: Pick<ComponentInteraction, 'user' | 'member'>): Answerer {
  const { user, member } = interaction;
  const nick = member && 'displayName' in member ? member.displayName : member?.nick;
  return { id: user.id, name: nick ?? user.displayName };
}

/**
 * Custom ids of a card's answer buttons. Those of a card that is somebody's own say so, because what is answered
 * in place has to be announced so.
 */
export const answerIds = (feature: string, cardId: string, isOwn = false) => {
  const prefix = isOwn ? 'own-' : '';
  return {
    letter: (shown: number) => customId(feature, `${prefix}a`, cardId, shown),
    choose: customId(feature, `${prefix}choose`, cardId),
    form: customId(feature, `${prefix}form`, cardId),
  };
};

/**
 * The answer buttons of a card, open or closed, as rows.
 * @param as.own the answer of whoever a closed card is for alone
 */
export function answerRows(
  feature: string,
  cardId: string,
  { question, asked, isOwn }: OpenCard,
  as: { readonly closed: boolean; readonly own?: Answer | undefined } = { closed: false },
) {
  const ids = answerIds(feature, cardId, isOwn);
  return buttonRows(
    as.closed ? closedButtons(question, asked, ids, as.own) : answerButtons(question, asked, ids),
  );
}
