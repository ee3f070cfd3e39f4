import type {
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  SlashCommandSubcommandBuilder,
} from 'discord.js';
import { readLevelOption, readTopicOption } from '../asking/options.js';
import type { Bank } from '../bank/bank.js';
import { type Filter, levels } from '../bank/question.js';
import { defaults, filterOf, kindChoices, modes, mostRounds, scorings } from './settings.js';

/** What differs where a quiz is set once for many times. */
export interface OptionForm {
  /** Takes back what was set: as a level and topic; for teams, where 1 means none. */
  readonly any: string;
  /** Seconds of its lobby: the fewest, and how many where none were given. */
  readonly lobby: { readonly least: number; readonly usual: number };
}

/** What a quiz can be asked to be like, wherever it is opened. */
export const addQuizOptions = (
  sub: SlashCommandSubcommandBuilder,
  form?: OptionForm,
): SlashCommandSubcommandBuilder =>
  sub
    .addStringOption((option) =>
      option
        .setName('level')
        .setDescription('How hard (all levels)')
        .addChoices([...levels, ...(form ? [form.any] : [])].map((level) => ({ name: level, value: level }))),
    )
    .addStringOption((option) =>
      option.setName('topic').setDescription('About what (all topics)').setAutocomplete(true),
    )
    .addIntegerOption((option) =>
      option
        .setName('rounds')
        .setDescription('How many questions (5)')
        .setMinValue(1)
        .setMaxValue(mostRounds),
    )
    .addIntegerOption((option) =>
      option.setName('seconds').setDescription('Time for each question (20)').setMinValue(5).setMaxValue(300),
    )
    .addIntegerOption((option) =>
      option
        .setName('lobby')
        .setDescription(
          form
            ? `Seconds before the start at which the lobby opens (${form.lobby.usual})`
            : `Seconds until it starts by itself; 0 starts at once (${defaults.lobby})`,
        )
        .setMinValue(form?.lobby.least ?? 0)
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
    .addStringOption((option) =>
      option
        .setName('from')
        .setDescription('Which questions come first (bank)')
        .addChoices(
          { name: 'bank: all that fit', value: 'bank' },
          { name: 'missed: what somebody here has missed', value: 'missed' },
          { name: 'weak: the group’s weakest topics', value: 'weak' },
        ),
    )
    .addIntegerOption((option) =>
      option
        .setName('teams')
        .setDescription(
          form ? 'How many teams; 1: everybody for themselves' : 'How many teams (everybody for themselves)',
        )
        .setMinValue(form ? 1 : 2)
        .setMaxValue(4),
    );

/** What a quiz of the options typed so far may ask, about whatever. */
export function typedFilter(interaction: AutocompleteInteraction): Omit<Filter, 'topic'> {
  const kinds = kindChoices.find((one) => one === interaction.options.getString('kinds')) ?? defaults.kinds;
  const { topic: _, ...filter } = filterOf({ level: readLevelOption(interaction), kinds });
  return filter;
}

/**
 * Those that were given, as they came.
 * @throws {UserError} for a topic that the bank does not have
 */
export function readQuizOptions(
  interaction: ChatInputCommandInteraction,
  bank: Bank,
  form?: OptionForm,
): Readonly<Record<string, string | number>> {
  const { options } = interaction;
  const typed = options.getString('topic')?.trim().toLowerCase();
  const teams = options.getInteger('teams');
  const given = {
    level: options.getString('level'),
    topic: form && typed === form.any ? form.any : readTopicOption(interaction, bank),
    rounds: options.getInteger('rounds'),
    seconds: options.getInteger('seconds'),
    lobby: options.getInteger('lobby'),
    kinds: options.getString('kinds'),
    scoring: options.getString('scoring'),
    mode: options.getString('mode'),
    from: options.getString('from'),
    teams: form && teams === 1 ? form.any : teams,
  };
  const all = Object.entries(given).filter(
    (one): one is [string, string | number] => one[1] !== null && one[1] !== undefined,
  );
  return Object.fromEntries(all);
}
