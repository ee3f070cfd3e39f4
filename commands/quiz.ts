import {
  ApplicationIntegrationType,
  type ChatInputCommandInteraction,
  InteractionContextType,
  SlashCommandBuilder,
  type SlashCommandSubcommandBuilder,
} from 'discord.js';
import type { Command, Services } from '../src/app/command.js';
import { suggestTopics } from '../src/asking/options.js';
import { showStatus, skipHere, stopHere } from '../src/quiz/commands.js';
import { addQuizOptions, readQuizOptions, typedFilter } from '../src/quiz/options.js';
import { defaults } from '../src/quiz/settings.js';
import { startQuiz } from '../src/quiz/start.js';

const start = (sub: SlashCommandSubcommandBuilder) =>
  addQuizOptions(sub.setName('start').setDescription('Open a quiz for everybody in this channel'));

export default {
  data: new SlashCommandBuilder()
    .setName('quiz')
    .setDescription('A timed quiz for everybody in the channel')
    .setContexts(InteractionContextType.Guild)
    .setIntegrationTypes(ApplicationIntegrationType.GuildInstall)
    .addSubcommand(start)
    .addSubcommand((sub) => sub.setName('stop').setDescription('End the quiz here; points earned are kept'))
    .addSubcommand((sub) => sub.setName('skip').setDescription('Close the open round and go on'))
    .addSubcommand((sub) => sub.setName('status').setDescription('How far the quiz here is'))
    .toJSON(),

  repliesPublicly: (interaction) => interaction.options.getSubcommand() === 'start',

  async execute(interaction, services) {
    const sub = interaction.options.getSubcommand();
    if (sub === 'start') await begin(interaction, services);
    else if (sub === 'stop') await stopHere(interaction, services);
    else if (sub === 'skip') await skipHere(interaction, services);
    else await showStatus(interaction, services);
  },

  async autocomplete(interaction, { bank }) {
    await suggestTopics(interaction, bank, typedFilter(interaction));
  },
} satisfies Command;

async function begin(interaction: ChatInputCommandInteraction, { quiz, bank }: Services): Promise<void> {
  await startQuiz(quiz, interaction, { ...defaults, ...readQuizOptions(interaction, bank) });
}
