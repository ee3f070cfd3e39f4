import {
  ApplicationIntegrationType,
  InteractionContextType,
  SlashCommandBuilder,
  type SlashCommandSubcommandBuilder,
} from 'discord.js';
import type { Command } from '../src/app/command.js';
import { readLevelOption, readTopicOption, suggestTopics } from '../src/asking/options.js';
import { levels } from '../src/bank/question.js';
import { showHistory, showInterview, startInterview, stopInterview } from '../src/interview/commands.js';
import { mostMinutes } from '../src/interview/settings.js';

const start = (sub: SlashCommandSubcommandBuilder) =>
  sub
    .setName('start')
    .setDescription('Open a mock interview for two to eight people')
    .addStringOption((option) =>
      option
        .setName('format')
        .setDescription('One candidate at a time, or everybody in writing (panel)')
        .addChoices(
          { name: 'panel: candidate, interviewer, observers', value: 'panel' },
          { name: 'written: everybody answers, then rates', value: 'written' },
        ),
    )
    .addStringOption((option) =>
      option
        .setName('level')
        .setDescription('How hard (all levels)')
        .addChoices(levels.map((level) => ({ name: level, value: level }))),
    )
    .addStringOption((option) =>
      option.setName('topic').setDescription('About what (all topics)').setAutocomplete(true),
    )
    .addIntegerOption((option) =>
      option.setName('questions').setDescription('How many questions (3)').setMinValue(1).setMaxValue(5),
    )
    .addIntegerOption((option) =>
      option
        .setName('minutes')
        .setDescription('For each question (10); a panel up to 30, written up to 2,880')
        .setMinValue(3)
        .setMaxValue(mostMinutes.written),
    );

export default {
  data: new SlashCommandBuilder()
    .setName('interview')
    .setDescription('A mock interview among members')
    .setContexts(InteractionContextType.Guild)
    .setIntegrationTypes(ApplicationIntegrationType.GuildInstall)
    .addSubcommand(start)
    .addSubcommand((sub) =>
      sub.setName('stop').setDescription('End the interview here; feedback that was handed in is kept'),
    )
    .addSubcommand((sub) => sub.setName('status').setDescription('How far the interview here is'))
    .addSubcommand((sub) =>
      sub.setName('history').setDescription('What was said of your answers so far; only you see it'),
    )
    .toJSON(),

  repliesPublicly: (interaction) => interaction.options.getSubcommand() === 'start',

  async execute(interaction, services) {
    const sub = interaction.options.getSubcommand();
    if (sub === 'stop') return stopInterview(interaction, services);
    if (sub === 'status') return showInterview(interaction, services);
    if (sub === 'history') return showHistory(interaction, services);
    const { options } = interaction;
    await startInterview(interaction, services, {
      format: options.getString('format') ?? undefined,
      level: readLevelOption(interaction),
      topic: readTopicOption(interaction, services.bank),
      questions: options.getInteger('questions') ?? undefined,
      minutes: options.getInteger('minutes') ?? undefined,
    });
  },

  async autocomplete(interaction, { bank }) {
    await suggestTopics(interaction, bank, { level: readLevelOption(interaction), kinds: ['open'] });
  },
} satisfies Command;
