import { ApplicationIntegrationType, InteractionContextType, SlashCommandBuilder } from 'discord.js';
import type { Command } from '../src/app/command.js';
import { readTopicOption } from '../src/asking/options.js';
import { reply, suggest } from '../src/discord/respond.js';
import { reviewCounts } from '../src/review/service.js';
import { suggestZones } from '../src/time/zones.js';

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
    .addSubcommand((sub) =>
      sub.setName('status').setDescription('What is due today and this week, and what is hardest for you'),
    )
    .addSubcommand((sub) =>
      sub
        .setName('remind')
        .setDescription('A direct message on days with something due')
        .addStringOption((option) =>
          option.setName('time').setDescription('At what time, 24 hours: HH:MM').setMaxLength(20),
        )
        .addStringOption((option) =>
          option
            .setName('timezone')
            .setDescription('Whose clock, e.g. Europe/Berlin (needed the first time)')
            .setAutocomplete(true),
        )
        .addBooleanOption((option) => option.setName('off').setDescription('No more reminders')),
    )
    .toJSON(),

  async execute(interaction, { review, bank }) {
    const { options } = interaction;
    const sub = options.getSubcommand();
    if (sub === 'status') return reply(interaction, await review.status(interaction));
    if (sub === 'remind') {
      if (options.getBoolean('off')) return reply(interaction, await review.remindNoMore(interaction));
      const [time, timezone] = [options.getString('time'), options.getString('timezone')];
      return reply(interaction, await review.remind(interaction, { time, timezone }));
    }
    const count = options.getInteger('count') ?? reviewCounts.usual;
    await review.start(interaction, { count, topic: readTopicOption(interaction, bank) });
  },

  async autocomplete(interaction, { review, clock }) {
    const { name, value } = interaction.options.getFocused(true);
    const choices =
      name === 'timezone' ? suggestZones(value, clock.now()) : await review.suggestTopics(interaction, value);
    await suggest(interaction, choices);
  },
} satisfies Command;
