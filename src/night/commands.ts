import type { ChatInputCommandInteraction } from 'discord.js';
import type { Bank } from '../bank/bank.js';
import { UserError } from '../discord/errors.js';
import { isBlank } from '../discord/text.js';
import { readQuizOptions } from '../quiz/options.js';
import { parseDays } from '../schedule/days.js';
import { readChannelOption, readRoleOption } from '../schedule/given.js';
import { readTimeOption, readZoneOption, shownTyped } from '../schedule/options.js';
import type { Clock } from '../time/clock.js';
import { fullWeekdayNames } from '../time/date-names.js';
import { type NightChange, nightOptions } from './change.js';
import * as words from './words.js';

/** What `/night set` was given. @throws {UserError} for what cannot be understood */
export async function readNightChange(
  interaction: ChatInputCommandInteraction<'cached'>,
  { bank, clock }: { readonly bank: Bank; readonly clock: Clock },
): Promise<NightChange> {
  const { options } = interaction;
  return {
    days: readWeekday(options.getString('weekday', true)),
    minute: readTimeOption(options.getString('time', true)),
    zone: readZoneOption(options.getString('timezone'), clock.now()),
    name: readName(options.getString('name')),
    channelId: await readChannelOption(interaction),
    roleId: await readRoleOption(interaction),
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
