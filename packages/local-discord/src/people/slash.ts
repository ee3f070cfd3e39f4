import { codePoints } from '../checks/code-points.js';
import type { CommandJson, CommandOptionJson } from '../json.js';

/** A client would not have sent this: the reason, as its user would see it. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

export const OptionType = {
  subcommand: 1,
  subcommandGroup: 2,
  string: 3,
  integer: 4,
  boolean: 5,
  user: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
} as const;

/** An option as it is sent. */
export interface SentOption {
  name: string;
  type: number;
  value?: string | number | boolean;
  options?: SentOption[];
  focused?: boolean;
}

/** Finds the id of a user, channel or role by the name that was typed; undefined when there is none. */
export type Resolve = (kind: 'user' | 'channel' | 'role', name: string) => string | undefined;

export interface ParsedSlash {
  readonly command: CommandJson;
  readonly options: SentOption[];
  /** Ids that options named, by what they are. */
  readonly resolved: { user: string[]; channel: string[]; role: string[] };
  /** Names of files that options named, which become ids once they are uploaded. */
  readonly files: string[];
}

export interface ParseOptions {
  readonly resolve: Resolve;
  /** Names of the files that are at hand. */
  readonly files?: readonly string[];
  /** For autocomplete: the last option is under way, nothing is required, values need not be valid yet. */
  readonly completing?: boolean;
}

/**
 * Reads `/quiz start level:advanced topic:"query sets"` against the registered commands, with the checks that
 * Discord's client makes: names, types, choices, ranges and what is required.
 * @throws Refused in the words of what is wrong
 */
export function parseSlash(text: string, commands: Iterable<CommandJson>, how: ParseOptions): ParsedSlash {
  const [, name = '', rest = ''] = /^\/(\S+)\s*([\s\S]*)$/.exec(text.trim()) ?? [];
  const command = [...commands].find((candidate) => candidate.type === 1 && candidate.name === name);
  if (!command) throw new Refused(`There is no command /${name}`);
  const resolved = { user: [], channel: [], role: [] };
  const named: string[] = [];
  const options = readOptions(command.options ?? [], rest.trim(), `/${name}`, { ...how, resolved, named });
  return { command, options, resolved, files: named };
}

type Reading = ParseOptions & { readonly resolved: ParsedSlash['resolved']; readonly named: string[] };

function readOptions(
  defined: readonly CommandOptionJson[],
  text: string,
  at: string,
  how: Reading,
): SentOption[] {
  const nested = defined.filter(({ type }) => type <= OptionType.subcommandGroup);
  if (nested.length > 0) {
    const [, word = '', rest = ''] = /^(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
    const chosen = nested.find(({ name }) => name === word);
    if (!chosen)
      throw new Refused(`${at} needs one of ${nested.map(({ name }) => name).join(', ')}, not "${word}"`);
    const options = readOptions(chosen.options ?? [], rest, `${at} ${word}`, how);
    return [{ name: chosen.name, type: chosen.type, options }];
  }
  const typed = splitValues(defined, text, at);
  const missing = defined.find(
    ({ name, required }) => required && !typed.some((value) => value.option.name === name),
  );
  if (missing && !how.completing) throw new Refused(`${at}: the option ${missing.name} is required`);
  return typed.map(({ option, value }, index) => {
    const last = index === typed.length - 1;
    if (how.completing && last) return { name: option.name, type: option.type, value, focused: true };
    return {
      name: option.name,
      type: option.type,
      value: readValue(option, value, `${at} ${option.name}`, how),
    };
  });
}

function splitValues(
  defined: readonly CommandOptionJson[],
  text: string,
  at: string,
): { option: CommandOptionJson; value: string }[] {
  if (text === '') return [];
  const names = defined.map(({ name }) => name);
  const unquoted = text.replaceAll(/"[^"]*"/g, (quoted) => '_'.repeat(quoted.length));
  const starts = [...unquoted.matchAll(/(?<=^|\s)([^\s:"]+):/g)].filter(([, name]) =>
    names.includes(name ?? ''),
  );
  if (starts[0]?.index !== 0) {
    const [, odd] = /^(\S+?):/.exec(text) ?? [];
    throw new Refused(`${at} has no option ${odd ?? `for "${text}"`}; it has ${names.join(', ') || 'none'}`);
  }
  return starts.map((start, index) => {
    const [all, name] = start;
    const end = starts[index + 1]?.index ?? text.length;
    const raw = text.slice((start.index ?? 0) + all.length, end).trim();
    const option = defined.find((candidate) => candidate.name === name);
    if (!option) throw new Refused(`${at} has no option ${name}`);
    return { option, value: /^"[^"]*"$/.test(raw) ? raw.slice(1, -1) : raw };
  });
}

function readValue(
  option: CommandOptionJson,
  text: string,
  at: string,
  how: Reading,
): string | number | boolean {
  if (option.choices?.length) {
    const choice = option.choices.find(({ name, value }) => name === text || String(value) === text);
    if (!choice)
      throw new Refused(`${at}: "${text}" is none of ${option.choices.map(({ name }) => name).join(', ')}`);
    return choice.value;
  }
  switch (option.type) {
    case OptionType.string:
      return readString(option, text, at);
    case OptionType.integer:
    case OptionType.number:
      return readNumber(option, text, at);
    case OptionType.boolean:
      if (/^(true|false)$/i.test(text)) return text.toLowerCase() === 'true';
      throw new Refused(`${at}: "${text}" is neither true nor false`);
    case OptionType.user:
      return readMention('user', text, at, how);
    case OptionType.channel:
      return readMention('channel', text, at, how);
    case OptionType.role:
      return readMention('role', text, at, how);
    case OptionType.mentionable:
      return readMention(how.resolve('user', text) ? 'user' : 'role', text, at, how);
    case OptionType.attachment:
      if (!how.files?.includes(text))
        throw new Refused(`${at}: there is no file "${text}"; hand it over as { files: [{ name, bytes }] }`);
      how.named.push(text);
      return text;
    default:
      throw new Refused(`${at}: options of type ${option.type} cannot be typed here`);
  }
}

function readString(option: CommandOptionJson, text: string, at: string): string {
  const length = codePoints(text);
  if (length === 0) throw new Refused(`${at} is empty`);
  const { min_length: min, max_length: max } = option;
  if (typeof min === 'number' && length < min) throw new Refused(`${at}: at least ${min} characters`);
  if (length > (max ?? 6000)) throw new Refused(`${at}: at most ${max ?? 6000} characters`);
  return text;
}

function readNumber(option: CommandOptionJson, text: string, at: string): number {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) throw new Refused(`${at}: "${text}" is no number`);
  if (option.type === OptionType.integer && !Number.isSafeInteger(value)) {
    throw new Refused(`${at}: "${text}" is no whole number`);
  }
  const { min_value: min, max_value: max } = option;
  if (typeof min === 'number' && value < min) throw new Refused(`${at}: ${value} is less than ${min}`);
  if (typeof max === 'number' && value > max) throw new Refused(`${at}: ${value} is more than ${max}`);
  return value;
}

function readMention(kind: 'user' | 'channel' | 'role', text: string, at: string, how: Reading): string {
  const id = how.resolve(kind, text.replace(/^[@#]/, ''));
  if (!id) throw new Refused(`${at}: there is no ${kind} "${text}"`);
  how.resolved[kind].push(id);
  return id;
}
