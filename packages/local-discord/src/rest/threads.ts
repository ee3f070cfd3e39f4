import type { BodyKind } from '../checks/schema.js';
import { errors } from '../errors.js';
import { type MessageBody, MessageFlag, MessageType } from '../json.js';
import { may } from '../permissions.js';
import { botThreadJson, channelJson, memberJson, threadMemberJson } from '../shapes.js';
import { type ChannelState, ChannelType } from '../state.js';
import { type Api, checkBody, publicMessage, reachable } from './api.js';
import type { Answer, Call } from './call.js';
import { announce } from './channel-events.js';
import { checkMessage } from './message-checks.js';
import { queryNumber } from './queries.js';
import type { Params, Router } from './router.js';
import { joinThread, leaveThread } from './sending.js';

const mostActive = 1_000;
const postsOnly: readonly number[] = [ChannelType.forum, ChannelType.media];
const parents: readonly number[] = [ChannelType.text, ChannelType.announcement];

interface NewThread {
  name: string;
  type?: number | null;
  auto_archive_duration?: number | null;
  rate_limit_per_user?: number | null;
  invitable?: boolean | null;
  message?: MessageBody;
}

/** https://docs.discord.com/developers/resources/channel#start-thread-from-message and what follows it */
export function threadRoutes(router: Router, api: Api): void {
  router.add('POST /channels/:channel/threads', (call, params) => {
    const parent = reachable(api, params.channel);
    if (postsOnly.includes(parent.type)) return startPost(api, parent, call);
    return startAlone(api, parent, call);
  });
  router.add('POST /channels/:channel/messages/:message/threads', (call, params) => {
    const parent = reachable(api, params.channel);
    return startFrom(api, parent, call, params.message);
  });
  memberRoutes(router, api);
  archiveRoutes(router, api);
}

function startFrom(api: Api, parent: ChannelState, call: Call, messageId: string | undefined): Answer {
  const message = publicMessage(parent, messageId);
  if (!parents.includes(parent.type)) throw errors.wrongChannelType();
  const { world, messages } = api;
  if (world.channels.has(message.id)) throw errors.threadExists();
  const type =
    parent.type === ChannelType.announcement ? ChannelType.announcementThread : ChannelType.publicThread;
  const thread = start(api, parent, call, 'threadFromMessage', type, message.id);
  messages.mark(message, {
    flags: message.json.flags | MessageFlag.hasThread,
    thread: channelJson(thread, world.users),
  });
  const guild = parent.guild && { guild_id: parent.guild.id };
  messages.create({
    channel: thread,
    authorId: world.bot.id,
    body: {},
    uploads: [],
    type: MessageType.threadStarter,
    extra: {
      message_reference: { type: 0, channel_id: parent.id, message_id: message.id, ...guild },
      referenced_message: message.json,
      mentions: [],
    },
  });
  return { status: 201, body: botThreadJson(thread, world.bot.id, world.users) };
}

function startAlone(api: Api, parent: ChannelState, call: Call): Answer {
  const { world, messages } = api;
  if (!parents.includes(parent.type)) throw errors.wrongChannelType();
  const { type, name } = (call.body ?? {}) as NewThread;
  const kind = type ?? ChannelType.privateThread;
  const announcing = parent.type === ChannelType.announcement;
  if (announcing !== (kind === ChannelType.announcementThread)) throw errors.wrongChannelType();
  const thread = start(api, parent, call, 'threadAlone', kind);
  if (kind !== ChannelType.privateThread) {
    messages.create({
      channel: parent,
      authorId: world.bot.id,
      body: { content: name },
      uploads: [],
      type: MessageType.threadCreated,
      extra: { message_reference: { type: 0, channel_id: thread.id, guild_id: parent.guild?.id ?? '' } },
    });
  }
  return { status: 201, body: botThreadJson(thread, world.bot.id, world.users) };
}

/** A post in a forum: a thread whose first message bears its id. */
function startPost(api: Api, parent: ChannelState, call: Call): Answer {
  const { world, messages } = api;
  checkBody(api, 'forumPost', call.body);
  const { message = {} } = call.body as NewThread;
  if (!may(parent, world.bot.id, 'SendMessages')) throw errors.missingPermissions();
  checkMessage(api, 'messageCreate', message, call.uploads, undefined);
  const thread = start(api, parent, call, 'forumPost', ChannelType.publicThread);
  const first = messages.create({
    channel: thread,
    authorId: world.bot.id,
    body: message,
    uploads: call.uploads,
    id: thread.id,
  });
  return { status: 201, body: { ...botThreadJson(thread, world.bot.id, world.users), message: first.json } };
}

function start(
  api: Api,
  parent: ChannelState,
  call: Call,
  kind: BodyKind,
  type: number,
  messageId?: string,
): ChannelState {
  const { world, builder } = api;
  checkBody(api, kind, call.body);
  const needed = type === ChannelType.privateThread ? 'CreatePrivateThreads' : 'CreatePublicThreads';
  if (kind !== 'forumPost' && !may(parent, world.bot.id, needed)) throw errors.missingPermissions();
  const active = [...(parent.guild?.channels.values() ?? [])].filter(
    ({ thread }) => thread && !thread.archived,
  );
  if (active.length >= mostActive) throw errors.tooManyThreads();
  const asked = call.body as NewThread;
  const made = builder.thread(parent, asked.name, type, world.bot.id, messageId);
  made.slowmode = asked.rate_limit_per_user ?? made.slowmode;
  if (made.thread) {
    made.thread.autoArchiveMinutes = asked.auto_archive_duration ?? made.thread.autoArchiveMinutes;
    made.thread.invitable = asked.invitable ?? true;
    world.threadChanged.emit(made);
  }
  announce(api, made, 'CREATE');
  return made;
}

function memberRoutes(router: Router, api: Api): void {
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
    const withMember = call.params.get('with_member') === 'true';
    return {
      status: 200,
      body: [...channel.thread.members.keys()].map((id) => shown(channel, id, withMember)),
    };
  });
  router.add(`GET ${base}/:user`, (call, params) => {
    const channel = threadOf(params);
    if (!channel.thread.members.has(idOf(params))) throw errors.unknownMember();
    return { status: 200, body: shown(channel, idOf(params), call.params.get('with_member') === 'true') };
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

function archiveRoutes(router: Router, api: Api): void {
  const { world } = api;
  const list = (call: Call, params: Params, fits: (channel: ChannelState) => boolean): Answer => {
    const parent = reachable(api, params.channel, 'ReadMessageHistory');
    const limit = queryNumber(call.params, 'limit', { least: 2, most: 100, usual: 100 });
    const at = ({ thread }: ChannelState): number => Date.parse(thread?.archiveChangedAt ?? '');
    const before = Date.parse(call.params.get('before') ?? '') || Number.POSITIVE_INFINITY;
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
    list(call, params, (channel) => isPrivate(channel) && channel.thread?.members.has(world.bot.id) === true),
  );
}
