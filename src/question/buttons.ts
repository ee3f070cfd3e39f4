import type { Logger } from 'pino';
import { z } from 'zod';
import type { CardAnswers } from '../asking/card-answers.js';
import { cardRoutes } from '../asking/card-routes.js';
import type { ComponentInteraction } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import type { Outgoing } from '../discord/outgoing.js';
import { post, type Repliable, reply, update } from '../discord/respond.js';
import { type Route, route } from '../discord/route.js';
import type { Asking } from './card-book.js';
import type { PracticeCard, PracticeFilter } from './records.js';
import { whereToAsk } from './words.js';

/** What the command and the buttons of `/question` need. */
export interface PracticeCards extends CardAnswers {
  ask(
    asking: Asking,
    filter: PracticeFilter,
    post: (card: Outgoing) => Promise<string | undefined>,
  ): Promise<void>;
  reveal(
    cardId: string,
    by: { readonly member: string; readonly atMs: number; readonly messageId?: string | undefined },
    show: (card: Outgoing) => Promise<void>,
  ): Promise<void>;
  /** What everybody wrote to an open question whose answer is out. */
  answers(cardId: string, page: number): Promise<Outgoing>;
  /** One's own answer to it beside its key points. */
  points(cardId: string, member: string, ticked?: readonly number[]): Promise<Outgoing>;
  recall(cardId: string): Promise<Pick<PracticeCard, 'filter' | 'isPrivate'> | undefined>;
}

/** The buttons and forms on the cards of `/question`. */
export function practiceRoutes(cards: PracticeCards, log: Pick<Logger, 'debug'>): Record<string, Route> {
  const args = z.tuple([cards.cardId]);
  const paged = z.tuple([
    cards.cardId,
    z
      .string()
      .regex(/^\d{1,4}$/)
      .transform(Number),
  ]);
  const belongsTo = ([cardId]: readonly [string, ...unknown[]]) => cards.belongsTo(cardId);
  const another = async (interaction: ComponentInteraction, [cardId]: readonly [string]): Promise<void> => {
    const asked = await cards.recall(cardId);
    await askQuestion(cards, interaction, asked?.filter ?? {}, asked?.isPrivate ?? false);
  };
  return {
    ...cardRoutes(cards, log),
    reveal: route({
      reply: 'edits',
      args,
      belongsTo,
      async handle(interaction, [cardId]) {
        const { user, createdTimestamp: atMs, message } = interaction;
        const messageId = message && !message.flags.has('Ephemeral') ? message.id : undefined;
        await cards.reveal(cardId, { member: user.id, atMs, messageId }, (card) => update(interaction, card));
      },
    }),
    answers: route({
      reply: 'private',
      args: paged,
      belongsTo,
      handle: async (interaction, [cardId, page]) => reply(interaction, await cards.answers(cardId, page)),
    }),
    'answers-page': route({
      reply: 'edits',
      args: paged,
      belongsTo,
      handle: async (interaction, [cardId, page]) => update(interaction, await cards.answers(cardId, page)),
    }),
    points: route({
      reply: 'private',
      args,
      belongsTo,
      handle: async (interaction, [cardId]) =>
        reply(interaction, await cards.points(cardId, interaction.user.id)),
    }),
    tick: route({
      reply: 'edits',
      args,
      belongsTo,
      async handle(interaction, [cardId]) {
        const ticked = interaction.isStringSelectMenu() ? interaction.values.map(Number) : [];
        await update(interaction, await cards.points(cardId, interaction.user.id, ticked));
      },
    }),
    another: route({ reply: 'public', args, belongsTo, handle: another }),
    'own-another': route({ reply: 'private', args, belongsTo, handle: another }),
  };
}

/** Asks a question as the reply to an interaction. */
export async function askQuestion(
  cards: Pick<PracticeCards, 'ask'>,
  interaction: Repliable,
  filter: PracticeFilter,
  isPrivate: boolean,
): Promise<void> {
  const { id, guildId, channelId, user, createdTimestamp: atMs } = interaction;
  if (!channelId) throw new UserError(whereToAsk);
  const place = { id, guildId: guildId ?? undefined, channelId, askerId: user.id, isPrivate, atMs };
  await cards.ask(place, filter, async (card) => {
    if (!isPrivate) return post(interaction, card);
    await reply(interaction, card);
    return undefined;
  });
}
