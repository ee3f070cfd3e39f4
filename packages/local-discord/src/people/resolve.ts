import { guildPermissions } from '../permissions.js';
import { channelJson, partialMemberJson, roleJson } from '../shapes.js';
import type { GuildState, World } from '../state.js';
import type { ParsedSlash, Resolve } from './slash.js';

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
export function resolvedJson(world: World, guild: GuildState | undefined, ids: Ids): object {
  const { user, channel, role } = ids;
  return {
    ...(user.length > 0 && { users: byId(user, (id) => world.users.get(id)?.json) }),
    ...(user.length > 0 && guild && { members: byId(user, (id) => partialMember(guild, id)) }),
    ...(channel.length > 0 && { channels: byId(channel, (id) => partialChannel(world, id)) }),
    ...(role.length > 0 && { roles: byId(role, (id) => partialRole(guild, id)) }),
  };
}

const kindOfSelect: Readonly<Record<number, keyof Ids>> = { 5: 'user', 6: 'role', 7: 'user', 8: 'channel' };

/** The same for the values of a select of users, roles or channels; a select of strings has none. */
export function selectedJson(
  world: World,
  guild: GuildState | undefined,
  selectType: number,
  ids: readonly string[],
): { resolved?: object } {
  const kind = kindOfSelect[selectType];
  if (!kind) return {};
  return { resolved: resolvedJson(world, guild, { user: [], channel: [], role: [], [kind]: [...ids] }) };
}

function partialMember(guild: GuildState, id: string): object | undefined {
  const member = guild.members.get(id);
  if (!member) return undefined;
  return { ...partialMemberJson(member), permissions: guildPermissions(guild, id).toString() };
}

function partialChannel(world: World, id: string): object | undefined {
  const channel = world.channels.get(id);
  return channel && { ...channelJson(channel, world.users), permissions: '0' };
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
