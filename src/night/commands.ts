import { type ChatInputCommandInteraction, PermissionFlagsBits } from 'discord.js';
import type { Bank } from '../bank/bank.js';
import { parseDays } from '../daily/schedule/days.js';
import { readRoleOption, readTimeOption, readZoneOption, shownTyped } from '../daily/schedule/options.js';
import { UserError } from '../discord/errors.js';
import { isBlank } from '../discord/text.js';
import { readQuizOptions } from '../quiz/options.js';
import type { Clock } from '../time/clock.js';
import { fullWeekdayNames } from '../time/date-names.js';
import { type NightChange, nightOptions } from './change.js';
import * as words from './words.js';

/** Not by Discord's own setting for commands: that would hide `/night status` from members. */
export function requireNightManager(interaction: ChatInputCommandInteraction<'cached'>): void {
  if (!interaction.memberPermissions.has(PermissionFlagsBits.ManageGuild))
    throw new UserError(words.needsManager);
}

/** What `/night set` was given. @throws {UserError} for what cannot be understood */
export function readNightChange(
  interaction: ChatInputCommandInteraction<'cached'>,
  { bank, clock }: { readonly bank: Bank; readonly clock: Clock },
): NightChange {
  const { options } = interaction;
  return {
    days: readWeekday(options.getString('weekday', true)),
    minute: readTimeOption(options.getString('time', true)),
    zone: readZoneOption(options.getString('timezone'), clock.now()),
    name: readName(options.getString('name')),
    channelId: options.getChannel('channel')?.id,
    roleId: readRoleOption(interaction),
    quiz: readQuizOptions(interaction, bank, nightOptions),
  };
}

/** One day; `fri` and `Fridays` are understood too. */
function readWeekday(typed: string): number {
  const days = parseDays(typed);
  if (days === undefined || (days & (days - 1)) !== 0)
    throw new UserError(words.notAWeekday(shownTyped(typed)));
  return days;
}

function readName(typed: string | null): string | undefined {
  if (typed === null) return undefined;
  if (isBlank(typed)) throw new UserError(words.blankName);
  return typed.replace(/\s+/g, ' ').trim();
}

/** Weekdays for what has been typed so far. */
export const suggestWeekdays = (typed: string): { name: string; value: string }[] =>
  fullWeekdayNames
    .filter((name) => name.toLowerCase().startsWith(typed.trim().toLowerCase()))
    .map((name) => ({ name, value: name }));
