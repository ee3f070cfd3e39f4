import type { Interaction } from './interaction.js';
import { MessageType } from './json.js';
import { channelPermissions } from './permissions.js';
import { interactionChannelJson, memberJson } from './shapes.js';
import type { ChannelState, MessageState, UserState, World } from './state.js';

/**
 * Builds INTERACTION_CREATE as text. Thousands of presses a second differ in a few ids only, so what they have in
 * common (the message, the person in the channel) is kept as text and put together.
 */
export class Payloads {
  readonly #shared = new WeakMap<ChannelState, { of: string; byUser: Map<string, string> }>();

  readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** The event's data. `data` is its field of that name. */
  of({ id, token, type, user, channel, source }: Interaction, data: unknown): string {
    const message = source ? `,"message":${messageText(source)}` : '';
    return `{"version":1,"type":${type},"token":"${token}","id":"${id}","data":${JSON.stringify(data)}${message},${this.#circumstances(user, channel)}}`;
  }

  /** The part of the payload that presses of one person in one channel have in common. */
  #circumstances(user: UserState, channel: ChannelState): string {
    const of = `${channel.revision}:${channel.lastMessageId}`;
    let cache = this.#shared.get(channel);
    if (cache?.of !== of) {
      cache = { of, byUser: new Map() };
      this.#shared.set(channel, cache);
    }
    const known = cache.byUser.get(user.id);
    if (known) return known;
    const made = JSON.stringify(this.#circumstancesOf(user, channel)).slice(1, -1);
    cache.byUser.set(user.id, made);
    return made;
  }

  #circumstancesOf(user: UserState, channel: ChannelState): object {
    const { guild } = channel;
    const member = guild?.members.get(user.id);
    const common = {
      application_id: this.world.bot.id,
      channel_id: channel.id,
      channel: interactionChannelJson(channel, user.id, this.world.users),
      locale: user.locale,
      entitlements: [],
      entitlement_sku_ids: [],
      app_permissions: channelPermissions(channel, this.world.bot.id).toString(),
      attachment_size_limit: 10 * 1024 * 1024,
      authorizing_integration_owners: { '0': guild?.id ?? '0' },
    };
    if (!guild || !member) return { ...common, user: user.json, context: 1 };
    return {
      ...common,
      guild_id: guild.id,
      guild: { id: guild.id, locale: guild.locale, features: [] },
      guild_locale: guild.locale,
      member: { ...memberJson(member), permissions: channelPermissions(channel, user.id).toString() },
      context: 0,
    };
  }
}

/** The type of the first message that answers an interaction. */
export function typeOfReply({ command, commandType, source }: Interaction): number {
  if (command) return commandType === 1 ? MessageType.command : MessageType.menuCommand;
  return source ? MessageType.reply : MessageType.usual;
}

/** https://docs.discord.com/developers/resources/message#message-interaction-metadata-object */
function metadataOf(
  { id, type, user, command, commandType, target, source, original, channel, opener }: Interaction,
  isOriginal: boolean,
): object {
  return {
    id,
    type,
    user: user.json,
    authorizing_integration_owners: { '0': channel.guild?.id ?? '0' },
    ...(command && { name: command, command_type: commandType }),
    ...(target?.user && { target_user: target.user.json }),
    ...(target?.message && { target_message_id: target.message.id }),
    ...(original && !isOriginal && { original_response_message_id: original.id }),
    ...(opener
      ? { triggering_interaction_metadata: metadataOf(opener, true) }
      : source && { interacted_message_id: source.id }),
  };
}

/** What a message says of the interaction that it answers. */
export function originOf(interaction: Interaction, botId: string): object {
  const { id, type, user, command, target, source, original } = interaction;
  // Of the answers to a command of a menu only the first refers to what it was used on.
  const about = !command ? source : original ? undefined : target?.message;
  return {
    application_id: botId,
    webhook_id: botId,
    interaction_metadata: metadataOf(interaction, original === source),
    ...(command && { interaction: { id, type, name: command, user: user.json } }),
    ...(about && { message_reference: referenceTo(about) }),
    ...(about && command && { referenced_message: about.json }),
  };
}

function referenceTo({ id, channel }: MessageState): object {
  return {
    type: 0,
    channel_id: channel.id,
    message_id: id,
    ...(channel.guild && { guild_id: channel.guild.id }),
  };
}

function messageText(message: MessageState): string {
  message.text ??= JSON.stringify(message.json);
  return message.text;
}
