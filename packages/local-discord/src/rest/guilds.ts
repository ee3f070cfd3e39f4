import { errors } from '../errors.js';
import { removeBot } from '../membership.js';
import { guildPermissions, may, permissionBits } from '../permissions.js';
import { channelJson, guildJson } from '../shapes.js';
import type { GuildState } from '../state.js';
import { type Api, checkBody, guildWithBot } from './api.js';
import type { Answer } from './call.js';
import {
  applyTo,
  type ChannelBody,
  channelFaults,
  channelName,
  mayOverwrite,
  read,
} from './channel-edits.js';
import { announce } from './channel-events.js';
import { queryFlag } from './queries.js';
import type { Router } from './router.js';

/** Categories among them, threads not. https://docs.discord.com/developers/topics/opcodes-and-status-codes (30013) */
const mostChannels = 500;

/** How many there are, and how many of them are shown as online: the bot, while it is connected. */
export function countsOf({ gateway }: Api, { members }: GuildState): object {
  return {
    approximate_member_count: members.size,
    approximate_presence_count: gateway.connected ? 1 : 0,
  };
}

export function guildRoutes(router: Router, api: Api): void {
  const { world, builder } = api;
  router.add('GET /guilds/:guild', (call, params): Answer => {
    const guild = guildWithBot(api, params.guild);
    const counts = queryFlag(call.params, 'with_counts');
    return {
      status: 200,
      body: { ...guildJson(guild), ...(counts && countsOf(api, guild)) },
    };
  });
  router.add('GET /guilds/:guild/channels', (_call, params): Answer => {
    const channels = [...guildWithBot(api, params.guild).channels.values()];
    return {
      status: 200,
      body: channels
        .filter((channel) => !channel.thread && may(channel, world.bot.id, 'ViewChannel'))
        .map((channel) => channelJson(channel, world.users)),
    };
  });
  router.add('POST /guilds/:guild/channels', (call, params): Answer => {
    const guild = guildWithBot(api, params.guild);
    checkBody(api, 'channelCreate', call.body, () => channelFaults(api, guild, call.body as ChannelBody));
    if (!(guildPermissions(guild, world.bot.id) & permissionBits('ManageChannels'))) {
      throw errors.missingPermissions();
    }
    if ([...guild.channels.values()].filter(({ thread }) => !thread).length >= mostChannels)
      throw errors.tooManyChannels();
    const { type, ...body } = call.body as ChannelBody & { name: string; type?: number };
    const category = world.channels.get(body.parent_id ?? '');
    for (const overwrite of body.permission_overwrites ?? [])
      mayOverwrite(api, { guild, overwrites: new Map(), category }, undefined, read(overwrite));
    const channel = builder.channel(guild, channelName(body.name, type ?? 0), type ?? 0);
    applyTo(api, channel, body);
    announce(api, channel, 'CREATE');
    return { status: 201, body: channelJson(channel, world.users) };
  });
  router.add('DELETE /users/@me/guilds/:guild', (_call, params): Answer => {
    removeBot(api, guildWithBot(api, params.guild));
    return { status: 204 };
  });
}
