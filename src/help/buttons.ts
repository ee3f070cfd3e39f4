import { z } from 'zod';
import type { Bank } from '../bank/bank.js';
import { givenId } from '../bank/given-ids.js';
import type { ComponentInteraction } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import { reply, update } from '../discord/respond.js';
import { type Route, route } from '../discord/route.js';
import { helpCard, topicCard } from './cards.js';
import { sections, topicGone } from './words.js';

interface Parts {
  readonly bank: Bank;
  /** Asks a question of a topic, for all to see, as the reply to a press. */
  ask(interaction: ComponentInteraction, topic: string): Promise<void>;
}

/** The choices of a screen and of a topic on the card of `/help`. */
export function helpRoutes({ bank, ask }: Parts): Record<string, Route> {
  return {
    section: route({
      reply: 'edits',
      storesNothing: true,
      args: z.tuple([]),
      async handle(interaction) {
        const [value] = interaction.isStringSelectMenu() ? interaction.values : [];
        const section = sections.find((one) => one === value);
        await update(interaction, helpCard({ bank, inGuild: interaction.inGuild() }, section));
      },
    }),
    topic: route({
      reply: 'private',
      storesNothing: true,
      args: z.tuple([z.string().regex(/^\d{1,2}$/)]),
      async handle(interaction) {
        const [id] = interaction.isStringSelectMenu() ? interaction.values : [];
        const topic = id === undefined ? undefined : bank.topic(id);
        if (!topic) throw new UserError(topicGone);
        await reply(interaction, topicCard(topic));
      },
    }),
    ask: route({
      reply: 'public',
      args: z.tuple([givenId]),
      async handle(interaction, [id]) {
        if (!bank.topic(id)) throw new UserError(topicGone);
        await ask(interaction, id);
      },
    }),
  };
}
