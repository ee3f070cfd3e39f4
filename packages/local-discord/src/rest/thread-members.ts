import { errors } from '../errors.js';
import { MessageType } from '../json.js';
import { may } from '../permissions.js';
import { memberJson, threadMemberJson } from '../shapes.js';
import { type ChannelState, ChannelType } from '../state.js';
import { type Api, reachable } from './api.js';
import type { Answer } from './call.js';
import { pageById, queryFlag } from './queries.js';
import type { Params, Router } from './router.js';
import { joinThread, leaveThread } from './sending.js';

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes (30033) */
const mostParticipants = 1_000;
const mostAtOnce = 100;

/** https://docs.discord.com/developers/resources/channel#join-thread and what follows it */
export function threadMemberRoutes(router: Router, api: Api): void {
  const { world } = api;
  const base = '/channels/:channel/thread-members';
  const threadOf = (params: Params): ChannelState & Required<Pick<ChannelState, 'thread'>> => {
    const channel = reachable(api, params.channel);
    if (!channel.thread) throw errors.wrongChannelType();
    return channel as ChannelState & Required<Pick<ChannelState, 'thread'>>;
  };
  const idOf = ({ user }: Params): string => (user === '@me' ? world.bot.id : (user ?? ''));
  const shown = (channel: ChannelState, id: string, withMember: boolean): object => {
    const member = channel.guild?.members.get(id);
    return { ...threadMemberJson(channel, id), ...(withMember && member && { member: memberJson(member) }) };
  };
  router.add(`GET ${base}`, (call, params) => {
    const channel = threadOf(params);
    const withMember = queryFlag(call.params, 'with_member');
    const all = [...channel.thread.members.keys()];
    // Only with their members they come by pages.
    const ids = withMember ? pageById(all, (id) => id, call.params, mostAtOnce) : all;
    return { status: 200, body: ids.map((id) => shown(channel, id, withMember)) };
  });
  router.add(`GET ${base}/:user`, (call, params) => {
    const channel = threadOf(params);
    if (!channel.thread.members.has(idOf(params))) throw errors.unknownMember();
    return { status: 200, body: shown(channel, idOf(params), queryFlag(call.params, 'with_member')) };
  });
  router.add(`PUT ${base}/:user`, (_call, params): Answer => {
    const channel = threadOf(params);
    if (channel.thread.archived) throw errors.threadArchived();
    const id = idOf(params);
    if (!channel.guild?.members.has(id)) throw errors.unknownMember();
    const own = id === world.bot.id || channel.thread.ownerId === world.bot.id || channel.thread.invitable;
    if (!own && !may(channel, world.bot.id, 'ManageThreads')) throw errors.missingPermissions();
    if (id !== world.bot.id && !may(channel, world.bot.id, 'SendMessagesInThreads'))
      throw errors.missingPermissions();
    if (!channel.thread.members.has(id)) {
      if (channel.thread.members.size >= mostParticipants) throw errors.tooManyInThread();
      joinThread(api, channel, id);
      noteMember(api, channel, id, MessageType.recipientAdded);
    }
    return { status: 204 };
  });
  router.add(`DELETE ${base}/:user`, (_call, params): Answer => {
    const channel = threadOf(params);
    if (channel.thread.archived) throw errors.threadArchived();
    const id = idOf(params);
    const owned = channel.type === ChannelType.privateThread && channel.thread.ownerId === world.bot.id;
    if (id !== world.bot.id && !owned && !may(channel, world.bot.id, 'ManageThreads'))
      throw errors.missingPermissions();
    if (channel.thread.members.has(id)) {
      leaveThread(api, channel, id);
      noteMember(api, channel, id, MessageType.recipientRemoved);
    }
    return { status: 204 };
  });
}

/** Whom the bot added to a thread, or took from it, is noted there. */
function noteMember({ world, messages }: Api, channel: ChannelState, userId: string, type: number): void {
  const user = world.users.get(userId);
  if (userId === world.bot.id || !user) return;
  messages.create({
    channel,
    authorId: world.bot.id,
    body: {},
    uploads: [],
    type,
    extra: { mentions: [user.json] },
  });
}
