import { Intent } from './gateway-protocol.js';
import { channelPermissions, may, permissionBits } from './permissions.js';
import {
  type ChannelState,
  ChannelType,
  type GuildState,
  type MemberState,
  type RoleState,
  type ThreadState,
  type UserState,
} from './state.js';

/** Server state as Discord's JSON shows it. */

export function roleJson(role: RoleState): Record<string, unknown> {
  return {
    id: role.id,
    name: role.name,
    description: null,
    permissions: role.permissions.toString(),
    position: role.position,
    color: role.color,
    colors: { primary_color: role.color, secondary_color: null, tertiary_color: null },
    hoist: false,
    managed: role.managed,
    mentionable: role.mentionable,
    icon: null,
    unicode_emoji: null,
    flags: 0,
  };
}

export function memberJson(member: MemberState): Record<string, unknown> {
  return {
    user: member.user.json,
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: member.roles,
    joined_at: member.joinedAt,
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: member.timedOutUntil ? new Date(member.timedOutUntil).toISOString() : null,
  };
}

/** A membership beside the user that it belongs to, as messages have it. */
export function partialMemberJson(member: MemberState): Record<string, unknown> {
  const { user: _user, ...json } = memberJson(member);
  return json;
}

export function channelJson(channel: ChannelState, users: ReadonlyMap<string, { json: unknown }>): object {
  if (!channel.guild) {
    return {
      id: channel.id,
      type: ChannelType.direct,
      last_message_id: channel.lastMessageId,
      flags: 0,
      recipients: channel.recipients.flatMap((id) => users.get(id)?.json ?? []),
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
    ...(channel.type === ChannelType.forum && { available_tags: [], default_reaction_emoji: null }),
    permission_overwrites: [...channel.overwrites.values()].map(({ id, type, allow, deny }) => ({
      id,
      type,
      allow: allow.toString(),
      deny: deny.toString(),
    })),
  };
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

function canSee(channel: ChannelState, userId: string): boolean {
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

export function guildJson(guild: GuildState): Record<string, unknown> {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    home_header: null,
    splash: null,
    discovery_splash: null,
    features: [],
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: null,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    roles: [...guild.roles.values()].map(roleJson),
    default_message_notifications: 1,
    mfa_level: 0,
    explicit_content_filter: 0,
    max_presences: null,
    max_members: 500_000,
    max_stage_video_channel_users: 50,
    max_video_channel_users: 25,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    preferred_locale: guild.locale,
    rules_channel_id: null,
    safety_alerts_channel_id: null,
    public_updates_channel_id: null,
    hub_type: null,
    premium_progress_bar_enabled: false,
    nsfw: false,
    nsfw_level: 0,
    emojis: [],
    stickers: [],
    incidents_data: null,
  };
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

/** Above this a server is large, unless a bot asks for another figure on identifying. */
const largeThreshold = 50;

/** The payload of GUILD_CREATE: without the presences intent, only the bot's own membership comes with it. */
export function guildCreateJson(
  guild: GuildState,
  botId: string,
  users: ReadonlyMap<string, { json: unknown }>,
  intents = 0,
): Record<string, unknown> {
  const bot = guild.members.get(botId);
  const channels = [...guild.channels.values()];
  const everybody = (intents & Intent.guildPresences) !== 0 && guild.members.size <= largeThreshold;
  const members = everybody ? [...guild.members.values()] : bot ? [bot] : [];
  return {
    ...guildJson(guild),
    joined_at: bot?.joinedAt,
    large: guild.members.size > largeThreshold,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: members.map(memberJson),
    channels: channels
      .filter((channel) => !channel.thread)
      .map((channel) => gatewayChannelJson(channel, botId, users)),
    threads: channels
      .filter((channel) => channel.thread && !channel.thread.archived && canSee(channel, botId))
      .map((channel) => botThreadJson(channel, botId, users)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [...guild.events.values()],
    soundboard_sounds: [],
    embedded_activities: [],
  };
}

/** The payload of READY: servers come later, each by a GUILD_CREATE. */
export function readyJson(
  bot: UserState,
  guilds: readonly GuildState[],
  { id, shard }: { readonly id: string; readonly shard: readonly [number, number] },
  gatewayUrl: string,
): Record<string, unknown> {
  return {
    v: 10,
    user: { ...bot.json, verified: true, email: null, mfa_enabled: true, flags: 0 },
    guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
    session_id: id,
    resume_gateway_url: gatewayUrl,
    shard,
    application: { id: bot.id, flags: 1 << 23 },
    session_type: 'normal',
    user_settings: {},
    relationships: [],
    private_channels: [],
    presences: [],
    guild_join_requests: [],
    geo_ordered_rtc_regions: [],
    _trace: [],
  };
}
