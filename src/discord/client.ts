import { Client, GatewayIntentBits, Options } from 'discord.js';

export interface ClientSettings {
  /** Absent: Discord's own. */
  readonly apiUrl: string | undefined;
  /** Without `ids`, as many shards as Discord recommends. */
  readonly shards: { readonly ids: readonly number[] | undefined; readonly count: number | undefined };
}

/**
 * The Discord client with the least it needs: one intent, and no caches of what the bot never reads. All that
 * an answer depends on comes with the interaction itself.
 */
export function createClient(config: ClientSettings): Client {
  const { ids, count } = config.shards;
  return new Client({
    intents: [GatewayIntentBits.Guilds],
    rest: { ...(config.apiUrl && { api: config.apiUrl }) },
    shards: ids ? [...ids] : 'auto',
    ...(count && { shardCount: count }),
    makeCache: Options.cacheWithLimits({
      ApplicationCommandManager: 0,
      ApplicationEmojiManager: 0,
      AutoModerationRuleManager: 0,
      BaseGuildEmojiManager: 0,
      DMMessageManager: 0,
      EntitlementManager: 0,
      GuildBanManager: 0,
      GuildEmojiManager: 0,
      GuildForumThreadManager: 0,
      GuildInviteManager: 0,
      GuildMemberManager: { maxSize: 0, keepOverLimit: (member) => member.id === member.client.user.id },
      GuildMessageManager: 0,
      GuildScheduledEventManager: 0,
      GuildStickerManager: 0,
      GuildTextThreadManager: 0,
      MessageManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      ReactionUserManager: 0,
      StageInstanceManager: 0,
      ThreadManager: 0,
      ThreadMemberManager: 0,
      UserManager: { maxSize: 5_000, keepOverLimit: (user) => user.id === user.client.user.id },
      VoiceStateManager: 0,
    }),
  });
}
