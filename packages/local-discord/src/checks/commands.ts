import type { Fault } from '../errors.js';
import type { CommandOptionJson } from '../json.js';
import { locales as known } from '../tables.js';
import { codePoints } from './code-points.js';
import { type Add, missing, type Path } from './figures.js';

/**
 * Rules for commands that Discord's published schema leaves out.
 * Source: https://docs.discord.com/developers/interactions/application-commands
 */

export interface CommandBody {
  id?: string | null;
  name: string;
  type?: number | null;
  description?: string | null;
  options?: CommandOptionJson[] | null;
  default_member_permissions?: string | number | null;
  name_localizations?: Localised;
  description_localizations?: Localised;
  dm_permission?: boolean | null;
  contexts?: number[] | null;
  integration_types?: number[] | null;
  nsfw?: unknown;
}

type Localised = Record<string, string> | null | undefined;

const subcommand = 1;
const subcommandGroup = 2;
const namePattern = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const longestAll = 8_000;
const longestChoice = 100;
/** Types of commands: typed, on people, on messages. */
const offered: readonly number[] = [1, 2, 3];
/** Texts, whole numbers and numbers. */
const completable: readonly number[] = [3, 4, 10];
const locales: ReadonlySet<string> = new Set(known);

export function commandFaults(command: CommandBody, path: Path = []): Fault[] {
  const faults: Fault[] = [];
  const add = (where: Path, code: string, message: string): void => {
    faults.push({ path: [...path, ...where], code, message });
  };
  const chatInput = (command.type ?? 1) === 1;
  unmodelledInstall(command, add);
  if (chatInput) {
    checkName(command.name, ['name'], add);
    localisedNames(command.name_localizations, ['name_localizations'], add);
    if (!command.description?.trim()) missing(add, ['description']);
  } else {
    knownLocales(command.name_localizations, ['name_localizations'], add);
    menuFaults(command, add);
  }
  knownLocales(command.description_localizations, ['description_localizations'], add);
  // The published schema has no such field.
  if (command.nsfw != null && typeof command.nsfw !== 'boolean')
    add(['nsfw'], 'BOOLEAN_TYPE_CONVERT', 'Must be either true or false.');
  optionFaults(command.options ?? [], ['options'], add);
  if (totalLength(command) > longestAll) {
    add([], 'APPLICATION_COMMAND_TOO_LARGE', `Command exceeds maximum size (${longestAll})`);
  }
  return faults;
}

/** Two commands of one name are refused. */
export function duplicateFaults(commands: readonly CommandBody[]): Fault[] {
  const seen = new Set<string>();
  return commands.flatMap((command, index) => {
    const key = `${command.type ?? 1}:${command.name}`;
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    const message = 'Application command names must be unique';
    return [{ path: [index], code: 'APPLICATION_COMMANDS_DUPLICATE_NAME', message }];
  });
}

