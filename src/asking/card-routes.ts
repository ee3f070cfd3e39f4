import type { Logger } from 'pino';
import { z } from 'zod';
import { reply, update } from '../discord/respond.js';
import { type Reply, type Route, route } from '../discord/route.js';
import { CardAnswering } from './card-answering.js';
import type { CardAnswers } from './card-answers.js';
import { letterArg, lettersArg } from './custom-id-args.js';
import { Pickers } from './pickers.js';

/**
 * The routes by which members answer cards in private: a letter at once for single choice and true or false, a
 * picker for several letters, a form for words. On a card of somebody's own they answer in place.
 */
export function cardRoutes(source: CardAnswers, log: Pick<Logger, 'debug'>): Record<string, Route> {
  const pickers = new Pickers(log);
  const answering = new CardAnswering(source, pickers);
  const belongsTo = ([cardId]: readonly [string, ...unknown[]]) => source.belongsTo(cardId);
  const one = z.tuple([source.cardId]);
  const lettered = z.tuple([source.cardId, letterArg]);
  const on = (isOwn: boolean): Record<string, Route> => {
    const prefix = isOwn ? 'own-' : '';
    const how: Reply = isOwn ? 'edits' : 'private';
    const say = isOwn ? update : reply;
    return {
      [`${prefix}a`]: route({
        reply: how,
        args: lettered,
        belongsTo,
        handle: (interaction, [cardId, shown]) => answering.letter(interaction, cardId, shown, say),
      }),
      [`${prefix}choose`]: route({
        reply: how,
        args: one,
        belongsTo,
        handle: (interaction, [cardId]) => answering.choose(interaction, cardId, say),
      }),
      [`${prefix}form`]: route({
        reply: how,
        args: one,
        belongsTo,
        handle: (interaction, [cardId]) => answering.form(interaction, cardId, say),
      }),
      [`${prefix}text`]: route({
        reply: how,
        args: one,
        belongsTo,
        handle: (interaction, [cardId]) => answering.text(interaction, cardId, say),
      }),
    };
  };
  return {
    ...on(false),
    ...on(true),
    pick: route({
      reply: 'edits',
      args: z.tuple([source.cardId, lettersArg, letterArg]),
      belongsTo,
      handle: (interaction, [cardId, chosen, shown]) => answering.pick(interaction, cardId, chosen, shown),
    }),
    done: route({
      reply: 'edits',
      args: z.tuple([source.cardId, lettersArg]),
      belongsTo,
      handle: (interaction, [cardId, chosen]) => answering.done(interaction, cardId, chosen),
    }),
  };
}
