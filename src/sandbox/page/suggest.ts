import { type ChoiceJson, type CommandJson, type CommandOptionJson, OptionType } from 'local-discord/client';
import type { StateView } from '../web/protocol.js';

/** What the composer offers while a command is typed. Pure: from the text alone. */
export interface Suggestion {
  readonly label: string;
  readonly detail: string;
  /** What the whole text is when it is taken. */
  readonly text: string;
}

export interface Offer {
  readonly suggestions: readonly Suggestion[];
  /** One line on what is typed just now, e.g. `rounds: How many questions (5) · 1 to 30`. */
  readonly hint: string;
  /** The bot is to be asked for the choices of the option that is typed. */
  readonly asksBot: boolean;
  /** Enter takes the first suggestion, because what is typed so far cannot be sent. */
  readonly unfinished: boolean;
}

interface Leaf {
  /** `quiz start`. */
  readonly path: string;
  readonly description: string;
  readonly options: readonly CommandOptionJson[];
}

const nothing: Offer = { suggestions: [], hint: '', asksBot: false, unfinished: false };
const mostShown = 25;

export function offer(
  text: string,
  commands: readonly CommandJson[],
  state: StateView,
  choices: readonly ChoiceJson[],
): Offer {
  if (!text.startsWith('/')) return nothing;
  const leaves = commands.flatMap(leavesOf);
  const typed = text.slice(1);
  const leaf = leaves
    .filter(({ path }) => typed === path || typed.startsWith(`${path} `))
    .sort((a, b) => b.path.length - a.path.length)[0];
  if (!leaf) return offerCommands(typed, leaves);
  return offerOptions(leaf, text, state, choices);
}

export function leavesOf({ name, description, options }: CommandJson): Leaf[] {
  const inside = (path: string, words: string, all: readonly CommandOptionJson[]): Leaf[] => {
    const subs = all.filter(({ type }) => type <= OptionType.subcommandGroup);
    if (subs.length === 0) return [{ path, description: words, options: all }];
    return subs.flatMap((sub) => inside(`${path} ${sub.name}`, sub.description, sub.options ?? []));
  };
  return inside(name, description, options ?? []);
}

function offerCommands(typed: string, leaves: readonly Leaf[]): Offer {
  const wanted = typed.trim().toLowerCase();
  const starting = leaves.filter(({ path }) => path.startsWith(wanted));
  const others = leaves.filter((leaf) => !starting.includes(leaf) && leaf.path.includes(wanted));
  const suggestions = [...starting, ...others].slice(0, mostShown).map(({ path, description, options }) => ({
    label: `/${path}`,
    detail: description,
    text: options.length > 0 ? `/${path} ` : `/${path}`,
  }));
  return {
    suggestions,
    hint: suggestions.length > 0 ? '' : 'There is no such command',
    asksBot: false,
    unfinished: true,
  };
}

function offerOptions(leaf: Leaf, text: string, state: StateView, choices: readonly ChoiceJson[]): Offer {
  const given = text.slice(leaf.path.length + 1);
  const used = usedOptions(given, leaf.options);
  const last = used.at(-1);
  if (last && !isComplete(last)) return offerValues(last, text, state, choices);
  const [, word = ''] = /(?:^|\s)(\S*)$/.exec(given) ?? [];
  const free = leaf.options.filter(
    ({ name }) => !used.some(({ option }) => option.name === name) && name.startsWith(word),
  );
  const before = text.slice(0, text.length - word.length).replace(/\s*$/, ' ');
  const missing = leaf.options.filter(
    ({ name, required }) => required && !used.some(({ option }) => option.name === name),
  );
  return {
    suggestions: [
      ...free.filter(({ required }) => required),
      ...free.filter(({ required }) => !required),
    ].map(({ name, description, required }) => ({
      label: name,
      detail: `${description}${required ? ' · required' : ''}`,
      text: `${before}${name}:`,
    })),
    hint:
      missing.length > 0 ? `Still needed: ${missing.map(({ name }) => name).join(', ')}` : leaf.description,
    asksBot: false,
    unfinished: missing.length > 0 || word !== '',
  };
}

interface Used {
  readonly option: CommandOptionJson;
  readonly raw: string;
  /** Where the value begins in what is given. */
  readonly from: number;
}

function usedOptions(given: string, options: readonly CommandOptionJson[]): Used[] {
  const unquoted = given.replaceAll(/"[^"]*"/g, (quoted) => '_'.repeat(quoted.length));
  const starts = [...unquoted.matchAll(/(?<=^|\s)([^\s:"]+):/g)].filter(([, name]) =>
    options.some((option) => option.name === name),
  );
  return starts.flatMap((start, index) => {
    const option = options.find(({ name }) => name === start[1]);
    const from = start.index + start[0].length;
    return option ? [{ option, from, raw: given.slice(from, starts[index + 1]?.index) }] : [];
  });
}

const isComplete = ({ raw }: Used): boolean =>
  /^("[^"]*"|[^\s"]\S*)\s+\S*$/.test(raw) && !/^"[^"]*$/.test(raw);

function offerValues(
  { option, raw }: Used,
  text: string,
  state: StateView,
  choices: readonly ChoiceJson[],
): Offer {
  const typed = raw.replaceAll('"', '').trim();
  const all = valuesOf(option, state, choices);
  const lower = typed.toLowerCase();
  const fits = option.autocomplete ? all : all.filter(({ name }) => name.toLowerCase().includes(lower));
  const exact = all.some(({ name, value }) => name.toLowerCase() === lower || String(value) === typed);
  const before = text.slice(0, text.length - raw.length);
  const closed = all.length > 0 && !option.autocomplete;
  return {
    suggestions: fits.slice(0, mostShown).map(({ name, value }) => ({
      label: name,
      detail: option.autocomplete && name !== value ? String(value) : '',
      text: `${before}${quoted(option.choices ? name : String(value))} `,
    })),
    hint: `${option.name}: ${option.description}${rangeOf(option)}`,
    asksBot: option.autocomplete ?? false,
    unfinished: typed === '' || (closed && !exact),
  };
}

const quoted = (value: string): string => (/\s/.test(value) ? `"${value}"` : value);

function valuesOf(
  option: CommandOptionJson,
  { people, roles, channels }: StateView,
  choices: readonly ChoiceJson[],
): readonly ChoiceJson[] {
  if (option.choices?.length) return option.choices;
  if (option.autocomplete) return choices;
  const named = (all: readonly { name: string }[], sign: string): ChoiceJson[] =>
    all.map(({ name }) => ({ name: `${sign}${name}`, value: `${sign}${name}` }));
  switch (option.type) {
    case OptionType.boolean:
      return [
        { name: 'True', value: 'true' },
        { name: 'False', value: 'false' },
      ];
    case OptionType.user:
      return named(
        people.filter(({ kind }) => kind !== 'other'),
        '@',
      );
    case OptionType.role:
      return named(roles, '@');
    case OptionType.channel:
      return named(
        channels.filter(({ direct }) => !direct),
        '#',
      );
    default:
      return [];
  }
}

function rangeOf({ min_value: min, max_value: max }: CommandOptionJson): string {
  if (min == null && max == null) return '';
  if (min == null) return ` · at most ${max}`;
  return max == null ? ` · at least ${min}` : ` · ${min} to ${max}`;
}
