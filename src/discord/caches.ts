import {
  ApplicationCommandManager,
  ApplicationEmojiManager,
  AutoModerationRuleManager,
  BaseGuildEmojiManager,
  type ClientOptions,
  Collection,
  DMMessageManager,
  EntitlementManager,
  GatewayDispatchEvents,
  type GatewayDispatchPayload,
  GuildApplicationCommandManager,
  GuildBanManager,
  GuildEmojiManager,
  GuildForumThreadManager,
  GuildInviteManager,
  GuildMemberManager,
  GuildMessageManager,
  GuildScheduledEventManager,
  GuildSoundboardSoundManager,
  GuildStickerManager,
  GuildTextThreadManager,
  LimitedCollection,
  MessageManager,
  PresenceManager,
  ReactionManager,
  ReactionUserManager,
  StageInstanceManager,
  SubscriptionManager,
  ThreadManager,
  ThreadMemberManager,
  UserManager,
  VoiceStateManager,
} from 'discord.js';

type CacheFactory = NonNullable<ClientOptions['makeCache']>;

/** Keepers of what the bot never looks up: all that an answer depends on comes with the interaction itself. */
const neverRead: ReadonlySet<unknown> = new Set([
  ApplicationCommandManager,
  ApplicationEmojiManager,
  AutoModerationRuleManager,
  BaseGuildEmojiManager,
  EntitlementManager,
  GuildApplicationCommandManager,
  GuildBanManager,
  GuildEmojiManager,
  GuildForumThreadManager,
  GuildInviteManager,
  GuildScheduledEventManager,
  GuildSoundboardSoundManager,
  GuildStickerManager,
  GuildTextThreadManager,
  PresenceManager,
  ReactionManager,
  ReactionUserManager,
  StageInstanceManager,
  SubscriptionManager,
  ThreadManager,
  ThreadMemberManager,
  VoiceStateManager,
]);

const ofMessages: ReadonlySet<unknown> = new Set([DMMessageManager, GuildMessageManager, MessageManager]);

/** Whose objects are kept for those who press often. */
const mostUsers = 5_000;
/** Of all channels together: those whose buttons many press at once. */
const mostMessages = 64;

/**
 * The caches of a client: servers, their channels with who may do what there, their roles and the bot's own membership;
 * nothing else but the last users, and the last messages that were pressed: thousands who press the buttons of one card
 * then have one object of it together while their answers are written, and not each their own.
 *
 * Managers are told by their class: discord.js's own `Options.cacheWithLimits` goes by names, which a bundler changes,
 * and then limits nothing. What is never read has one cache for all, which stays empty: discord.js makes fifteen
 * managers a server, and empty caches of their own would be half of what a server takes.
 */
export function leanCaches(): CacheFactory {
  const empty = new LimitedCollection<string, never>({ maxSize: 0 });
  const messages = new LimitedCollection<string, unknown>({ maxSize: mostMessages });
  const cacheOf = (kept: unknown, manager: unknown): Collection<string, unknown> => {
    if (ofMessages.has(manager)) return messages;
    if (neverRead.has(manager) || neverRead.has(kept)) return empty;
    if (manager === GuildMemberManager) return onlyOwn(0);
    if (manager === UserManager) return onlyOwn(mostUsers);
    return new Collection();
  };
  // discord.js types the result by the manager's own class, which none but a conditional type can name.
  return ((kept, _holds, manager) => cacheOf(kept, manager)) as CacheFactory;
}

interface OfSomebody {
  readonly id: string;
  readonly client: { readonly user: { readonly id: string } };
}

const onlyOwn = (maxSize: number): Collection<string, OfSomebody> =>
  new LimitedCollection<string, OfSomebody>({ maxSize, keepOverLimit });

const keepOverLimit = ({ id, client }: OfSomebody): boolean => id === client.user.id;

/**
 * Takes out of what Discord sends, before discord.js makes an object of each part, what nobody reads: of a message
 * whose button was pressed the bot reads its id and its flags alone, and a round's card has dozens of parts, which
 * thousands press at once; a server comes with hundreds of emojis and threads when the bot starts.
 */
export function leaveUnread({ t: event, d: data }: GatewayDispatchPayload): void {
  if (event === GatewayDispatchEvents.InteractionCreate && 'message' in data && data.message)
    data.message.components = [];
  else if (event === GatewayDispatchEvents.GuildCreate) {
    data.emojis = [];
    data.stickers = [];
    data.threads = [];
    data.voice_states = [];
    data.presences = [];
    data.stage_instances = [];
    data.guild_scheduled_events = [];
    data.soundboard_sounds = [];
    for (const channel of data.channels ?? []) if ('topic' in channel) channel.topic = null;
  }
}
