import { z } from 'zod';
import { givenId } from '../bank/given-ids.js';
import type { ComponentInteraction } from '../discord/command.js';
import { UserError } from '../discord/errors.js';
import { reply, update } from '../discord/respond.js';
import { type Route, route } from '../discord/route.js';
import { periods } from '../ledger/periods.js';
import { anyTopic, type ShownFilter } from './cards.js';
import { type LeaderboardParts, showBoard } from './service.js';
import { needsServer } from './words.js';

const period = z.enum(periods);
const index = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number);

/** The buttons below a leaderboard. All they need is in their custom ids, so they work at any age. */
export function leaderboardRoutes(parts: LeaderboardParts): Record<string, Route> {
  return {
    page: route({
      reply: 'edits',
      storesNothing: true,
      args: z.tuple([period, givenId, index]),
      async handle(interaction, [of, about, page]) {
        await update(
          interaction,
          await showBoard(parts, guildOf(interaction), shown(of, about), { index: page }),
        );
      },
    }),
    period: route({
      reply: 'edits',
      storesNothing: true,
      args: z.tuple([period, givenId]),
      async handle(interaction, [of, about]) {
        await update(
          interaction,
          await showBoard(parts, guildOf(interaction), shown(of, about), { index: 0 }),
        );
      },
    }),
    mine: route({
      reply: 'private',
      storesNothing: true,
      args: z.tuple([period, givenId]),
      async handle(interaction, [of, about]) {
        const member = interaction.user.id;
        await reply(interaction, await showBoard(parts, guildOf(interaction), shown(of, about), { member }));
      },
    }),
  };
}

/** @throws {UserError} in direct messages */
export function guildOf({ guildId }: Pick<ComponentInteraction, 'guildId'>): string {
  if (!guildId) throw new UserError(needsServer);
  return guildId;
}

const shown = (of: ShownFilter['period'], about: string): ShownFilter => ({
  period: of,
  topic: about === anyTopic ? undefined : about,
});
