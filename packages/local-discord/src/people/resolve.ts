import { channelPermissions, guildPermissions } from '../permissions.js';
import { channelJson, partialMemberJson, roleJson } from '../shapes.js';
import type { GuildState, World } from '../state.js';
import { type ParsedSlash, Refused, type Resolve } from './slash.js';

type Ids = ParsedSlash['resolved'];

/** Finds users, channels and roles by name, mention or id, as the pickers of a client do. */
export function resolver(world: World, guild: GuildState | undefined): Resolve {
  return (kind, name) => {
    const [, mentioned] = /^<[@#][!&]?(\d+)>$/.exec(name) ?? [];
    const id = mentioned ?? name;
    if (kind === 'user') {
      if (world.users.has(id)) return id;
      const users = [...world.users.values()];
      return users.find(({ json }) => json.global_name === name || json.username === name)?.id;
    }
    if (kind === 'role') {
      if (guild?.roles.has(id)) return id;
      return [...(guild?.roles.values() ?? [])].find((role) => role.name === name || role.name === `@${name}`)
        ?.id;
    }
    if (guild?.channels.has(id)) return id;
    return [...(guild?.channels.values() ?? [])].find((channel) => channel.name === name)?.id;
  };
}

/** The `resolved` of an interaction's data: what its ids stand for. */
export function resolvedJson(world: World, guild: GuildState | undefined, ids: Ids, userId: string): object {
  const { user, channel, role } = ids;
  return {
    ...(user.length > 0 && { users: byId(user, (id) => world.users.get(id)?.json) }),
    ...(user.length > 0 && guild && { members: byId(user, (id) => partialMember(guild, id)) }),
    ...(channel.length > 0 && { channels: byId(channel, (id) => partialChannel(world, id, userId)) }),
    ...(role.length > 0 && { roles: byId(role, (id) => partialRole(guild, id)) }),
  };
}

const kindsOfSelect: Readonly<Record<number, readonly (keyof Ids)[]>> = {
  5: ['user'],
  6: ['role'],
  7: ['user', 'role'],
  8: ['channel'],
};

/** A select, in a message or a form, as far as choosing goes. */
export interface Choosable {
  readonly name: string;
  readonly type: number;
  readonly options: readonly { readonly label: string; readonly value: string }[];
  /** Of a select of channels: the types that it offers; empty: all. */
  readonly channelTypes?: readonly number[];
}

/** What was chosen: values as they are sent, and the ids among them by what they are. */
export interface Picked {
  readonly values: string[];
  readonly ids: Ids;
}

/**
 * Finds what somebody chooses by its value, label or name, as the pickers of a client do.
 * @throws Refused for what the select does not offer
 */
export function pick(
  world: World,
  guild: GuildState | undefined,
  { name, type, options, channelTypes = [] }: Choosable,
  wanted: readonly string[],
): Picked {
  const ids: Ids = { user: [], channel: [], role: [] };
  const kinds = kindsOfSelect[type];
  const resolve = resolver(world, guild);
  const values = wanted.map((each) => {
    if (!kinds) {
      const option = options.find(({ value, label }) => value === each || label === each);
      if (!option) throw new Refused(`${name} has no option "${each}"`);
      return option.value;
    }
    for (const kind of kinds) {
      const id = resolve(kind, each.replace(/^[@#](?!everyone)/, ''));
      if (id === undefined || !isOffered(world, guild, kind, id, channelTypes)) continue;
      ids[kind].push(id);
      return id;
    }
    throw new Refused(`${name} does not offer "${each}"`);
  });
  return { values, ids };
}

function isOffered(
  world: World,
  guild: GuildState | undefined,
  kind: keyof Ids,
  id: string,
  channelTypes: readonly number[],
): boolean {
  if (kind === 'user') return !guild || guild.members.has(id);
  if (kind === 'role') return true;
  return channelTypes.length === 0 || channelTypes.includes(world.channels.get(id)?.type ?? -1);
}

/** The same for the values of a select of users, roles or channels; a select of strings has none. */
export function selectedJson(
  world: World,
  guild: GuildState | undefined,
  { ids }: Picked,
  userId: string,
): { resolved?: object } {
  const any = ids.user.length + ids.channel.length + ids.role.length > 0;
  return any ? { resolved: resolvedJson(world, guild, ids, userId) } : {};
}

function partialMember(guild: GuildState, id: string): object | undefined {
  const member = guild.members.get(id);
  if (!member) return undefined;
  const { deaf: _deaf, mute: _mute, ...shown } = partialMemberJson(member);
  return { ...shown, permissions: guildPermissions(guild, id).toString() };
}

/**
 * All that is told of a chosen channel.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-resolved-data-structure
 */
const toldOfChannels: readonly string[] = [
  'id',
  'name',
  'type',
  'last_message_id',
  'last_pin_timestamp',
  'nsfw',
  'parent_id',
  'guild_id',
  'flags',
  'rate_limit_per_user',
  'topic',
  'position',
  'thread_metadata',
];

function partialChannel(world: World, id: string, userId: string): object | undefined {
  const channel = world.channels.get(id);
  if (!channel) return undefined;
  const told = Object.entries(channelJson(channel, world.users));
  return {
    ...Object.fromEntries(told.filter(([field]) => toldOfChannels.includes(field))),
    permissions: channelPermissions(channel, userId).toString(),
    app_permissions: channelPermissions(channel, world.bot.id).toString(),
  };
}

function partialRole(guild: GuildState | undefined, id: string): object | undefined {
  const role = guild?.roles.get(id);
  return role && roleJson(role);
}

function byId(ids: readonly string[], make: (id: string) => object | undefined): Record<string, object> {
  const entries = ids.flatMap((id): [string, object][] => {
    const made = make(id);
    return made === undefined ? [] : [[id, made]];
  });
  return Object.fromEntries(entries);
}
