import { ApplicationIntegrationType, InteractionContextType, SlashCommandBuilder } from 'discord.js';
import type { Command } from '../src/app/command.js';
import { readTopicOption } from '../src/asking/options.js';
import { suggest } from '../src/discord/respond.js';
import { reviewCounts } from '../src/review/service.js';

export default {
  data: new SlashCommandBuilder()
    .setName('review')
    .setDescription('What you got wrong comes back until you know it')
    .setIntegrationTypes(ApplicationIntegrationType.GuildInstall)
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .addSubcommand((sub) =>
      sub
        .setName('start')
        .setDescription('Answer what is due today, for you alone')
        .addIntegerOption((option) =>
          option
            .setName('count')
            .setDescription(`How many at the most (${reviewCounts.usual})`)
            .setMinValue(reviewCounts.least)
            .setMaxValue(reviewCounts.most),
        )
        .addStringOption((option) =>
          option.setName('topic').setDescription('Only of one topic (all)').setAutocomplete(true),
        ),
    )
    .toJSON(),

  async execute(interaction, { review, bank }) {
    const count = interaction.options.getInteger('count') ?? reviewCounts.usual;
    await review.start(interaction, { count, topic: readTopicOption(interaction, bank) });
  },

  async autocomplete(interaction, { review }) {
    await suggest(interaction, await review.suggestTopics(interaction, interaction.options.getFocused()));
  },
} satisfies Command;
