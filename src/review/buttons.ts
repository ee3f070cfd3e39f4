import { z } from 'zod';
import { givenId } from '../bank/given-ids.js';
import type { ComponentInteraction } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import { whisper } from '../discord/respond.js';
import { type Route, route } from '../discord/route.js';
import * as words from './words.js';

/** What the buttons need. */
export interface ReviewActs {
  startDue(interaction: ComponentInteraction): Promise<void>;
  startOne(interaction: ComponentInteraction, question: string): Promise<void>;
  /** @returns whether reminders of that scope were on; undefined where this process does not serve it */
  turnOff(scope: string, member: string): Promise<boolean | undefined>;
}

const scope = z.string().regex(/^(?:dm-)?\d{1,20}$/);

/** The buttons of `/review status` and of reminders. */
export function reviewRoutes(reviews: ReviewActs): Record<string, Route> {
  return {
    due: route({
      reply: 'private',
      args: z.tuple([]),
      handle: (interaction) => reviews.startDue(interaction),
    }),
    one: route({
      reply: 'private',
      args: z.tuple([givenId]),
      handle: (interaction, [id]) => reviews.startOne(interaction, id),
    }),
    // In direct messages, where a reminder of any server stands: only its presser's own can be meant.
    off: route({
      reply: 'private',
      args: z.tuple([scope, z.iso.date()]),
      async handle(interaction, [where]) {
        const was = await reviews.turnOff(where, interaction.user.id);
        if (was === undefined) throw new UserError(words.turnOffThere);
        await whisper(interaction, was ? words.reminderOff : words.reminderWasOff);
      },
    }),
  };
}
