import { errors } from '../errors.js';
import { Intent } from '../gateway-protocol.js';
import { isoTime } from '../iso-time.js';
import { isNote, MessageType } from '../json.js';
import { may } from '../permissions.js';
import type { ChannelState, MessageState } from '../state.js';
import { type Api, publicMessage, reachable } from './api.js';
import type { Answer } from './call.js';
import { readable } from './message-events.js';
import { queryNumber } from './queries.js';
import type { Params, Router } from './router.js';

const mostPins = 250;

/** https://docs.discord.com/developers/resources/message#get-channel-pins; the older paths work as well. */
export function pinRoutes(router: Router, api: Api): void {
  router.add('GET /channels/:channel/messages/pins', (call, params): Answer => {
    const limit = queryNumber(call.params, 'limit', { least: 1, most: 50, usual: 50 });
    const before = Date.parse(call.params.get('before') ?? '') || Number.POSITIVE_INFINITY;
    const found = shown(api, params).filter(({ pinnedAt }) => (pinnedAt ?? 0) < before);
    const items = found.slice(0, limit).map((message) => ({
      pinned_at: isoTime(message.pinnedAt ?? 0),
      message: readable(api, message),
    }));
    return { status: 200, body: { items, has_more: found.length > limit } };
  });
  router.add('GET /channels/:channel/pins', (_call, params): Answer => {
    return { status: 200, body: shown(api, params).map((message) => readable(api, message)) };
  });
  for (const base of ['/channels/:channel/messages/pins', '/channels/:channel/pins']) {
    router.add(`PUT ${base}/:message`, (call, params): Answer => {
      const channel = reachable(api, params.channel, 'PinMessages');
      pin(api, channel, publicMessage(channel, params.message), call.at);
      return { status: 204 };
    });
    router.add(`DELETE ${base}/:message`, (_call, params): Answer => {
      const channel = reachable(api, params.channel, 'PinMessages');
      const message = publicMessage(channel, params.message);
      if (channel.thread?.archived) throw errors.threadArchived();
      message.pinnedAt = undefined;
      api.messages.mark(message, { pinned: false });
      tell(api, channel);
      return { status: 204 };
    });
  }
}

function pin(api: Api, channel: ChannelState, message: MessageState, nowMs: number): void {
  if (message.pinnedAt !== undefined) return;
  if (isNote(message.json.type)) throw errors.systemMessage();
  if (channel.thread?.archived) throw errors.threadArchived();
  if (pinned(channel).length >= mostPins) throw errors.tooManyPins();
  message.pinnedAt = nowMs;
  channel.lastPinAt = isoTime(nowMs);
  api.messages.mark(message, { pinned: true });
  tell(api, channel);
  const guild = channel.guild && { guild_id: channel.guild.id };
  api.messages.create({
    channel,
    authorId: api.world.bot.id,
    body: {},
    uploads: [],
    type: MessageType.pinned,
    extra: { message_reference: { type: 0, channel_id: channel.id, message_id: message.id, ...guild } },
  });
}

/** Without Read Message History there are none. */
function shown(api: Api, { channel: id }: Params): MessageState[] {
  const channel = reachable(api, id);
  return may(channel, api.world.bot.id, 'ReadMessageHistory') ? pinned(channel) : [];
}

function pinned(channel: ChannelState): MessageState[] {
  const found = [...channel.messages.values()].filter(({ pinnedAt }) => pinnedAt !== undefined);
  return found.sort((a, b) => (b.pinnedAt ?? 0) - (a.pinnedAt ?? 0));
}

function tell({ gateway }: Api, channel: ChannelState): void {
  const guild = channel.guild && { guild_id: channel.guild.id };
  const event = { channel_id: channel.id, last_pin_timestamp: channel.lastPinAt, ...guild };
  gateway.dispatchIn(channel, Intent.guilds, 'CHANNEL_PINS_UPDATE', JSON.stringify(event));
}
