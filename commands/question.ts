import {
  ApplicationIntegrationType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  InteractionContextType,
  SlashCommandBuilder,
  type SlashCommandSubcommandBuilder,
} from 'discord.js';
import type { Command } from '../src/app/command.js';
import { kindNames } from '../src/asking/layout.js';
import { readTopicOption, suggestTopics } from '../src/asking/options.js';
import { kinds, levels } from '../src/bank/question.js';
import { askQuestion } from '../src/question/buttons.js';

const describe = (level: string) => (sub: SlashCommandSubcommandBuilder) =>
  sub
    .setName(level)
    .setDescription(level === 'any' ? 'A question of any level' : `A question of the level ${level}`)
    .addStringOption((option) =>
      option.setName('topic').setDescription('About what (all topics)').setAutocomplete(true),
    )
    .addStringOption((option) =>
      option
        .setName('kind')
        .setDescription('Which kind of question (all kinds)')
        .addChoices(kinds.map((kind) => ({ name: kindNames[kind], value: kind }))),
    )
    .addBooleanOption((option) =>
      option.setName('private').setDescription('Only you see it, and it answers at once (no)'),
    );

const data = new SlashCommandBuilder()
  .setName('question')
  .setDescription('Put an interview question to everybody here, or only to you')
  .setIntegrationTypes(ApplicationIntegrationType.GuildInstall)
  .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM);
for (const level of [...levels, 'any']) data.addSubcommand(describe(level));

export default {
  data: data.toJSON(),

  repliesPublicly: (interaction) => interaction.options.getBoolean('private') !== true,

  async execute(interaction, { practice, bank }) {
    const { options } = interaction;
    const { level, kind } = typed(interaction);
    const topic = readTopicOption(interaction, bank);
    const filter = { ...(level && { level }), ...(topic && { topic }), ...(kind && { kind }) };
    await askQuestion(practice, interaction, filter, options.getBoolean('private') ?? false);
  },

  async autocomplete(interaction, { bank }) {
    const { kind, level } = typed(interaction);
    await suggestTopics(interaction, bank, { level, ...(kind && { kinds: [kind] }) });
  },
} satisfies Command;

const typed = ({ options }: ChatInputCommandInteraction | AutocompleteInteraction) => ({
  level: levels.find((one) => one === options.getSubcommand()),
  kind: kinds.find((one) => one === options.getString('kind')),
});
