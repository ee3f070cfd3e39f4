import type { BodyKind } from '../checks/schema.js';
import { errors } from '../errors.js';
import { Intent } from '../gateway-protocol.js';
import { may } from '../permissions.js';
import { botThreadJson, channelJson, gatewayChannelJson, threadMemberJson } from '../shapes.js';
import { type ChannelState, ChannelType } from '../state.js';
import { type Api, checkBody, publicMessage, reachable } from './api.js';
import type { Answer, Call } from './call.js';
import type { Router } from './router.js';

interface ChannelEdit {
  name?: string;
  topic?: string | null;
  archived?: boolean;
  locked?: boolean;
}

/** https://docs.discord.com/developers/resources/channel */
export function channelRoutes(router: Router, api: Api): void {
  const { world } = api;
  router.add('GET /channels/:channel', (_call, params) => ({
    status: 200,
    body: channelJson(reachable(api, params.channel), world.users),
  }));
  router.add('PATCH /channels/:channel', (call, params): Answer => {
    const channel = reachable(api, params.channel);
    const owner = channel.thread?.ownerId === world.bot.id;
    checkBody(api, channel.thread ? 'threadEdit' : 'channelEdit', call.body);
    if (!owner && !may(channel, world.bot.id, channel.thread ? 'ManageThreads' : 'ManageChannels')) {
      throw errors.missingPermissions();
    }
    edit(channel, (call.body ?? {}) as ChannelEdit);
    announce(api, channel, 'UPDATE');
    return { status: 200, body: channelJson(channel, world.users) };
  });
  router.add('DELETE /channels/:channel', (_call, params): Answer => {
    const channel = reachable(api, params.channel);
    if (channel.guild && !may(channel, world.bot.id, channel.thread ? 'ManageThreads' : 'ManageChannels')) {
      throw errors.missingPermissions();
    }
    if (channel.guild) deleteChannel(api, channel);
    return { status: 200, body: channelJson(channel, world.users) };
  });
  router.add('POST /channels/:channel/typing', (_call, params): Answer => {
    reachable(api, params.channel, 'SendMessages');
    return { status: 204 };
  });
  for (const method of ['PUT', 'DELETE']) {
    router.add(`${method} /channels/:channel/messages/pins/:message`, (_call, params): Answer => {
      const channel = reachable(api, params.channel, 'PinMessages');
      const message = publicMessage(channel, params.message);
      message.json = { ...message.json, pinned: method === 'PUT' };
      delete message.text;
      return { status: 204 };
    });
  }
  threadRoutes(router, api);
}

function threadRoutes(router: Router, api: Api): void {
  const { world, builder } = api;
  const start = (
    call: Call,
    parent: ChannelState,
    kind: BodyKind,
    type: number,
    messageId?: string,
  ): Answer => {
    checkBody(api, kind, call.body);
    const needed = type === ChannelType.privateThread ? 'CreatePrivateThreads' : 'CreatePublicThreads';
    if (!may(parent, world.bot.id, needed)) throw errors.missingPermissions();
    const { name } = call.body as { name: string };
    const thread = builder.thread(parent, name, type, world.bot.id, messageId);
    announce(api, thread, 'CREATE');
    return { status: 201, body: channelJson(thread, world.users) };
  };
  router.add('POST /channels/:channel/threads', (call, params) => {
    const { type = ChannelType.privateThread } = (call.body ?? {}) as { type?: number };
    return start(call, reachable(api, params.channel), 'threadAlone', type);
  });
  router.add('POST /channels/:channel/messages/:message/threads', (call, params) => {
    const channel = reachable(api, params.channel);
    const message = publicMessage(channel, params.message);
    return start(call, channel, 'threadFromMessage', ChannelType.publicThread, message.id);
  });
  for (const method of ['PUT', 'DELETE']) {
    router.add(`${method} /channels/:channel/thread-members/:user`, (_call, params): Answer => {
      reachable(api, params.channel);
      return { status: 204 };
    });
  }
}

function edit(channel: ChannelState, { name, topic, archived, locked }: ChannelEdit): void {
  if (name !== undefined) channel.name = name;
  if (topic !== undefined) channel.topic = topic;
  if (channel.thread && archived !== undefined) channel.thread.archived = archived;
  if (channel.thread && locked !== undefined) channel.thread.locked = locked;
  channel.revision += 1;
}

/** Tells the sessions of its server that a channel or thread came, changed or went. */
export function announce(
  api: Pick<Api, 'gateway' | 'world'>,
  channel: ChannelState,
  what: 'CREATE' | 'UPDATE' | 'DELETE',
): void {
  if (!channel.guild?.hasBot) return;
  const { world, gateway } = api;
  if (channel.thread) {
    announceThread(api, channel, what);
    return;
  }
  const sawBefore = channel.shownToBot;
  channel.shownToBot = may(channel, world.bot.id, 'ViewChannel');
  const json = gatewayChannelJson(channel, world.bot.id, world.users);
  gateway.dispatch(channel.guild, Intent.guilds, `CHANNEL_${what}`, JSON.stringify(json));
  if (what === 'UPDATE' && channel.shownToBot && sawBefore === false) syncThreads(api, channel);
}

function announceThread(
  { gateway, world }: Pick<Api, 'gateway' | 'world'>,
  thread: ChannelState,
  what: 'CREATE' | 'UPDATE' | 'DELETE',
): void {
  const gone = { id: thread.id, guild_id: thread.guild?.id, parent_id: thread.parent?.id, type: thread.type };
  const json = what === 'DELETE' ? gone : botThreadJson(thread, world.bot.id, world.users);
  const fresh = what === 'CREATE' && { newly_created: true };
  gateway.dispatchIn(thread, Intent.guilds, `THREAD_${what}`, JSON.stringify({ ...json, ...fresh }));
}

/**
 * Tells the bot of channels that it has come to see or sees no longer, and of the threads in those that it has
 * come to see.
 */
export function announceAccess(api: Pick<Api, 'gateway' | 'world'>): void {
  const { world } = api;
  world.accessChanged.on((guild) => {
    if (!guild.hasBot) return;
    for (const channel of guild.channels.values()) {
      if (channel.thread) continue;
      const sees = may(channel, world.bot.id, 'ViewChannel');
      if (channel.shownToBot === !sees) announce(api, channel, 'UPDATE');
      channel.shownToBot = sees;
    }
  });
}

function syncThreads({ world, gateway }: Pick<Api, 'gateway' | 'world'>, parent: ChannelState): void {
  const { guild } = parent;
  const threads = [...(guild?.channels.values() ?? [])].filter(
    (channel) =>
      channel.parent === parent && !channel.thread?.archived && may(channel, world.bot.id, 'ViewChannel'),
  );
  if (threads.length === 0) return;
  const json = {
    guild_id: guild?.id,
    channel_ids: [parent.id],
    threads: threads.map((thread) => channelJson(thread, world.users)),
    members: threads
      .filter(({ thread }) => thread?.members.has(world.bot.id))
      .map((thread) => threadMemberJson(thread, world.bot.id)),
  };
  gateway.dispatch(guild, Intent.guilds, 'THREAD_LIST_SYNC', JSON.stringify(json));
}

export function deleteChannel(api: Pick<Api, 'gateway' | 'world'>, channel: ChannelState): void {
  for (const thread of [...(channel.guild?.channels.values() ?? [])]) {
    if (thread.parent === channel) deleteChannel(api, thread);
  }
  api.world.removeChannel(channel);
  announce(api, channel, 'DELETE');
}
