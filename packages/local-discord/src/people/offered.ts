import type { AttachmentJson, CommandJson } from '../json.js';
import { allPermissions, guildPermissions, may } from '../permissions.js';
import type { World } from '../state.js';
import type { Channel } from './channel.js';
import { resolvedJson, resolver } from './resolve.js';
import { OptionType, type ParsedSlash, parseSlash, Refused, type SentOption } from './slash.js';

/** Who types a command, and what her client knows. */
export interface Typist {
  readonly name: string;
  readonly id: string;
  readonly world: World;
}

/** The commands that her client offers in a channel. */
export function offeredCommands(who: Typist, channel: Channel): CommandJson[] {
  return registered(who, channel).filter((command) => refusal(who, command, channel) === undefined);
}

/** @throws Refused for what her client would not send */
export function readCommand(
  who: Typist,
  text: string,
  channel: Channel,
  how: { readonly completing?: boolean; readonly files?: readonly string[] },
): ParsedSlash {
  const { guild } = channel.state;
  if (guild && !guild.hasBot) throw new Refused('The bot is not in this server');
  const resolve = resolver(who.world, guild);
  const parsed = parseSlash(text, registered(who, channel), { resolve, ...how });
  mayUse(who, parsed.command, channel);
  return parsed;
}

/** A command of a menu on a message (3) or on somebody (2). @throws Refused when there is none, or not for her */
export function menuCommand(who: Typist, name: string, type: 2 | 3, channel: Channel): CommandJson {
  const command = registered(who, channel).find((each) => each.type === type && each.name === name);
  if (!command) throw new Refused(`There is no "${name}" in the menu`);
  mayUse(who, command, channel);
  return command;
}

/** The `data` of the interaction that a typed command becomes. */
export function commandData(
  who: Typist,
  { command, options, resolved }: ParsedSlash,
  channel: Channel,
  uploads: readonly AttachmentJson[] = [],
): Record<string, unknown> {
  const any = uploads.length + resolved.user.length + resolved.channel.length + resolved.role.length > 0;
  const shown = resolvedJson(who.world, channel.state.guild, resolved, who.id);
  const attachments = Object.fromEntries(uploads.map((upload) => [upload.id, upload]));
  return {
    id: command.id,
    name: command.name,
    type: command.type,
    ...(options.length > 0 && { options: options.map((option) => withUploads(option, uploads)) }),
    ...(command.guild_id && { guild_id: command.guild_id }),
    ...(any && { resolved: { ...shown, ...(uploads.length > 0 && { attachments }) } }),
  };
}

/** An option with the id of a file in the place of its name. */
function withUploads(option: SentOption, uploads: readonly AttachmentJson[]): SentOption {
  const { options, type, value } = option;
  if (options) return { ...option, options: options.map((inner) => withUploads(inner, uploads)) };
  const upload =
    type === OptionType.attachment ? uploads.find(({ filename }) => filename === value) : undefined;
  return upload ? { ...option, value: upload.id } : option;
}

function mayUse(who: Typist, command: CommandJson, channel: Channel): void {
  const refused = refusal(who, command, channel);
  if (refused) throw new Refused(refused);
}

function registered({ world }: Typist, { state: { guild } }: Channel): CommandJson[] {
  if (guild && !guild.hasBot) return [];
  return [...world.globalCommands.values(), ...(guild?.commands.values() ?? [])];
}

/** Why she may not use the command in the channel; undefined when she may. */
function refusal({ name, id }: Typist, command: CommandJson, channel: Channel): string | undefined {
  const { guild } = channel.state;
  const notHere = `/${command.name} is not for here`;
  if (command.contexts && !command.contexts.includes(guild ? 0 : 1)) return notHere;
  if (!guild) return command.dm_permission === false || command.guild_id ? notHere : undefined;
  if (channel.state.thread?.archived) return 'The thread is archived';
  if (command.nsfw && !(channel.state.parent ?? channel.state).nsfw)
    return `/${command.name} is for age-restricted channels`;
  if (!may(channel.state, id, 'ViewChannel', 'UseApplicationCommands'))
    return `${name} may not use commands here`;
  const needed = command.default_member_permissions;
  if (needed === null) return undefined;
  const has = guildPermissions(guild, id);
  const wanted = BigInt(needed);
  const allowed = wanted === 0n ? has === allPermissions : (has & wanted) === wanted;
  return allowed ? undefined : `${name} may not use /${command.name}`;
}

/** Names of the group and subcommand that were typed. */
export function subcommands([first]: readonly SentOption[]): string[] {
  return first && first.type <= OptionType.subcommandGroup
    ? [first.name, ...subcommands(first.options ?? [])]
    : [];
}

/** The options of the innermost subcommand. */
export function leaf(options: readonly SentOption[]): readonly SentOption[] {
  const [first] = options;
  return first && first.type <= OptionType.subcommandGroup ? leaf(first.options ?? []) : options;
}
