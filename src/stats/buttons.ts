import { z } from 'zod';
import type { Bank } from '../bank/bank.js';
import { givenTopic } from '../bank/given-ids.js';
import { UserError } from '../discord/errors.js';
import { type Route, route } from '../discord/route.js';
import type { Starters } from '../next/buttons.js';
import { usualSession } from '../next/rules.js';
import { topicGone } from '../next/words.js';

/** Instead of a topic's id: all of them. */
const anyTopic = '*';

interface Parts {
  readonly bank: Pick<Bank, 'topic'>;
  readonly starters: Pick<Starters, 'drill'>;
}

/** The button on profiles of earlier versions; those of now have the buttons of `next`. */
export function statsRoutes({ bank, starters }: Parts): Record<string, Route> {
  return {
    drill: route({
      reply: 'private',
      args: z.tuple([givenTopic]),
      async handle(interaction, [topic]) {
        if (topic !== anyTopic && !bank.topic(topic)) throw new UserError(topicGone);
        await starters.drill(interaction, { count: usualSession, ...(topic !== anyTopic && { topic }) });
      },
    }),
  };
}
