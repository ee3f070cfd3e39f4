import {
  ApplicationIntegrationType,
  InteractionContextType,
  SlashCommandBuilder,
  type SlashCommandSubcommandBuilder,
} from 'discord.js';
import type { Command } from '../src/app/command.js';
import { readLevelOption } from '../src/asking/options.js';
import { levels } from '../src/bank/question.js';
import { reply, suggest } from '../src/discord/respond.js';
import { minuteBounds } from '../src/plan/rules.js';
import { suggestDates } from '../src/plan/settings.js';

const set = (sub: SlashCommandSubcommandBuilder) =>
  sub
    .setName('set')
    .setDescription('Make a plan to the day of your interview, or change it; only you see it')
    .addStringOption((option) =>
      option
        .setName('date')
        .setDescription('The day of the interview: YYYY-MM-DD')
        .setRequired(true)
        .setMaxLength(20)
        .setAutocomplete(true),
    )
    .addStringOption((option) =>
      option
        .setName('level')
        .setDescription('How hard it will be; easier levels are part of it (all levels)')
        .addChoices(levels.map((level) => ({ name: level, value: level }))),
    )
    .addIntegerOption((option) =>
      option
        .setName('minutes')
        .setDescription(`Minutes a day (${minuteBounds.usual})`)
        .setMinValue(minuteBounds.least)
        .setMaxValue(minuteBounds.most),
    );

export default {
  data: new SlashCommandBuilder()
    .setName('plan')
    .setDescription('What to study on which day, to the day of your interview')
    .setIntegrationTypes(ApplicationIntegrationType.GuildInstall)
    .setContexts(InteractionContextType.Guild, InteractionContextType.BotDM)
    .addSubcommand(set)
    .addSubcommand((sub) => sub.setName('show').setDescription('Your plan, and today’s share of it'))
    .addSubcommand((sub) => sub.setName('clear').setDescription('Remove your plan'))
    .toJSON(),

  async execute(interaction, { plans }) {
    const { guildId, user, options } = interaction;
    const place = { guildId, member: user.id };
    const sub = options.getSubcommand();
    if (sub === 'show') return reply(interaction, await plans.show(place));
    if (sub === 'clear') return reply(interaction, await plans.clear(place));
    const wish = {
      date: options.getString('date', true),
      level: readLevelOption(interaction),
      minutes: options.getInteger('minutes') ?? undefined,
    };
    await reply(interaction, await plans.set(place, wish));
  },

  async autocomplete(interaction, { plans }) {
    const { guildId, user, options } = interaction;
    const today = await plans.today({ guildId, member: user.id });
    await suggest(interaction, suggestDates(options.getFocused(), today));
  },
} satisfies Command;
