import { Intent, type Wishes } from '../gateway-protocol.js';
import type { GuildState, MemberState, UserState } from '../state.js';
import { botThreadJson, canSee, gatewayChannelJson } from './channels.js';
import { memberJson, roleJson } from './people.js';

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

/**
 * Who comes with GUILD_CREATE: with the presences intent everybody, or of a large server who has a role or a nickname;
 * without it, the bot alone. Nobody is shown as online here, or in voice.
 * https://docs.discord.com/developers/events/gateway-events#request-guild-members
 */
function membersShown(
  guild: GuildState,
  botId: string,
  { intents, largeThreshold }: Pick<Wishes, 'intents' | 'largeThreshold'>,
): MemberState[] {
  const all = [...guild.members.values()];
  if ((intents & Intent.guildPresences) === 0 || all.length > mostTold)
    return all.filter(({ user }) => user.id === botId);
  if (all.length <= largeThreshold) return all;
  return all.filter(({ user, roles, nick }) => user.id === botId || roles.length > 0 || nick !== null);
}

/** Of servers with more members, bots are told of themselves only. */
const mostTold = 75_000;

export function guildCreateJson(
  guild: GuildState,
  botId: string,
  users: ReadonlyMap<string, { json: unknown }>,
  wishes: Pick<Wishes, 'intents' | 'largeThreshold'>,
): Record<string, unknown> {
  const bot = guild.members.get(botId);
  const channels = [...guild.channels.values()];
  return {
    ...guildJson(guild),
    joined_at: bot?.joinedAt,
    large: guild.members.size > wishes.largeThreshold,
    unavailable: false,
    member_count: guild.members.size,
    voice_states: [],
    members: membersShown(guild, botId, wishes).map(memberJson),
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
    application: { id: bot.id, flags: 1 << 23, flags_new: String(1 << 23) },
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
