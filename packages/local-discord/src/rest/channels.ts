import { errors } from '../errors.js';
import { MessageType } from '../json.js';
import { may } from '../permissions.js';
import { botThreadJson, channelJson } from '../shapes.js';
import type { ChannelState } from '../state.js';
import { type Api, reachable } from './api.js';
import type { Answer } from './call.js';
import { editChannel, editThread, overwriteRoutes } from './channel-edits.js';
import { announce, deleteChannel } from './channel-events.js';
import type { Router } from './router.js';
import { tellOwnMembership } from './sending.js';

/** https://docs.discord.com/developers/resources/channel */
export function channelRoutes(router: Router, api: Api): void {
  const { world } = api;
  router.add('GET /channels/:channel', (_call, params) => ({
    status: 200,
    body: botThreadJson(reachable(api, params.channel), world.bot.id, world.users),
  }));
  router.add('PATCH /channels/:channel', (call, params): Answer => {
    const channel = reachable(api, params.channel);
    const { name, thread } = channel;
    const archived = thread?.archived;
    if (thread) editThread(api, channel, call.body);
    else editChannel(api, channel, call.body);
    announce(api, channel, 'UPDATE');
    if (archived && !thread.archived) tellOwnMembership(api, channel);
    if (thread && name !== channel.name) noteName(api, channel);
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

/** A thread's new name is noted in it. */
function noteName({ world, messages }: Api, channel: ChannelState): void {
  messages.create({
    channel,
    authorId: world.bot.id,
    body: { content: channel.name },
    uploads: [],
    type: MessageType.renamed,
    extra: { mentions: [] },
  });
}
