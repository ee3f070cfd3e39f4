import type { Gateway } from './gateway.js';
import { Intent } from './gateway-protocol.js';
import { memberJson, roleJson } from './shapes.js';
import { forgetPermissions, type GuildState, type MemberState, type RoleState, type World } from './state.js';

/** What changes of members and roles are told by. */
export interface Teller {
  readonly world: World;
  readonly gateway: Gateway;
}

export function tellOfMember(
  { world, gateway }: Teller,
  guild: GuildState,
  member: MemberState,
  what: 'ADD' | 'UPDATE' | 'REMOVE',
): void {
  // A bot hears of changes of itself whatever it asked for.
  const own = what === 'UPDATE' && member.user === world.bot;
  const data = what === 'REMOVE' ? { user: member.user.json } : memberJson(member);
  const json = JSON.stringify({ guild_id: guild.id, ...data });
  gateway.dispatch(guild, own ? 0 : Intent.guildMembers, `GUILD_MEMBER_${what}`, json);
}

export function tellOfRole(
  { gateway }: Teller,
  guild: GuildState,
  role: RoleState,
  what: 'CREATE' | 'UPDATE' | 'DELETE',
): void {
  const data = what === 'DELETE' ? { role_id: role.id } : { role: roleJson(role) };
  gateway.dispatch(
    guild,
    Intent.guilds,
    `GUILD_ROLE_${what}`,
    JSON.stringify({ guild_id: guild.id, ...data }),
  );
}

/** A new role has come to the bottom, so that all others are one place higher. */
export function tellOfNewRole(teller: Teller, guild: GuildState, role: RoleState): void {
  tellOfRole(teller, guild, role, 'CREATE');
  for (const other of guild.roles.values())
    if (other !== role && other.id !== guild.id) tellOfRole(teller, guild, other, 'UPDATE');
}

/** Gives somebody exactly these roles. */
export function setRoles(
  teller: Teller,
  guild: GuildState,
  member: MemberState,
  roles: readonly string[],
): void {
  const next = [...new Set(roles)];
  if (next.length === member.roles.length && next.every((id) => member.roles.includes(id))) return;
  member.roles = next;
  forgetPermissions(guild);
  tellOfMember(teller, guild, member, 'UPDATE');
}

/** The bot goes, or is made to: its commands there and its own role go with it. */
export function removeBot({ world: { bot }, gateway }: Teller, guild: GuildState): void {
  if (!guild.hasBot) return;
  gateway.dispatch(guild, Intent.guilds, 'GUILD_DELETE', JSON.stringify({ id: guild.id }));
  guild.hasBot = false;
  for (const role of guild.roles.values()) if (role.botId === bot.id) guild.roles.delete(role.id);
  guild.members.delete(bot.id);
  for (const channel of guild.channels.values()) {
    delete channel.shownToBot;
    channel.thread?.members.delete(bot.id);
  }
  guild.commands.clear();
  forgetPermissions(guild);
}

/** Somebody goes, or is made to. */
export function removeMember(teller: Teller, guild: GuildState, member: MemberState): void {
  guild.members.delete(member.user.id);
  for (const { thread } of guild.channels.values()) thread?.members.delete(member.user.id);
  forgetPermissions(guild);
  tellOfMember(teller, guild, member, 'REMOVE');
}

export function removeRole(teller: Teller, guild: GuildState, role: RoleState): void {
  guild.roles.delete(role.id);
  for (const member of guild.members.values()) member.roles = member.roles.filter((id) => id !== role.id);
  for (const channel of guild.channels.values()) channel.overwrites.delete(role.id);
  forgetPermissions(guild);
  tellOfRole(teller, guild, role, 'DELETE');
}
