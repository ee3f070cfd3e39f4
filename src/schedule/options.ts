import { ChannelType, type SlashCommandChannelOption, type SlashCommandStringOption } from 'discord.js';
import { UserError } from '../discord/errors.js';
import { codeSpan } from '../discord/text.js';
import { describeTime, meantTimes, parseTime } from '../time/time-of-day.js';
import { meantZones, parseZone } from '../time/zones.js';
import * as words from './words.js';

/** In an option: whatever was set is taken back. */
export const any = 'any';

/** Kinds of channels that a schedule can post in. */
export const postingTypes = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
] as const;

/** Where a server's schedule posts; what is left out is where the command was used. */
export const channelOption = (option: SlashCommandChannelOption): SlashCommandChannelOption =>
  option
    .setName('channel')
    .setDescription('Where (here)')
    .addChannelTypes(...postingTypes);

/** @param description what happens then */
export const timeOption =
  (description: string) =>
  (option: SlashCommandStringOption): SlashCommandStringOption =>
    option
      .setName('time')
      .setDescription(`${description}, 24 hours: HH:MM`)
      .setRequired(true)
      .setMaxLength(20);

/** @param absent whose clock it is where none is given */
export const zoneOption =
  (absent: string) =>
  (option: SlashCommandStringOption): SlashCommandStringOption =>
    option
      .setName('timezone')
      .setDescription(`Whose clock, e.g. Europe/Berlin (${absent})`)
      .setAutocomplete(true);

/** @throws {UserError} for what is no time of day */
export function readTimeOption(given: string): number {
  const minute = parseTime(given);
  if (minute === undefined)
    throw new UserError(words.notATime(shownTyped(given), meantTimes(given).map(describeTime)));
  return minute;
}

/** @throws {UserError} for what is no zone, with those that may be meant */
export function readZoneOption(given: string | null, nowMs: number): string | undefined {
  if (given === null) return undefined;
  const zone = parseZone(given);
  if (zone === undefined) throw new UserError(words.notAZone(shownTyped(given), meantZones(given, nowMs)));
  return zone;
}

export const suggestAnyTopic = (typed: string): { name: string; value: string }[] =>
  'any topic'.startsWith(typed.trim().toLowerCase()) ? [{ name: 'Any topic', value: any }] : [];

/** What somebody typed, short and without effect. */
export const shownTyped = (typed: string): string => codeSpan(typed, 40);
