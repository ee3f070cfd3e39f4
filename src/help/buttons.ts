import { z } from 'zod';
import type { Bank } from '../bank/bank.js';
import { UserError } from '../discord/errors.js';
import { reply } from '../discord/respond.js';
import { type Route, route } from '../discord/route.js';
import { topicCard } from './cards.js';

interface Parts {
  readonly bank: Bank;
  /** Ids of the registered commands by name, for clickable mentions. */
  commandIds(): ReadonlyMap<string, string>;
}

/** The choice of a topic on the card of `/help`. */
export function helpRoutes({ bank, commandIds }: Parts): Record<string, Route> {
  return {
    topic: route({
      reply: 'private',
      args: z.tuple([z.string().regex(/^\d{1,2}$/)]),
      async handle(interaction) {
        const [id] = interaction.isStringSelectMenu() ? interaction.values : [];
        const topic = id === undefined ? undefined : bank.topic(id);
        if (!topic) throw new UserError('This topic is no longer in the bank. `/help` shows those that are.');
        await reply(interaction, topicCard(topic, { commandIds: commandIds() }));
      },
    }),
  };
}
