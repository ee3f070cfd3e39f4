import {
  ApplicationIntegrationType,
  InteractionContextType,
  SlashCommandBuilder,
  type SlashCommandSubcommandBuilder,
} from 'discord.js';
import type { Command } from '../src/app/command.js';
import { UserError } from '../src/discord/errors.js';
import { reply, suggest } from '../src/discord/respond.js';
import { nightOptions } from '../src/night/change.js';
import { readNightChange, suggestWeekdays } from '../src/night/commands.js';
import { needsManager, needsServer } from '../src/night/words.js';
import { addQuizOptions, typedFilter } from '../src/quiz/options.js';
import { requireManager } from '../src/schedule/manager.js';
import { channelOption, suggestAnyTopic, timeOption, zoneOption } from '../src/schedule/options.js';
import { requirePlace } from '../src/schedule/place.js';
import { suggestZones } from '../src/time/zones.js';

const set = (sub: SlashCommandSubcommandBuilder) =>
  addQuizOptions(
    sub
      .setName('set')
      .setDescription('A quiz every week at this time; again to change only what you give')
      .addStringOption((option) =>
        option
          .setName('weekday')
          .setDescription('On which day of the week')
          .setRequired(true)
          .setAutocomplete(true)
          .setMaxLength(20),
      )
      .addStringOption(timeOption('At what time it starts'))
      .addStringOption(zoneOption('the server’s'))
      .addStringOption((option) =>
        option.setName('name').setDescription('What it is called (Quiz night)').setMaxLength(50),
      )
      .addChannelOption(channelOption)
      .addRoleOption((option) =>
        option.setName('role').setDescription('Whom to mention when it is announced (nobody)'),
      ),
    nightOptions,
  );

export default {
  data: new SlashCommandBuilder()
    .setName('night')
    .setDescription('A weekly quiz night with a table of the season')
    .setIntegrationTypes(ApplicationIntegrationType.GuildInstall)
    .setContexts(InteractionContextType.Guild)
    .addSubcommand(set)
    .addSubcommand((sub) => sub.setName('off').setDescription('Stop the quiz nights; the season is kept'))
    .addSubcommand((sub) => sub.setName('status').setDescription('When the next nights are, and the season'))
    .toJSON(),

  async execute(interaction, services) {
    if (!interaction.inCachedGuild()) throw new UserError(needsServer);
    const { nights } = services;
    const { guildId, channelId: here } = interaction;
    const sub = interaction.options.getSubcommand();
    if (sub === 'status') return reply(interaction, await nights.status(guildId, interaction.user.id));
    requireManager(interaction, needsManager);
    if (sub === 'off') return reply(interaction, await nights.off(guildId));
    const change = await readNightChange(interaction, services);
    await requirePlace(interaction, await nights.placeOf(guildId, change, here));
    await reply(interaction, await nights.set(guildId, interaction.user.id, change, here));
  },

  async autocomplete(interaction, { bank, clock }) {
    const { name, value } = interaction.options.getFocused(true);
    if (name === 'weekday') await suggest(interaction, suggestWeekdays(value));
    else if (name === 'timezone') await suggest(interaction, suggestZones(value, clock.now()));
    else if (name === 'topic')
      await suggest(interaction, [
        ...suggestAnyTopic(value),
        ...bank.suggestTopics(value, typedFilter(interaction)),
      ]);
  },
} satisfies Command;
