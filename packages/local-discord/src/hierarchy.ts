import { errors } from './errors.js';
import { guildPermissions, type PermissionName, permissionBits } from './permissions.js';
import type { GuildState, RoleState } from './state.js';

/** @throws ApiError 50013 */
export function mustHave(guild: GuildState, userId: string, name: PermissionName): void {
  if (!(guildPermissions(guild, userId) & permissionBits(name))) throw errors.missingPermissions();
}

/** @throws ApiError 50013 unless the role is below the highest of this user; the owner is above all */
export function mustBeAbove(guild: GuildState, userId: string, role: RoleState): void {
  if (guild.ownerId !== userId && !isHigher(highest(guild, userId), role)) throw errors.missingPermissions();
}

/** @throws ApiError 50013 unless the other is below; nobody is above the owner */
export function mustOutrank(guild: GuildState, userId: string, otherId: string): void {
  if (guild.ownerId === otherId) throw errors.missingPermissions();
  if (guild.ownerId === userId) return;
  if (!isHigher(highest(guild, userId), highest(guild, otherId))) throw errors.missingPermissions();
}

/** @throws ApiError 50013 for permissions that this user has not got */
export function mustHaveAll(guild: GuildState, userId: string, permissions: bigint): void {
  if (permissions & ~guildPermissions(guild, userId)) throw errors.missingPermissions();
}

function highest(guild: GuildState, userId: string): RoleState | undefined {
  const roles = (guild.members.get(userId)?.roles ?? []).flatMap((id) => guild.roles.get(id) ?? []);
  return roles.reduce<RoleState | undefined>((best, role) => (isHigher(role, best) ? role : best), undefined);
}

/** Of one position the older role is higher. */
function isHigher(role: RoleState | undefined, other: RoleState | undefined): boolean {
  if (!role || !other) return role !== undefined;
  return role.position === other.position
    ? BigInt(role.id) < BigInt(other.id)
    : role.position > other.position;
}
