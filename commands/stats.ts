import {
  ApplicationIntegrationType,
  type ChatInputCommandInteraction,
  InteractionContextType,
  SlashCommandBuilder,
} from 'discord.js';
import type { Command } from '../src/app/command.js';
import { snowflake } from '../src/discord/custom-id.js';
import { UserError } from '../src/discord/errors.js';
import { reply } from '../src/discord/respond.js';
import { notHere } from '../src/stats/words.js';

export default {
  data: new SlashCommandBuilder()
    .setName('stats')
    .setDescription('Points, rank, accuracy, streaks and readiness: yours or somebody else’s')
    .setIntegrationTypes(ApplicationIntegrationType.GuildInstall)
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .addUserOption((option) => option.setName('member').setDescription('Whose (yours)'))
    .toJSON(),

  storesNothing: true,

  async execute(interaction, { stats }) {
    const { guildId, user, options } = interaction;
    await reply(
      interaction,
      await stats.show({ guildId, reader: user.id, member: memberIn(options) ?? user }),
    );
  },
} satisfies Command;

/**
 * The member that was chosen.
 * @throws {UserError} for what is nobody's id
 */
function memberIn(options: ChatInputCommandInteraction['options']) {
  const given = options.get('member');
  if (!given) return undefined;
  const id = snowflake.safeParse(given.value).data;
  if (id === undefined) throw new UserError(notHere);
  return { id, bot: given.user?.bot ?? false, isHere: given.member != null };
}
