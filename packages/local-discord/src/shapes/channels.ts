import { channelPermissions, may, permissionBits } from '../permissions.js';
import { type ChannelState, ChannelType, type ThreadState } from '../state.js';

export function channelJson(channel: ChannelState, users: ReadonlyMap<string, { json: unknown }>): object {
  if (!channel.guild) {
    return {
      id: channel.id,
      type: ChannelType.direct,
      last_message_id: channel.lastMessageId,
      flags: 0,
      // To a bot that is whom it writes with; itself it does not find among them.
      recipients: channel.recipients
        .flatMap((id) => users.get(id)?.json ?? [])
        .filter((json) => !isBot(json)),
    };
  }
  const common = {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guild.id,
    name: channel.name,
    last_message_id: channel.lastMessageId,
    last_pin_timestamp: channel.lastPinAt,
    rate_limit_per_user: channel.slowmode,
    flags: 0,
  };
  if (channel.thread && channel.parent) return { ...common, ...threadJson(channel, channel.thread) };
  return {
    ...common,
    topic: channel.topic,
    position: channel.position,
    parent_id: channel.category?.id ?? null,
    nsfw: channel.nsfw,
    default_thread_rate_limit_per_user: channel.threadSlowmode,
    ...(channel.threadMinutes !== undefined && { default_auto_archive_duration: channel.threadMinutes }),
    ...((channel.type === ChannelType.forum || channel.type === ChannelType.media) && {
      available_tags: [],
      default_reaction_emoji: null,
    }),
    permission_overwrites: [...channel.overwrites.values()].map(({ id, type, allow, deny }) => ({
      id,
      type,
      allow: allow.toString(),
      deny: deny.toString(),
    })),
  };
}

function isBot(user: unknown): boolean {
  return (user as { bot?: boolean }).bot === true;
}

function threadJson(channel: ChannelState, thread: ThreadState): object {
  return {
    parent_id: channel.parent?.id,
    owner_id: thread.ownerId,
    message_count: Math.min(channel.messages.size, thread.sent),
    total_message_sent: thread.sent,
    member_count: Math.min(50, thread.members.size),
    thread_metadata: {
      archived: thread.archived,
      archive_timestamp: thread.archiveChangedAt,
      auto_archive_duration: thread.autoArchiveMinutes,
      locked: thread.locked,
      create_timestamp: thread.createdAt,
      ...(channel.type === ChannelType.privateThread && { invitable: thread.invitable }),
    },
  };
}

/** Somebody's membership of a thread. */
export function threadMemberJson(
  channel: ChannelState,
  userId: string,
): { id: string; user_id: string; join_timestamp: string | undefined; flags: number } {
  const joined = channel.thread?.members.get(userId);
  return { id: channel.id, user_id: userId, join_timestamp: joined, flags: 0 };
}

/** The flag of a channel that the bot cannot view. */
export const obfuscatedFlag = 1 << 17;

/**
 * A channel as the gateway shows it to a bot: since November 2026 one that it cannot view keeps only its place.
 * https://docs.discord.com/developers/resources/channel#channel-object-obfuscated-channels
 */
export function gatewayChannelJson(
  channel: ChannelState,
  botId: string,
  users: ReadonlyMap<string, { json: unknown }>,
): object {
  const { guild } = channel;
  if (!guild || channel.thread || canSee(channel, botId)) return channelJson(channel, users);
  return {
    id: channel.id,
    type: channel.type,
    guild_id: guild.id,
    name: '___hidden___',
    position: channel.position,
    parent_id: channel.category?.id ?? null,
    flags: obfuscatedFlag,
    permission_overwrites: [
      { id: guild.id, type: 0, allow: '0', deny: permissionBits('ViewChannel').toString() },
    ],
  };
}

export function canSee(channel: ChannelState, userId: string): boolean {
  return may(channel, userId, 'ViewChannel');
}

/** The part of a channel that comes with an interaction. */
export function interactionChannelJson(
  channel: ChannelState,
  userId: string,
  users: ReadonlyMap<string, { json: unknown }>,
): object {
  return { ...channelJson(channel, users), permissions: channelPermissions(channel, userId).toString() };
}

/** A thread with the bot's own membership, where it has joined. */
export function botThreadJson(
  channel: ChannelState,
  botId: string,
  users: ReadonlyMap<string, { json: unknown }>,
): object {
  const joined = channel.thread?.members.has(botId);
  return { ...channelJson(channel, users), ...(joined && { member: threadMemberJson(channel, botId) }) };
}
