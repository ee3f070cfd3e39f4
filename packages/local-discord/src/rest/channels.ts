import { errors } from '../errors.js';
import { may } from '../permissions.js';
import { botThreadJson, channelJson } from '../shapes.js';
import { type Api, reachable } from './api.js';
import type { Answer } from './call.js';
import { editChannel, editThread, overwriteRoutes } from './channel-edits.js';
import { announce, deleteChannel } from './channel-events.js';
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
