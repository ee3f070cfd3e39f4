import { ApplicationIntegrationType, InteractionContextType, SlashCommandBuilder } from 'discord.js';
import type { Command } from '../src/app/command.js';
import { readTopicOption, suggestTopics } from '../src/asking/options.js';
import { gradedKinds } from '../src/bank/question.js';
import { reply } from '../src/discord/respond.js';
import { guildOf } from '../src/leaderboard/buttons.js';
import { showBoard } from '../src/leaderboard/service.js';
import { periodNames } from '../src/leaderboard/words.js';
import { periods } from '../src/ledger/periods.js';

export default {
  data: new SlashCommandBuilder()
    .setName('leaderboard')
    .setDescription('Who has the most points in this server')
    .setIntegrationTypes(ApplicationIntegrationType.GuildInstall)
    .setContexts(InteractionContextType.Guild)
    .addStringOption((option) =>
      option
        .setName('period')
        .setDescription('Points from when on (all time)')
        .addChoices(periods.map((value) => ({ name: periodNames[value], value }))),
    )
    .addStringOption((option) =>
      option.setName('topic').setDescription('Points for which topic (all topics)').setAutocomplete(true),
    )
    .toJSON(),

  storesNothing: true,

  repliesPublicly: () => true,

  async execute(interaction, services) {
    const chosen = interaction.options.getString('period');
    const period = periods.find((one) => one === chosen) ?? 'all';
    const topic = readTopicOption(interaction, services.bank);
    const card = await showBoard(services, guildOf(interaction), { period, topic }, { index: 0 });
    await reply(interaction, card, { ephemeral: false });
  },

  async autocomplete(interaction, { bank }) {
    await suggestTopics(interaction, bank, { kinds: gradedKinds }, { withPacks: false });
  },
} satisfies Command;
