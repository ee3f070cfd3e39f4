import { notASnowflake } from '../checks/wording.js';
import { errors, type Fault } from '../errors.js';
import { Intent } from '../gateway-protocol.js';
import { mustBeAbove, mustHave, mustOutrank } from '../hierarchy.js';
import { timeOf } from '../iso-time.js';
import { removeMember, setRoles, tellOfMember } from '../membership.js';
import { allPermissions, guildPermissions } from '../permissions.js';
import { memberJson } from '../shapes.js';
import { forgetPermissions, type GuildState, type MemberState } from '../state.js';
import { type Api, checkBody, guildWithBot } from './api.js';
import type { Answer, Call } from './call.js';
import { queryId, queryNumber } from './queries.js';
import type { Params, Router } from './router.js';

const longestTimeoutMs = 28 * 86_400_000;

interface MemberBody {
  nick?: string | null;
  roles?: string[] | null;
  communication_disabled_until?: string | null;
}

/** https://docs.discord.com/developers/resources/guild#get-guild-member and what follows it */
export function memberRoutes(router: Router, api: Api): void {
  const { world } = api;
  const base = '/guilds/:guild/members';
  router.add(`GET ${base}`, (call, params): Answer => {
    const guild = guildWithBot(api, params.guild);
    if (!(api.gateway.options.privilegedIntents & Intent.guildMembers)) throw errors.missingAccess();
    const limit = queryNumber(call.params, 'limit', { least: 1, most: 1_000, usual: 1 });
    const after = queryId(call.params, 'after') ?? 0n;
    const found = [...guild.members.values()]
      .filter(({ user }) => BigInt(user.id) > after)
      .sort((a, b) => (BigInt(a.user.id) < BigInt(b.user.id) ? -1 : 1));
    return { status: 200, body: found.slice(0, limit).map(memberJson) };
  });
  router.add(`GET ${base}/search`, (call, params): Answer => {
    const guild = guildWithBot(api, params.guild);
    const limit = queryNumber(call.params, 'limit', { least: 1, most: 1_000, usual: 1 });
    const query = (call.params.get('query') ?? '').toLowerCase();
    const named = ({ user, nick }: MemberState): boolean =>
      [nick, user.json.global_name, user.json.username].some((name) => name?.toLowerCase().startsWith(query));
    return { status: 200, body: [...guild.members.values()].filter(named).slice(0, limit).map(memberJson) };
  });
  router.add(`GET ${base}/:user`, (_call, params): Answer => {
    return { status: 200, body: memberJson(known(api, params).member) };
  });
  router.add(`PATCH ${base}/:user`, (call, params) =>
    params.user === '@me' ? editOwn(api, params, call) : edit(api, params, call),
  );
  router.add(`DELETE ${base}/:user`, (_call, params): Answer => {
    const { guild, member } = known(api, params);
    mustHave(guild, world.bot.id, 'KickMembers');
    mustOutrank(guild, world.bot.id, member.user.id);
    removeMember(api, guild, member);
    return { status: 204 };
  });
  for (const method of ['PUT', 'DELETE'] as const) {
    router.add(`${method} ${base}/:user/roles/:role`, (_call, params): Answer => {
      const { guild, member } = known(api, params);
      mayGive(api, guild, params.role ?? '');
      const others = member.roles.filter((id) => id !== params.role);
      setRoles(api, guild, member, method === 'PUT' ? [...others, params.role ?? ''] : others);
      return { status: 204 };
    });
  }
}

/** @throws ApiError for `@me`, too, which is nobody's id here, although others of Discord's paths take it */
function known(api: Api, params: Params): { guild: GuildState; member: MemberState } {
  if (params.user === '@me') throw errors.invalidBody([{ path: ['user_id'], ...notASnowflake('@me') }]);
  const guild = guildWithBot(api, params.guild);
  const member = guild.members.get(params.user ?? '');
  if (member) return { guild, member };
  throw api.world.users.has(params.user ?? '') ? errors.unknownMember() : errors.unknownUser();
}

/** @throws ApiError 10011, 50013 or 50028 */
function mayGive({ world }: Api, guild: GuildState, roleId: string): void {
  const role = guild.roles.get(roleId);
  mustHave(guild, world.bot.id, 'ManageRoles');
  if (!role) throw errors.unknownRole();
  if (role.id === guild.id) throw errors.invalidRole();
  if (role.managed) throw errors.missingPermissions();
  mustBeAbove(guild, world.bot.id, role);
}

function editOwn(api: Api, params: Params, call: Call): Answer {
  const body = (call.body ?? {}) as MemberBody;
  const { guild, member } = known(api, { ...params, user: api.world.bot.id });
  checkBody(api, 'ownMemberEdit', body);
  if (body.nick !== undefined) {
    mustHave(guild, api.world.bot.id, 'ChangeNickname');
    member.nick = body.nick || null;
  }
  tellOfMember(api, guild, member, 'UPDATE');
  return { status: 200, body: memberJson(member) };
}

function edit(api: Api, params: Params, call: Call): Answer {
  const { guild, member } = known(api, params);
  const body = (call.body ?? {}) as MemberBody;
  const botId = api.world.bot.id;
  const until = body.communication_disabled_until;
  checkBody(api, 'memberEdit', body, () => timeoutFaults(until, call.at));
  if (body.nick !== undefined) {
    mustHave(guild, botId, 'ManageNicknames');
    mustOutrank(guild, botId, member.user.id);
  }
  if (until !== undefined) {
    mustHave(guild, botId, 'ModerateMembers');
    mustOutrank(guild, botId, member.user.id);
    if (until && guildPermissions(guild, member.user.id) === allPermissions)
      throw errors.missingPermissions();
  }
  const roles = body.roles ?? member.roles;
  for (const id of new Set([...roles, ...member.roles]))
    if (roles.includes(id) !== member.roles.includes(id)) mayGive(api, guild, id);
  if (body.nick !== undefined) member.nick = body.nick || null;
  if (until !== undefined) timeOut(member, until);
  member.roles = [...new Set(roles)];
  forgetPermissions(guild);
  tellOfMember(api, guild, member, 'UPDATE');
  return { status: 200, body: memberJson(member) };
}

function timeOut(member: MemberState, until: string | null): void {
  if (until) member.timedOutUntil = timeOf(until);
  else delete member.timedOutUntil;
}

function timeoutFaults(until: string | null | undefined, nowMs: number): Fault[] {
  if (!until || timeOf(until) - nowMs <= longestTimeoutMs) return [];
  const message = 'A timeout lasts 28 days at most.';
  return [{ path: ['communication_disabled_until'], code: 'BASE_TYPE_INVALID', message }];
}
