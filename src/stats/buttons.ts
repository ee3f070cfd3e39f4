import { z } from 'zod';
import type { Bank } from '../bank/bank.js';
import type { ComponentInteraction } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import { type Route, route } from '../discord/route.js';
import { anyTopic } from './cards.js';
import { topicGone } from './words.js';

interface Parts {
  readonly bank: Bank;
  /** Asks a question of a topic (absent: of any), for the presser alone, as the reply to a press. */
  ask(interaction: ComponentInteraction, topic: string | undefined): Promise<void>;
}

/** The button on a profile. */
export function statsRoutes({ bank, ask }: Parts): Record<string, Route> {
  return {
    drill: route({
      reply: 'private',
      args: z.tuple([z.string().regex(/^(?:\*|[a-z0-9-]{1,60})$/)]),
      async handle(interaction, [id]) {
        if (id !== anyTopic && !bank.topic(id)) throw new UserError(topicGone);
        await ask(interaction, id === anyTopic ? undefined : id);
      },
    }),
  };
}
