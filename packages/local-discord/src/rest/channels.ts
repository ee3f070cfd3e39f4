import { errors } from '../errors.js';
import { Intent } from '../gateway-protocol.js';
import { may } from '../permissions.js';
import { botThreadJson, channelJson, gatewayChannelJson, threadMemberJson } from '../shapes.js';
import type { ChannelState } from '../state.js';
import { type Api, reachable } from './api.js';
import type { Answer } from './call.js';
import { editChannel, editThread, overwriteRoutes } from './channel-edits.js';
import type { Router } from './router.js';

/** https://docs.discord.com/developers/resources/channel */
export function channelRoutes(router: Router, api: Api): void {
  const { world } = api;
  router.add('GET /channels/:channel', (_call, params) => ({
    status: 200,
    body: botThreadJson(reachable(api, params.channel), world.bot.id, world.users),
  }));
  router.add('PATCH /channels/:channel', (call, params): Answer => {
    const channel = reachable(api, params.channel);
    if (channel.thread) editThread(api, channel, call.body);
    else editChannel(api, channel, call.body);
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
    const channel = reachable(api, params.channel);
    if (!may(channel, world.bot.id, channel.thread ? 'SendMessagesInThreads' : 'SendMessages')) {
      throw errors.missingPermissions();
    }
    return { status: 204 };
  });
  overwriteRoutes(router, api);
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
