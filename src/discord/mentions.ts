import {
  type APIMessageTopLevelComponent,
  ApplicationCommandOptionType,
  ComponentType,
  type REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
} from 'discord.js';

/** By what is typed after the slash, e.g. `daily set`: what Discord shows as a command to click on. */
export type CommandMentions = ReadonlyMap<string, string>;

/**
 * How registered commands are mentioned. One with subcommands can be mentioned only with one of them.
 * @param ids of the commands by name
 */
export function commandMentions(
  commands: Iterable<Pick<RESTPostAPIChatInputApplicationCommandsJSONBody, 'name' | 'options'>>,
  ids: ReadonlyMap<string, string>,
): CommandMentions {
  const paths = [...commands].flatMap(({ name, options = [] }) => {
    const subs = options.filter(({ type }) => type === ApplicationCommandOptionType.Subcommand);
    return subs.length > 0 ? subs.map((sub) => [name, `${name} ${sub.name}`]) : [[name, name]];
  });
  return new Map(
    paths.flatMap(([name = '', path = '']) => (ids.has(name) ? [[path, `</${path}:${ids.get(name)}>`]] : [])),
  );
}

/** By the connection over which messages go: the mentions of its bot. */
const known = new WeakMap<REST, CommandMentions>();

/** From now on, commands named in code spans can be clicked on in whatever is sent over this connection. */
export const mentionCommands = (rest: REST, mentions: CommandMentions): void =>
  void known.set(rest, mentions);

/** A text in which the commands of the bot, written as code spans, can be clicked on. */
export function clickable(rest: REST, content: string): string {
  const mentions = known.get(rest);
  if (!mentions || !content.includes('`/')) return content;
  // Within a fence of several backticks, one is no code span.
  return content.replace(
    /(`{2,})[\s\S]*?\1|`\/([a-z]+(?: [a-z]+)?)`/g,
    (span, _fence, path?: string) => (path === undefined ? undefined : mentions.get(path)) ?? span,
  );
}

/** The same for all texts of a message. */
export function clickableParts(
  rest: REST,
  components: readonly APIMessageTopLevelComponent[],
): APIMessageTopLevelComponent[] {
  return known.has(rest) ? components.map((component) => clickableIn(rest, component)) : [...components];
}

function clickableIn<C extends object>(rest: REST, component: C): C {
  if ('content' in component && typeof component.content === 'string' && isText(component))
    return { ...component, content: clickable(rest, component.content) };
  if ('components' in component && Array.isArray(component.components))
    return { ...component, components: component.components.map((part: object) => clickableIn(rest, part)) };
  return component;
}

const isText = (component: object): boolean =>
  'type' in component && component.type === ComponentType.TextDisplay;
