import { errors } from '../errors.js';
import { Intent } from '../gateway-protocol.js';
import { mustHave, mustOutrank } from '../hierarchy.js';
import { removeMember } from '../membership.js';
import { snowflakeTime } from '../snowflake.js';
import type { GuildState, UserState } from '../state.js';
import { type Api, checkBody, guildWithBot } from './api.js';
import type { Answer } from './call.js';
import { pageById } from './queries.js';
import type { Params, Router } from './router.js';

/** How many are given at once. */
const mostBans = 1_000;

/** https://docs.discord.com/developers/resources/guild#get-guild-bans and what follows it */
export function banRoutes(router: Router, api: Api): void {
  const { world } = api;
  const base = '/guilds/:guild/bans';
  const guildOf = (params: Params): GuildState => {
    const guild = guildWithBot(api, params.guild);
    mustHave(guild, world.bot.id, 'BanMembers');
    return guild;
  };
  const userOf = (params: Params): UserState => {
    const user = world.users.get(params.user ?? '');
    if (!user) throw errors.unknownUser();
    return user;
  };
  const banOf = (guild: GuildState, id: string): object => {
    const reason = guild.bans.get(id);
    if (reason === undefined) throw errors.unknownBan();
    return { user: world.users.get(id)?.json, reason };
  };
  router.add(`GET ${base}`, (call, params): Answer => {
    const guild = guildOf(params);
    const ids = pageById([...guild.bans.keys()], (id) => id, call.params, mostBans);
    return { status: 200, body: ids.map((id) => banOf(guild, id)) };
  });
  router.add(`GET ${base}/:user`, (_call, params): Answer => {
    return { status: 200, body: banOf(guildOf(params), params.user ?? '') };
  });
  router.add(`PUT ${base}/:user`, (call, params): Answer => {
    const guild = guildOf(params);
    const user = userOf(params);
    checkBody(api, 'ban', call.body);
    mustOutrank(guild, world.bot.id, user.id);
    const { delete_message_seconds: seconds, delete_message_days: days } = (call.body ?? {}) as {
      delete_message_seconds?: number | null;
      delete_message_days?: number | null;
    };
    const member = guild.members.get(user.id);
    guild.bans.set(user.id, null);
    if (member) removeMember(api, guild, member);
    tell(api, guild, user, 'ADD');
    forget(api, guild, user.id, call.at - 1000 * (seconds ?? (days ?? 0) * 86_400));
    return { status: 204 };
  });
  router.add(`DELETE ${base}/:user`, (_call, params): Answer => {
    const guild = guildOf(params);
    if (!guild.bans.delete(params.user ?? '')) throw errors.unknownBan();
    tell(api, guild, userOf(params), 'REMOVE');
    return { status: 204 };
  });
}

/** Deletes what somebody wrote after this time. */
function forget({ messages }: Api, guild: GuildState, userId: string, sinceMs: number): void {
  for (const channel of guild.channels.values())
    for (const message of [...channel.messages.values()])
      if (message.authorId === userId && snowflakeTime(message.id) > sinceMs) messages.delete(message);
}

function tell({ gateway }: Api, guild: GuildState, user: UserState, what: 'ADD' | 'REMOVE'): void {
  const json = JSON.stringify({ guild_id: guild.id, user: user.json });
  gateway.dispatch(guild, Intent.moderation, `GUILD_BAN_${what}`, json);
}
