import { errors } from '../errors.js';
import { mustBeAbove, mustHave, mustHaveAll } from '../hierarchy.js';
import { removeRole, tellOfNewRole, tellOfRole } from '../membership.js';
import { everyonePermissions } from '../permissions.js';
import { roleJson } from '../shapes.js';
import { forgetPermissions, type GuildState, type RoleState } from '../state.js';
import { type Api, checkBody, guildWithBot } from './api.js';
import type { Answer } from './call.js';
import type { Params, Router } from './router.js';

const mostRoles = 250;

interface RoleBody {
  name?: string | null;
  permissions?: string | number | null;
  color?: number | null;
  colors?: { primary_color?: number | null } | null;
  hoist?: boolean | null;
  mentionable?: boolean | null;
}

/** https://docs.discord.com/developers/resources/guild#create-guild-role and what follows it */
export function roleRoutes(router: Router, api: Api): void {
  const { world, builder } = api;
  const base = '/guilds/:guild/roles';
  const all = (guild: GuildState): unknown[] => [...guild.roles.values()].map(roleJson);
  router.add(`GET ${base}`, (_call, params) => ({ status: 200, body: all(guildWithBot(api, params.guild)) }));
  router.add(`GET ${base}/:role`, (_call, params) => ({
    status: 200,
    body: roleJson(known(api, params).role),
  }));
  router.add(`POST ${base}`, (call, params): Answer => {
    const guild = guildWithBot(api, params.guild);
    const body = (call.body ?? {}) as RoleBody;
    checkBody(api, 'roleCreate', body);
    mustHave(guild, world.bot.id, 'ManageRoles');
    if (guild.roles.size >= mostRoles) throw errors.tooManyRoles();
    const permissions = body.permissions == null ? everyonePermissions : BigInt(body.permissions);
    if (body.permissions != null) mustHaveAll(guild, world.bot.id, permissions);
    const role = builder.role(guild, body.name ?? 'new role', permissions);
    apply(role, body);
    tellOfNewRole(api, guild, role);
    return { status: 200, body: roleJson(role) };
  });
  router.add(`PATCH ${base}`, (call, params): Answer => {
    const guild = guildWithBot(api, params.guild);
    checkBody(api, 'rolePositions', call.body);
    mustHave(guild, world.bot.id, 'ManageRoles');
    for (const { id, position } of (call.body ?? []) as { id: string; position?: number | null }[]) {
      const role = guild.roles.get(id);
      if (!role) throw errors.unknownRole();
      // Libraries name all roles; those that stay where they are need no right.
      if (position == null || position === role.position) continue;
      mustBeAbove(guild, world.bot.id, role);
      mustBeAbove(guild, world.bot.id, { ...role, position });
      role.position = position;
      tellOfRole(api, guild, role, 'UPDATE');
    }
    return { status: 200, body: all(guild) };
  });
  router.add(`PATCH ${base}/:role`, (call, params): Answer => {
    const { guild, role } = known(api, params);
    const body = (call.body ?? {}) as RoleBody;
    checkBody(api, 'roleEdit', body);
    mustHave(guild, world.bot.id, 'ManageRoles');
    mustBeAbove(guild, world.bot.id, role);
    const permissions = body.permissions == null ? role.permissions : BigInt(body.permissions);
    mustHaveAll(guild, world.bot.id, permissions & ~role.permissions);
    role.permissions = permissions;
    apply(role, body);
    forgetPermissions(guild);
    tellOfRole(api, guild, role, 'UPDATE');
    return { status: 200, body: roleJson(role) };
  });
  router.add(`DELETE ${base}/:role`, (_call, params): Answer => {
    const { guild, role } = known(api, params);
    mustHave(guild, world.bot.id, 'ManageRoles');
    if (role.id === guild.id || role.managed) throw errors.invalidRole();
    mustBeAbove(guild, world.bot.id, role);
    removeRole(api, guild, role);
    return { status: 204 };
  });
}

function known(api: Api, params: Params): { guild: GuildState; role: RoleState } {
  const guild = guildWithBot(api, params.guild);
  const role = guild.roles.get(params.role ?? '');
  if (!role) throw errors.unknownRole();
  return { guild, role };
}

function apply(role: RoleState, { name, color, colors, hoist, mentionable }: RoleBody): void {
  role.name = name ?? role.name;
  role.color = colors?.primary_color ?? color ?? role.color;
  role.hoist = hoist ?? role.hoist;
  role.mentionable = mentionable ?? role.mentionable;
}
