import { required } from '../checks/figures.js';
import { type ApiError, errors } from '../errors.js';
import { isNote, type MessageBody, MessageFlag, type MessageJson, MessageType } from '../json.js';
import { may } from '../permissions.js';
import type { ChannelState, MessageState } from '../state.js';
import type { Api } from './api.js';
import { mayRead } from './message-events.js';

/** What a new message has from the one that it answers or forwards. */
export type Reference = { extra?: Partial<MessageJson>; type?: number; flags?: number };

const forward = 1;

/**
 * What a reply or a forward refers to.
 * @throws ApiError 50035, 50001, 160002 or 160014
 */
export function referenceOf(api: Api, channel: ChannelState, body: MessageBody): Reference {
  const { message_reference: asked } = body;
  if (!asked?.message_id) return {};
  return asked.type === forward ? forwarded(api, body) : answered(api, channel, body);
}

function answered(api: Api, channel: ChannelState, { message_reference: asked }: MessageBody): Reference {
  const elsewhere = asked?.channel_id != null && asked.channel_id !== channel.id;
  if (elsewhere) {
    const message = 'Cannot reply to a message in a different channel';
    throw noReference('REPLIES_CANNOT_REFERENCE_OTHER_CHANNEL', message);
  }
  const found = channel.messages.get(asked?.message_id ?? '');
  if (!found || found.visibleTo) {
    if (asked?.fail_if_not_exists === false) return {};
    throw noReference('REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
  }
  if (!may(channel, api.world.bot.id, 'ReadMessageHistory')) throw errors.replyWithoutHistory();
  if (isNote(found.json.type))
    throw noReference('REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE', 'Cannot reply to a system message');
  return {
    type: MessageType.reply,
    extra: { message_reference: referenceTo(found, 0), referenced_message: found.json },
  };
}

/** A forward names the channel, which the bot has to see and nothing more. */
function forwarded(api: Api, { message_reference: asked }: MessageBody): Reference {
  if (asked?.channel_id == null)
    throw errors.invalidBody([{ path: ['message_reference', 'channel_id'], ...required }]);
  const source = api.world.channels.get(asked.channel_id);
  if (!source || !may(source, api.world.bot.id, 'ViewChannel')) throw errors.missingAccess();
  const found = source.messages.get(asked.message_id ?? '');
  if (!found || found.visibleTo) throw noReference('REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
  if (isNote(found.json.type))
    throw noReference('MESSAGE_CANNOT_BE_FORWARDED', 'This message cannot be forwarded.');
  if (!mayRead(api, found)) throw errors.unreadableForward();
  return {
    extra: {
      message_reference: referenceTo(found, forward),
      message_snapshots: [{ message: snapshot(found.json) }],
    },
    flags: MessageFlag.hasSnapshot,
  };
}

function referenceTo(
  { id, channel }: MessageState,
  type: number,
): NonNullable<MessageJson['message_reference']> {
  const guild = channel.guild && { guild_id: channel.guild.id };
  return { type, channel_id: channel.id, message_id: id, ...guild };
}

/** What a forward shows of a message: not who wrote it, nor where. */
function snapshot(message: MessageJson): Partial<MessageJson> {
  const { type, content, embeds, attachments, timestamp, edited_timestamp, flags } = message;
  const { mentions, mention_roles, components } = message;
  const shown = { type, content, embeds, attachments, timestamp, edited_timestamp, flags };
  return { ...shown, mentions, mention_roles, components };
}

function noReference(code: string, message: string): ApiError {
  return errors.invalidBody([{ path: ['message_reference'], code, message }]);
}
