import type { BodyKind } from '../checks/schema.js';
import { errors } from '../errors.js';
import { isNote, type MessageBody, MessageFlag, MessageType } from '../json.js';
import { may } from '../permissions.js';
import { botThreadJson, channelJson } from '../shapes.js';
import { type ChannelState, ChannelType } from '../state.js';
import { type Api, checkBody, publicMessage, reachable } from './api.js';
import type { Answer, Call } from './call.js';
import { announce } from './channel-events.js';
import { checkMessage } from './message-checks.js';
import type { Router } from './router.js';
import { threadListRoutes } from './thread-lists.js';
import { threadMemberRoutes } from './thread-members.js';

/** Discord's documentation has the error (160006) without a figure; others write of 1,000. */
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
  threadMemberRoutes(router, api);
  threadListRoutes(router, api);
}

function startFrom(api: Api, parent: ChannelState, call: Call, messageId: string | undefined): Answer {
  const message = publicMessage(parent, messageId);
  if (!parents.includes(parent.type)) throw errors.wrongChannelType();
  const { world, messages } = api;
  if (world.channels.has(message.id)) throw errors.threadExists();
  if (isNote(message.json.type)) throw errors.systemMessage();
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
