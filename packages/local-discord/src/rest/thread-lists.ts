import { may } from '../permissions.js';
import { channelJson, threadMemberJson } from '../shapes.js';
import { snowflakeTime } from '../snowflake.js';
import { type ChannelState, ChannelType, type World } from '../state.js';
import { type Api, guildWithBot, reachable } from './api.js';
import type { Answer, Call } from './call.js';
import { queryId, queryNumber } from './queries.js';
import type { Params, Router } from './router.js';

/** Later than any. */
const latestId = 9_223_372_036_854_775_807n;

/** https://docs.discord.com/developers/resources/channel#list-public-archived-threads and what follows it */
export function threadListRoutes(router: Router, api: Api): void {
  const { world } = api;
  const byTime = ({ thread }: ChannelState): number => Date.parse(thread?.archiveChangedAt ?? '');
  const list = (
    call: Call,
    params: Params,
    fits: (channel: ChannelState) => boolean,
    at: (channel: ChannelState) => number = byTime,
    before = Date.parse(call.params.get('before') ?? '') || Number.POSITIVE_INFINITY,
  ): Answer => {
    const parent = reachable(api, params.channel, 'ReadMessageHistory');
    // https://docs.discord.food/resources/channel#list-public-archived-threads
    const limit = queryNumber(call.params, 'limit', { least: 2, most: 100, usual: 50 });
    const all = [...(parent.guild?.channels.values() ?? [])]
      .filter((channel) => channel.parent === parent && channel.thread?.archived && fits(channel))
      .filter((channel) => at(channel) < before)
      .reverse()
      .sort((a, b) => at(b) - at(a));
    return { status: 200, body: { ...listed(world, all.slice(0, limit)), has_more: all.length > limit } };
  };
  router.add('GET /guilds/:guild/threads/active', (_call, params): Answer => {
    const active = [...guildWithBot(api, params.guild).channels.values()].filter(
      (channel) => channel.thread && !channel.thread.archived && may(channel, world.bot.id, 'ViewChannel'),
    );
    return { status: 200, body: listed(world, active) };
  });
  const isPrivate = ({ type }: ChannelState): boolean => type === ChannelType.privateThread;
  router.add('GET /channels/:channel/threads/archived/public', (call, params) =>
    list(call, params, (channel) => !isPrivate(channel)),
  );
  router.add('GET /channels/:channel/threads/archived/private', (call, params) => {
    reachable(api, params.channel, 'ManageThreads');
    return list(call, params, isPrivate);
  });
  router.add('GET /channels/:channel/users/@me/threads/archived/private', (call, params) =>
    list(
      call,
      params,
      (channel) => isPrivate(channel) && channel.thread?.members.has(world.bot.id) === true,
      ({ id }) => snowflakeTime(id),
      snowflakeTime(String(queryId(call.params, 'before') ?? latestId)),
    ),
  );
}

/** Threads, and which of them the bot is a member of. */
function listed({ users, bot }: World, threads: readonly ChannelState[]): object {
  const joined = threads.filter(({ thread }) => thread?.members.has(bot.id));
  return {
    threads: threads.map((thread) => channelJson(thread, users)),
    members: joined.map((thread) => threadMemberJson(thread, bot.id)),
  };
}
