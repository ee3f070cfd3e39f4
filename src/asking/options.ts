import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';
import type { Bank } from '../bank/bank.js';
import { type Level, levels } from '../bank/question.js';
import { UserError } from '../discord/errors.js';
import { suggest } from '../discord/respond.js';
import { noTopic } from './words.js';

/** The option `level`; undefined when it was left out, or while something else stands there. */
export function readLevelOption(
  interaction: ChatInputCommandInteraction | AutocompleteInteraction,
): Level | undefined {
  const value = interaction.options.getString('level');
  return levels.find((level) => level === value);
}

/**
 * The option `topic` as a topic's or a pack's id; undefined when it was left out. Titles are understood too.
 * @throws {UserError} naming topics that are near, for one that the bank does not have
 */
export function readTopicOption(interaction: ChatInputCommandInteraction, bank: Bank): string | undefined {
  const wanted = interaction.options.getString('topic')?.trim();
  if (!wanted) return undefined;
  const known = bank.named(wanted);
  if (known) return known;
  const near = bank.closestTopics(wanted).map(({ id }) => id);
  throw new UserError(noTopic(wanted, near));
}

/** Autocomplete of an option `topic`. The rest is that of {@link Bank.suggestTopics}. */
export async function suggestTopics(
  interaction: AutocompleteInteraction,
  bank: Bank,
  ...rest: DropFirst<Parameters<Bank['suggestTopics']>>
): Promise<void> {
  await suggest(interaction, bank.suggestTopics(interaction.options.getFocused(), ...rest));
}

type DropFirst<T extends readonly unknown[]> = T extends [unknown, ...infer Rest] ? Rest : never;