function checkName(name: string, path: Path, add: Add): void {
  if (!namePattern.test(name) || name !== name.toLowerCase()) {
    add(path, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
  }
}

/** Names in other languages keep the same rules, and each language is one of Discord's. */
function localisedNames(names: Localised, path: Path, add: Add): void {
  for (const [locale, name] of Object.entries(names ?? {})) checkName(name, [...path, locale], add);
  knownLocales(names, path, add);
}

function knownLocales(texts: Localised, path: Path, add: Add): void {
  for (const locale of Object.keys(texts ?? {})) {
    if (!locales.has(locale))
      add([...path, locale], 'ENUM_TYPE_COERCE', `Value "${locale}" is not a valid enum value.`);
  }
}

/** Commands in the menu of a message or of somebody have a name and nothing else. */
function menuFaults(command: CommandBody, add: Add): void {
  if (command.description) {
    const code = 'APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID';
    add(['description'], code, 'Context menu commands cannot have description.');
  }
  if (command.options?.length) {
    const code = 'APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID';
    add(['options'], code, 'Context menu commands cannot have options.');
  }
}

/** What Discord has and this server has not. */
function unmodelledInstall({ type, integration_types: installs }: CommandBody, add: Add): void {
  const code = 'LOCAL_DISCORD_NOT_MODELLED';
  if (!offered.includes(type ?? 1)) add(['type'], code, 'local-discord has no entry point commands.');
  if (installs?.includes(1)) add(['integration_types'], code, 'local-discord has no user install.');
}

function optionFaults(options: readonly CommandOptionJson[], path: Path, add: Add): void {
  const names = new Set<string>();
  let optional = false;
  options.forEach((option, index) => {
    const here = [...path, index];
    checkName(option.name, [...here, 'name'], add);
    localisedNames(option.name_localizations, [...here, 'name_localizations'], add);
    knownLocales(option.description_localizations, [...here, 'description_localizations'], add);
    if (names.has(option.name)) {
      add(
        [...here, 'name'],
        'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS',
        'Option name already exists.',
      );
    }
    names.add(option.name);
    if (option.required && optional) {
      add(
        here,
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options must be placed before non-required options',
      );
    }
    if (!option.required) optional = true;
    if (option.autocomplete && option.choices?.length) {
      add(
        [...here, 'autocomplete'],
        'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES',
        'Choices and autocomplete exclude each other.',
      );
    }
    valueFaults(option, here, add);
    if (option.options) optionFaults(option.options, [...here, 'options'], add);
  });
  const groups = options.filter(({ type }) => type === subcommand || type === subcommandGroup).length;
  if (groups > 0 && groups < options.length) {
    add(
      path,
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Sub-command and sub-command group option types are mutually exclusive to all other types',
    );
  }
}

/** What an option says of its values. */
function valueFaults(option: CommandOptionJson, here: Path, add: Add): void {
  const { choices, min_value: min, max_value: max, min_length: shortest, max_length: longest } = option;
  choices?.forEach((choice, index) => {
    const path = [...here, 'choices', index];
    knownLocales(choice.name_localizations, [...path, 'name_localizations'], add);
    if (typeof choice.value === 'string' && codePoints(choice.value) > longestChoice)
      add([...path, 'value'], 'BASE_TYPE_MAX_LENGTH', `Must be ${longestChoice} or fewer in length.`);
  });
  for (const key of ['name', 'value'] as const) {
    const all = (choices ?? []).map((choice) => choice[key]);
    if (new Set(all).size < all.length) {
      const code = 'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS';
      add([...here, 'choices'], code, `Two choices have the same ${key}.`);
    }
  }
  if (typeof min === 'number' && typeof max === 'number' && min > max) {
    add(
      [...here, 'min_value'],
      'APPLICATION_COMMAND_OPTIONS_MIN_VALUE_TOO_LARGE',
      'min_value exceeds max_value.',
    );
  }
  if (typeof shortest === 'number' && typeof longest === 'number' && shortest > longest) {
    add(
      [...here, 'min_length'],
      'APPLICATION_COMMAND_OPTIONS_MIN_LENGTH_TOO_LARGE',
      'min_length exceeds max_length.',
    );
  }
  if (option.autocomplete && !completable.includes(option.type)) {
    add([...here, 'autocomplete'], 'BASE_TYPE_INVALID', 'Only texts and numbers can be completed.');
  }
  if (option.type === subcommandGroup && !option.options?.length) {
    missing(add, [...here, 'options']);
  }
}

/** The longest language of each text counts. */
function totalLength(command: CommandBody): number {
  const ofOption = (option: CommandOptionJson): number =>
    longest(option.name, option.name_localizations) +
    longest(option.description, option.description_localizations) +
    sumOf(
      option.choices,
      (choice) => longest(choice.name, choice.name_localizations) + codePoints(String(choice.value)),
    ) +
    sumOf(option.options, ofOption);
  return (
    longest(command.name, command.name_localizations) +
    longest(command.description ?? '', command.description_localizations) +
    sumOf(command.options, ofOption)
  );
}

function longest(text: string, others: Localised): number {
  return Math.max(...[text, ...Object.values(others ?? {})].map(codePoints));
}

function sumOf<T>(all: readonly T[] | null | undefined, length: (one: T) => number): number {
  return (all ?? []).reduce((sum, one) => sum + length(one), 0);
}
