import {
  ApplicationIntegrationType,
  type ChatInputCommandInteraction,
  InteractionContextType,
  SlashCommandBuilder,
  type SlashCommandSubcommandBuilder,
} from 'discord.js';
import type { Command, Services } from '../src/app/command.js';
import { readLevelOption, readTopicOption } from '../src/asking/options.js';
import { levels } from '../src/bank/question.js';
import { dailyKinds } from '../src/daily/records.js';
import type { ScheduleChange } from '../src/daily/schedule/change.js';
import * as words from '../src/daily/words.js';
import { UserError } from '../src/discord/errors.js';
import { reply, suggest } from '../src/discord/respond.js';
import { daysHelp, parseDays, suggestDays } from '../src/schedule/days.js';
import { readChannelOption, readRoleOption } from '../src/schedule/given.js';
import { requireManager } from '../src/schedule/manager.js';
import {
  any,
  channelOption,
  readTimeOption,
  readZoneOption,
  shownTyped,
  suggestAnyTopic,
  timeOption,
  zoneOption,
} from '../src/schedule/options.js';
import { requirePlace } from '../src/schedule/place.js';
import { suggestZones } from '../src/time/zones.js';

const set = (sub: SlashCommandSubcommandBuilder) =>
  sub
    .setName('set')
    .setDescription('Post a question at this time; again to change only what you give')
    .addStringOption(timeOption('At what time'))
    .addStringOption(zoneOption('needed the first time'))
    .addChannelOption(channelOption)
    .addStringOption((option) =>
      option
        .setName('level')
        .setDescription('How hard (any level)')
        .addChoices([...levels, any].map((level) => ({ name: level, value: level }))),
    )
    .addStringOption((option) =>
      option.setName('topic').setDescription('About what (any topic)').setAutocomplete(true),
    )
    .addRoleOption((option) => option.setName('role').setDescription('Whom to mention (nobody)'))
    .addStringOption((option) =>
      option
        .setName('days')
        .setDescription('On which days (every day), e.g. weekdays or mon, wed, fri')
        .setAutocomplete(true),
    );

export default {
  data: new SlashCommandBuilder()
    .setName('daily')
    .setDescription('A question every day, at your time')
    .setIntegrationTypes(ApplicationIntegrationType.GuildInstall)
    .setContexts(InteractionContextType.Guild)
    .addSubcommand(set)
    .addSubcommand((sub) => sub.setName('off').setDescription('Stop the daily question'))
    .addSubcommand((sub) => sub.setName('status').setDescription('When and where the next questions come'))
    .addSubcommand((sub) => sub.setName('preview').setDescription('See, privately, how a post will look'))
    .toJSON(),

  async execute(interaction, services) {
    if (!interaction.inCachedGuild()) throw new UserError(words.needsServer);
    const { daily } = services;
    const { guildId } = interaction;
    const sub = interaction.options.getSubcommand();
    if (sub === 'status') return reply(interaction, await daily.status(guildId));
    requireManager(interaction, words.needsManager);
    if (sub === 'off') return reply(interaction, await daily.off(guildId));
    if (sub === 'preview') return reply(interaction, await daily.preview(guildId));
    const change = await readChange(interaction, services);
    const here = interaction.channelId;
    await requirePlace(interaction, await daily.placeOf(guildId, change, here));
    await reply(interaction, await daily.set(guildId, interaction.user.id, change, here));
  },

  async autocomplete(interaction, { bank, clock }) {
    const { name, value } = interaction.options.getFocused(true);
    const asked = { level: readLevelOption(interaction), kinds: dailyKinds };
    if (name === 'timezone') await suggest(interaction, suggestZones(value, clock.now()));
    else if (name === 'days') await suggest(interaction, suggestDays(value));
    else if (name === 'topic')
      await suggest(interaction, [...suggestAnyTopic(value), ...bank.suggestTopics(value, asked)]);
  },
} satisfies Command;

async function readChange(
  interaction: ChatInputCommandInteraction<'cached'>,
  { bank, clock }: Pick<Services, 'bank' | 'clock'>,
): Promise<ScheduleChange> {
  const { options } = interaction;
  const level = options.getString('level');
  const topic = options.getString('topic')?.trim().toLowerCase();
  return {
    minute: readTimeOption(options.getString('time', true)),
    zone: readZoneOption(options.getString('timezone'), clock.now()),
    channelId: await readChannelOption(interaction),
    level: [...levels, any].find((one) => one === level) as ScheduleChange['level'],
    topic: topic === any ? any : readTopicOption(interaction, bank),
    roleId: await readRoleOption(interaction),
    days: readDays(options.getString('days')),
  };
}

function readDays(given: string | null): number | undefined {
  if (given === null) return undefined;
  const days = parseDays(given);
  if (days === undefined) throw new UserError(words.notDays(shownTyped(given), daysHelp));
  return days;
}
