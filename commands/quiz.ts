import {
  ApplicationIntegrationType,
  type ChatInputCommandInteraction,
  InteractionContextType,
  SlashCommandBuilder,
  type SlashCommandSubcommandBuilder,
} from 'discord.js';
import type { Command, Services } from '../src/app/command.js';
import { readLevelOption, readTopicOption, suggestTopics } from '../src/asking/options.js';
import { levels } from '../src/bank/question.js';
import { showStatus, skipHere, stopHere } from '../src/quiz/commands.js';
import { defaultLobby, modes, scorings } from '../src/quiz/settings.js';
import { startQuiz } from '../src/quiz/start.js';

const start = (sub: SlashCommandSubcommandBuilder) =>
  sub
    .setName('start')
    .setDescription('Open a quiz for everybody in this channel')
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
      option.setName('rounds').setDescription('How many questions (5)').setMinValue(1).setMaxValue(30),
    )
    .addIntegerOption((option) =>
      option.setName('seconds').setDescription('Time for each question (20)').setMinValue(5).setMaxValue(300),
    )
    .addIntegerOption((option) =>
      option
        .setName('lobby')
        .setDescription('Seconds until it starts by itself; 0 starts at once (30)')
        .setMinValue(0)
        .setMaxValue(300),
    )
    .addStringOption((option) =>
      option
        .setName('kinds')
        .setDescription('Which kinds of questions (choice)')
        .addChoices(
          { name: 'choice: one press answers', value: 'choice' },
          { name: 'all: also several options, ordering and short answers', value: 'all' },
        ),
    )
    .addStringOption((option) =>
      option
        .setName('scoring')
        .setDescription('Whether quick answers earn more (speed)')
        .addChoices(scorings.map((value) => ({ name: value, value }))),
    )
    .addStringOption((option) =>
      option
        .setName('mode')
        .setDescription('One vote against the clock, or two with a discussion between (race)')
        .addChoices(modes.map((value) => ({ name: value, value }))),
    )
    .addIntegerOption((option) =>
      option
        .setName('teams')
        .setDescription('How many teams (everybody for themselves)')
        .setMinValue(2)
        .setMaxValue(4),
    );

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
    await suggestTopics(interaction, bank);
  },
} satisfies Command;

async function begin(interaction: ChatInputCommandInteraction, { quiz, bank }: Services): Promise<void> {
  const { options } = interaction;
  const level = readLevelOption(interaction);
  const topic = readTopicOption(interaction, bank);
  await startQuiz(quiz, bank, interaction, {
    ...(level && { level }),
    ...(topic && { topic }),
    rounds: options.getInteger('rounds') ?? 5,
    seconds: options.getInteger('seconds') ?? 20,
    lobby: options.getInteger('lobby') ?? defaultLobby,
    kinds: options.getString('kinds') ?? 'choice',
    scoring: options.getString('scoring') ?? 'speed',
    mode: options.getString('mode') ?? 'race',
    teams: options.getInteger('teams') ?? undefined,
  });
}
