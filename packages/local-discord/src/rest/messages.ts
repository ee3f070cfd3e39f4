import type { BodyKind } from '../checks/schema.js';
import { errors } from '../errors.js';
import { Intent } from '../gateway-protocol.js';
import { isNote, type MessageBody, undeletable } from '../json.js';
import { may } from '../permissions.js';
import { snowflakeTime } from '../snowflake.js';
import type { ChannelState, MessageState } from '../state.js';
import { type Api, checkBody, publicMessage, reachable, refusalIn } from './api.js';
import type { Answer, Call } from './call.js';
import { checkMessage } from './message-checks.js';
import { readable } from './message-events.js';
import { page, repeatedNonce } from './message-history.js';
import { referenceOf } from './references.js';
import type { Router } from './router.js';
import { mayWrite, wakeThread } from './sending.js';

const hourMs = 3_600_000;
const twoWeeksMs = 14 * 24 * hourMs;
/** https://docs.discord.com/developers/resources/message#bulk-delete-messages */
const leastDeleted = 2;
const mostDeleted = 100;

/** `/channels/:channel/messages`: https://docs.discord.com/developers/resources/message */
export function messageRoutes(router: Router, api: Api): void {
  router.add('POST /channels/:channel/messages', (call, params) => {
    return post(api, reachable(api, params.channel), call, 'messageCreate');
  });
  router.add('GET /channels/:channel/messages', (call, params) => {
    const channel = reachable(api, params.channel);
    const found = page(channel, call.params);
    if (!may(channel, api.world.bot.id, 'ReadMessageHistory')) return { status: 200, body: [] };
    return { status: 200, body: found.map((message) => readable(api, message)) };
  });
  router.add('GET /channels/:channel/messages/:message', (_call, params) => {
    const channel = reachable(api, params.channel, 'ReadMessageHistory');
    return { status: 200, body: readable(api, publicMessage(channel, params.message)) };
  });
  router.add('PATCH /channels/:channel/messages/:message', (call, params) => {
    const channel = reachable(api, params.channel);
    return edit(api, channel, publicMessage(channel, params.message), call);
  });
  router.add('DELETE /channels/:channel/messages/:message', (_call, params) => {
    const channel = reachable(api, params.channel);
    const message = publicMessage(channel, params.message);
    if (message.authorId !== api.world.bot.id && !may(channel, api.world.bot.id, 'ManageMessages'))
      throw refusalIn(channel);
    if (undeletable.includes(message.json.type)) throw errors.systemMessage();
    api.messages.delete(message);
    return { status: 204 };
  });
  router.add('POST /channels/:channel/messages/bulk-delete', (call, params) => {
    return bulkDelete(api, reachable(api, params.channel, 'ManageMessages'), call);
  });
}

/** Posts a message of the bot; in a thread that wakes it and makes the bot a member. */
export function post(api: Api, channel: ChannelState, call: Call, kind: BodyKind): Answer {
  const { world, messages } = api;
  const body = bodyOf(call);
  mayWrite(api, channel, body, call.uploads.length);
  checkMessage(api, kind, body, call.uploads, undefined);
  const posted = repeatedNonce(channel, body, call.at);
  if (posted) return { status: 200, body: posted.json };
  const reference = referenceOf(api, channel, body);
  wakeThread(api, channel, world.bot.id);
  const authorId = world.bot.id;
  const shown = may(channel, authorId, 'EmbedLinks') || !channel.guild ? body : { ...body, embeds: [] };
  const message = messages.create({ channel, authorId, body: shown, uploads: call.uploads, ...reference });
  return { status: 200, body: message.json };
}

function edit(api: Api, channel: ChannelState, message: MessageState, call: Call): Answer {
  const body = bodyOf(call);
  const { bot } = api.world;
  if (message.authorId !== bot.id) {
    const flagsAlone = Object.keys(body).every((key) => key === 'flags');
    if (!flagsAlone || !may(channel, bot.id, 'ManageMessages')) throw errors.notAuthor();
  }
  if (isNote(message.json.type)) throw errors.systemMessage();
  if (channel.thread?.archived) throw errors.threadArchived();
  if (channel.thread?.locked && !may(channel, bot.id, 'ManageThreads')) throw errors.threadLocked();
  checkMessage(api, 'messageEdit', body, call.uploads, message);
  if (call.at - snowflakeTime(message.id) > hourMs) api.oldEdits.take(channel.id);
  return { status: 200, body: api.messages.edit(message, body, call.uploads).json };
}

function bulkDelete(api: Api, channel: ChannelState, call: Call): Answer {
  const { messages, gateway } = api;
  checkBody(api, 'bulkDelete', call.body);
  const { messages: named = [] } = (call.body ?? {}) as { messages?: string[] };
  if (named.length < leastDeleted || named.length > mostDeleted) throw errors.wrongNumberToDelete();
  const ids = [...new Set(named)];
  if (ids.some((id) => call.at - snowflakeTime(id) > twoWeeksMs)) throw errors.tooOldToBulkDelete();
  const found = ids.flatMap((id) => channel.messages.get(id) ?? []).filter(({ visibleTo }) => !visibleTo);
  for (const message of found) messages.delete(message, true);
  const guild = channel.guild && { guild_id: channel.guild.id };
  const event = { ids: found.map(({ id }) => id), channel_id: channel.id, ...guild };
  gateway.dispatchIn(channel, Intent.guildMessages, 'MESSAGE_DELETE_BULK', JSON.stringify(event));
  return { status: 204 };
}

export function bodyOf(call: Call): MessageBody {
  return (call.body ?? {}) as MessageBody;
}
