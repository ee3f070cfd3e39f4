import { limits } from '../checks/figures.js';
import { messageFaults } from '../checks/limits.js';
import type { BodyKind } from '../checks/schema.js';
import { errors, type Fault } from '../errors.js';
import { Intent } from '../gateway-protocol.js';
import type { MessageBody, MessageJson, Upload } from '../json.js';
import { keptAttachments } from '../messages.js';
import type { PermissionName } from '../permissions.js';
import { may } from '../permissions.js';
import { partialMemberJson } from '../shapes.js';
import { snowflakeTime } from '../snowflake.js';
import type { ChannelState, MessageState } from '../state.js';
import { type Api, checkBody, publicMessage, reachable } from './api.js';
import type { Call } from './call.js';
import type { Params, Router } from './router.js';

/** Discord says "the past few minutes". */
const nonceLifeMs = 5 * 60_000;

/** `/channels/:channel/messages`: https://docs.discord.com/developers/resources/message */
export function messageRoutes(router: Router, api: Api): void {
  const { world, messages } = api;
  const own = (channel: ChannelState, id: string | undefined): MessageState => {
    const message = publicMessage(channel, id);
    if (message.authorId !== world.bot.id) throw errors.notAuthor();
    return message;
  };
  const channelOf = (params: Params, ...permissions: PermissionName[]): ChannelState =>
    reachable(api, params.channel, ...permissions);

  router.add('POST /channels/:channel/messages', (call, params) => {
    const channel = channelOf(params);
    const body = bodyOf(call);
    const sending = channel.thread ? 'SendMessagesInThreads' : 'SendMessages';
    if (!may(channel, world.bot.id, sending)) throw errors.missingPermissions();
    if (call.uploads.length > 0 && !may(channel, world.bot.id, 'AttachFiles'))
      throw errors.missingPermissions();
    checkMessage(api, 'messageCreate', body, call.uploads, undefined);
    if (channel.thread?.archived) throw errors.threadArchived();
    const posted = repeatedNonce(channel, body, call.at);
    if (posted) return { status: 200, body: posted.json };
    const person = channel.recipients.find((id) => id !== world.bot.id);
    if (person && world.users.get(person)?.refusesDirectMessages) throw errors.cannotSendToUser();
    return {
      status: 200,
      body: messages.create({
        channel,
        authorId: world.bot.id,
        body,
        uploads: call.uploads,
        ...replyTo(channel, body),
      }).json,
    };
  });
  router.add('GET /channels/:channel/messages', (call, params) => {
    const channel = channelOf(params);
    if (!may(channel, world.bot.id, 'ReadMessageHistory')) return { status: 200, body: [] };
    return { status: 200, body: page(channel, call.params).map((message) => readable(api, message)) };
  });
  router.add('GET /channels/:channel/messages/:message', (_call, params) => {
    const channel = channelOf(params, 'ReadMessageHistory');
    return { status: 200, body: readable(api, publicMessage(channel, params.message)) };
  });
  router.add('PATCH /channels/:channel/messages/:message', (call, params) => {
    const message = own(channelOf(params), params.message);
    const body = bodyOf(call);
    checkMessage(api, 'messageEdit', body, call.uploads, message);
    return { status: 200, body: messages.edit(message, body, call.uploads).json };
  });
  router.add('DELETE /channels/:channel/messages/:message', (_call, params) => {
    const channel = channelOf(params);
    const message = publicMessage(channel, params.message);
    if (message.authorId !== world.bot.id && !may(channel, world.bot.id, 'ManageMessages')) {
      throw errors.missingPermissions();
    }
    messages.delete(message);
    return { status: 204 };
  });
  router.add('POST /channels/:channel/messages/bulk-delete', (call, params) => {
    const channel = channelOf(params, 'ManageMessages');
    const { messages: ids = [] } = (call.body ?? {}) as { messages?: string[] };
    if (ids.length < 2 || ids.length > 100) {
      throw errors.invalidBody([
        { path: ['messages'], code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be between 2 and 100 in length.' },
      ]);
    }
    for (const id of ids) {
      const message = channel.messages.get(id);
      if (message && !message.visibleTo) messages.delete(message);
    }
    return { status: 204 };
  });
}

/** Tells the sessions that asked for it about messages that everybody sees. */
export function announceMessages({ world, gateway }: Pick<Api, 'world' | 'gateway'>): void {
  world.messageChanged.on(({ how, message }) => {
    if (message.visibleTo) {
      if (how === 'created') announcePrivate(gateway, message);
      return;
    }
    const { channel } = message;
    const { guild } = channel;
    const intent = guild ? Intent.guildMessages : Intent.directMessages;
    const where = { channel_id: message.channel.id, ...(guild && { guild_id: guild.id }) };
    if (how === 'deleted') {
      gateway.dispatchIn(channel, intent, 'MESSAGE_DELETE', () =>
        JSON.stringify({ id: message.id, ...where }),
      );
      return;
    }
    const event = how === 'created' ? 'MESSAGE_CREATE' : 'MESSAGE_UPDATE';
    gateway.dispatchIn(channel, intent, event, (intents) => {
      const open = !!(intents & Intent.messageContent) || !guild || concerns(message.json, world.bot.id);
      const json = { ...message.json, ...(!open && withoutContent), ...where, ...memberships(message) };
      return JSON.stringify({ ...json, channel_type: channel.type });
    });
  });
}

/** A bot's own ephemeral messages come as those of a direct message do. */
function announcePrivate(gateway: Api['gateway'], message: MessageState): void {
  gateway.dispatch(undefined, Intent.directMessages, 'MESSAGE_CREATE', () =>
    JSON.stringify({ ...message.json, channel_type: message.channel.type }),
  );
}

/** What the gateway adds to a server's message: who its people are there. */
function memberships({ channel: { guild }, authorId, json }: MessageState): object {
  if (!guild) return {};
  const author = guild.members.get(authorId);
  return {
    ...(author && { member: partialMemberJson(author) }),
    mentions: json.mentions.map((user) => {
      const member = guild.members.get(user.id);
      return member ? { ...user, member: partialMemberJson(member) } : user;
    }),
  };
}

/** A message as HTTP shows it to this bot. */
function readable({ world, readsContent }: Api, { json, channel }: MessageState): MessageJson {
  const open = readsContent || !channel.guild || concerns(json, world.bot.id);
  return open ? json : { ...json, ...withoutContent };
}

/** What a bot may not read of other people's messages without the privileged intent. */
const withoutContent = { content: '', embeds: [], attachments: [], components: [] };

function concerns({ author, mentions }: MessageJson, botId: string): boolean {
  return author.id === botId || mentions.some(({ id }) => id === botId);
}

export function bodyOf(call: Call): MessageBody {
  return (call.body ?? {}) as MessageBody;
}

/**
 * Checks a message's body and its files.
 * @param at where the message is in the request's body, e.g. `['data']` of a callback
 */
export function checkMessage(
  api: Api,
  kind: BodyKind,
  body: MessageBody,
  uploads: readonly Upload[],
  edited: MessageState | undefined,
  at: readonly string[] = [],
  whole: unknown = body,
): void {
  if (uploads.reduce((sum, { bytes }) => sum + bytes.length, 0) > limits.attachmentBytes)
    throw errors.tooLarge();
  checkBody(api, kind, whole, () => {
    const kept = edited ? keptAttachments(edited.json, body) : [];
    const files = new Set([
      ...kept.map(({ filename }) => filename),
      ...uploads.map((upload) => nameOf(upload, body)),
    ]);
    const faults: Fault[] = messageFaults(body, { edited: edited?.json, files });
    faults.push(...attachmentFaults(body, uploads, edited));
    return at.length === 0 ? faults : faults.map((fault) => ({ ...fault, path: [...at, ...fault.path] }));
  });
  if (isEmpty(body, uploads, edited)) throw errors.emptyMessage();
}

function nameOf(upload: Upload, body: MessageBody): string {
  return body.attachments?.find(({ id }) => id === upload.index)?.filename ?? upload.name;
}

function attachmentFaults(
  body: MessageBody,
  uploads: readonly Upload[],
  edited: MessageState | undefined,
): Fault[] {
  const known = new Set([
    ...uploads.map(({ index }) => index),
    ...(edited?.json.attachments.map(({ id }) => id) ?? []),
  ]);
  const faults: Fault[] = (body.attachments ?? []).flatMap(({ id }, index) => {
    if (known.has(id)) return [];
    const message = `No file and no attachment has the id ${id}.`;
    return [{ path: ['attachments', index, 'id'], code: 'ATTACHMENT_NOT_FOUND', message }];
  });
  const total = (edited ? keptAttachments(edited.json, body).length : 0) + uploads.length;
  if (total > limits.attachments) {
    faults.push({
      path: ['attachments'],
      code: 'BASE_TYPE_MAX_LENGTH',
      message: `Must be ${limits.attachments} or fewer in length.`,
    });
  }
  return faults;
}

function isEmpty(body: MessageBody, uploads: readonly Upload[], edited: MessageState | undefined): boolean {
  const before = edited?.json;
  return (
    !(body.content === undefined ? before?.content : body.content) &&
    !(body.embeds === undefined ? before?.embeds.length : body.embeds?.length) &&
    !(body.components === undefined ? before?.components.length : body.components?.length) &&
    uploads.length === 0 &&
    !(before && keptAttachments(before, body).length > 0) &&
    !('poll' in body) &&
    !('sticker_ids' in body)
  );
}

function replyTo(channel: ChannelState, body: MessageBody): { extra?: Partial<MessageJson>; type?: number } {
  const id = body.message_reference?.message_id;
  if (!id) return {};
  if (!channel.messages.has(id)) {
    if (body.message_reference?.fail_if_not_exists === false) return {};
    throw errors.invalidBody([
      { path: ['message_reference'], code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' },
    ]);
  }
  const guild = channel.guild && { guild_id: channel.guild.id };
  return {
    type: 19,
    extra: { message_reference: { type: 0, channel_id: channel.id, message_id: id, ...guild } },
  };
}

/** With `enforce_nonce`, a message of the same nonce in the last minutes is given back instead of a second one. */
function repeatedNonce(channel: ChannelState, body: MessageBody, now: number): MessageState | undefined {
  if (!body.enforce_nonce || body.nonce == null) return undefined;
  const lately = [...channel.messages.values()].slice(-100).reverse();
  return lately.find(({ json, id }) => json.nonce === body.nonce && now - snowflakeTime(id) < nonceLifeMs);
}

/** Newest first, as Discord lists them. */
function page(channel: ChannelState, query: URLSearchParams): MessageState[] {
  const limit = Math.min(100, Math.max(1, Number(query.get('limit') ?? 50)));
  const before = query.get('before');
  const after = query.get('after');
  const all = [...channel.messages.values()].filter((message) => !message.visibleTo);
  const inRange = all.filter(
    ({ id }) => (!before || BigInt(id) < BigInt(before)) && (!after || BigInt(id) > BigInt(after)),
  );
  return (after && !before ? inRange.slice(0, limit) : inRange.slice(-limit)).reverse();
}
