import { notASnowflake } from '../checks/wording.js';
import { errors } from '../errors.js';
import { channelJson, threadMemberJson } from '../shapes.js';
import { snowflakeTime } from '../snowflake.js';
import { type ChannelState, ChannelType } from '../state.js';
import { type Api, reachable } from './api.js';
import type { Answer, Call } from './call.js';
import { queryNumber } from './queries.js';
import type { Params, Router } from './router.js';

/** Later than any. */
const latestId = '9223372036854775807';

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
    const threads = all.slice(0, limit);
    const joined = threads.filter(({ thread }) => thread?.members.has(world.bot.id));
    return {
      status: 200,
      body: {
        threads: threads.map((thread) => channelJson(thread, world.users)),
        members: joined.map((thread) => threadMemberJson(thread, world.bot.id)),
        has_more: all.length > limit,
      },
    };
  };
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
      idTime(call.params.get('before') ?? latestId),
    ),
  );
}

function idTime(id: string): number {
  if (/^\d{1,20}$/.test(id)) return snowflakeTime(id);
  throw errors.invalidBody([{ path: ['before'], ...notASnowflake(id) }]);
}
