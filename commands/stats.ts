import { ApplicationIntegrationType, InteractionContextType, SlashCommandBuilder } from 'discord.js';
import type { Command } from '../src/app/command.js';
import { reply } from '../src/discord/respond.js';

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
    const member = options.getUser('member') ?? user;
    await reply(interaction, await stats.show({ guildId, reader: user.id, member }));
  },
} satisfies Command;
