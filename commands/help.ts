import { ApplicationIntegrationType, InteractionContextType, SlashCommandBuilder } from 'discord.js';
import type { Command } from '../src/app/command.js';
import { reply } from '../src/discord/respond.js';
import { helpCard } from '../src/help/cards.js';

export default {
  data: new SlashCommandBuilder()
    .setName('help')
    .setDescription('What this bot can do')
    .setIntegrationTypes(ApplicationIntegrationType.GuildInstall)
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .toJSON(),

  storesNothing: true,

  async execute(interaction, { bank }) {
    await reply(interaction, helpCard({ bank, inGuild: interaction.inGuild() }));
  },
} satisfies Command;
