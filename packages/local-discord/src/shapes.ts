import { channelPermissions } from './permissions.js';
import {
  type ChannelState,
  ChannelType,
  type GuildState,
  type MemberState,
  type RoleState,
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
    communication_disabled_until: null,
  };
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
    rate_limit_per_user: 0,
    flags: 0,
  };
  if (channel.thread && channel.parent) {
    return {
      ...common,
      parent_id: channel.parent.id,
      owner_id: channel.thread.ownerId,
      message_count: channel.messages.size,
      total_message_sent: channel.messages.size,
      member_count: 1,
      thread_metadata: {
        archived: channel.thread.archived,
        archive_timestamp: channel.thread.createdAt,
        auto_archive_duration: channel.thread.autoArchiveMinutes,
        locked: channel.thread.locked,
        create_timestamp: channel.thread.createdAt,
      },
    };
  }
  return {
    ...common,
    topic: channel.topic,
    position: channel.position,
    parent_id: null,
    nsfw: false,
    permission_overwrites: [...channel.overwrites.values()].map(({ id, type, allow, deny }) => ({
      id,
      type,
      allow: allow.toString(),
      deny: deny.toString(),
    })),
  };
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

/** The payload of GUILD_CREATE: without the members intent, only the bot's own membership comes with it. */
export function guildCreateJson(
  guild: GuildState,
  botId: string,
  users: ReadonlyMap<string, { json: unknown }>,
): Record<string, unknown> {
  const bot = guild.members.get(botId);
  const channels = [...guild.channels.values()];
  return {
    ...guildJson(guild),
    joined_at: bot?.joinedAt,
    large: guild.members.size > 250,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: bot ? [memberJson(bot)] : [],
    channels: channels.filter((channel) => !channel.thread).map((channel) => channelJson(channel, users)),
    threads: channels.filter((channel) => channel.thread).map((channel) => channelJson(channel, users)),
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
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
