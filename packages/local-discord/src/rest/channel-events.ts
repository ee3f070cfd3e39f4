import { Intent } from '../gateway-protocol.js';
import { may } from '../permissions.js';
import { botThreadJson, channelJson, gatewayChannelJson, threadMemberJson } from '../shapes.js';
import type { ChannelState } from '../state.js';
import type { Api } from './api.js';

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
  for (const orphan of channel.guild?.channels.values() ?? []) {
    if (orphan.category !== channel) continue;
    orphan.category = undefined;
    announce(api, orphan, 'UPDATE');
  }
}
