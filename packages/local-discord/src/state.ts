import type { CommandJson, MessageJson, ScheduledEventJson, UserJson } from './json.js';

export interface UserState {
  readonly id: string;
  readonly json: UserJson;
  /** What the client of this person speaks, e.g. `en-GB`. */
  locale: string;
  /** Whether the person refuses direct messages of the bot. */
  refusesDirectMessages: boolean;
}

export interface RoleState {
  readonly id: string;
  name: string;
  permissions: bigint;
  position: number;
  color: number;
  mentionable: boolean;
  /** Whether its members are shown apart. */
  hoist: boolean;
  managed: boolean;
  /** The bot whose own role it is. */
  botId?: string;
}

/** A webhook that posts in a channel under a name of its own. */
export interface WebhookState {
  readonly id: string;
  readonly token: string;
  channel: ChannelState;
  name: string;
}

export interface ReactionState {
  readonly emoji: { readonly id: string | null; readonly name: string };
  /** Who reacted so, by user id, oldest first. */
  readonly users: Set<string>;
}

export interface MemberState {
  readonly user: UserState;
  roles: string[];
  nick: string | null;
  readonly joinedAt: string;
  /** Until when a timeout lasts, in milliseconds since the epoch; absent: none. */
  timedOutUntil?: number;
}

export interface Overwrite {
  readonly id: string;
  /** 0: a role, 1: a member. */
  readonly type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

export const ChannelType = {
  text: 0,
  direct: 1,
  voice: 2,
  category: 4,
  announcement: 5,
  announcementThread: 10,
  publicThread: 11,
  privateThread: 12,
  forum: 15,
  media: 16,
} as const;

export interface ThreadState {
  archived: boolean;
  locked: boolean;
  autoArchiveMinutes: number;
  /** Whether members of a private thread may add others. */
  invitable: boolean;
  readonly ownerId: string;
  readonly createdAt: string;
  /** When it was last made, archived, brought back, or given another length. */
  archiveChangedAt: string;
  /** How many messages were ever written in it. */
  sent: number;
  /** Who has joined, by user id, with the time of joining. */
  readonly members: Map<string, string>;
}

export interface ChannelState {
  readonly id: string;
  readonly type: number;
  readonly guild?: GuildState;
  /** The channel that a thread hangs on. */
  readonly parent?: ChannelState;
  /** The category that a channel is in. */
  category?: ChannelState | undefined;
  readonly thread?: ThreadState;
  /** The user ids of a direct message, the bot's included. */
  readonly recipients: readonly string[];
  name: string;
  topic: string | null;
  position: number;
  nsfw: boolean;
  /** Seconds that people wait between two messages. */
  slowmode: number;
  /** Minutes after which new threads archive themselves, where somebody chose them. */
  threadMinutes?: number;
  /** Seconds of slow mode that new threads begin with. */
  threadSlowmode: number;
  /** When the newest pin was made. */
  lastPinAt: string | null;
  readonly overwrites: Map<string, Overwrite>;
  readonly messages: Map<string, MessageState>;
  lastMessageId: string | null;
  deleted: boolean;
  /** Computed permissions by user id; emptied when anything they depend on changes. */
  readonly permissions: Map<string, bigint>;
  /** Whether the bot was last told of the channel as one that it sees. */
  shownToBot?: boolean;
  /** Counts changes of the channel and of the permissions in it. */
  revision: number;
}

export interface GuildState {
  readonly id: string;
  /** The id without its lowest 22 bits; modulo the number of shards it is the guild's shard. */
  readonly shardKey: number;
  name: string;
  ownerId: string;
  locale: string;
  readonly roles: Map<string, RoleState>;
  readonly channels: Map<string, ChannelState>;
  readonly members: Map<string, MemberState>;
  /** Whether the bot is in the server. */
  hasBot: boolean;
  /** False while Discord has an outage that takes the server away. */
  available: boolean;
  commands: Map<string, CommandJson>;
  readonly events: Map<string, ScheduledEventJson>;
  /** Who is banned, by user id, with the reason. */
  readonly bans: Map<string, string | null>;
  /** The server's clock, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Who may do what has changed; shared by all servers of a world. */
  readonly accessChanged: Signal<GuildState>;
}

export interface MessageState {
  readonly id: string;
  readonly channel: ChannelState;
  readonly authorId: string;
  /** As clients see it now; replaced, never changed, by an edit. */
  json: MessageJson;
  /** Who alone can see it; absent: everybody who sees the channel. */
  readonly visibleTo?: string;
  /** Every state that ever reached clients, the present one last. */
  readonly history: MessageJson[];
  deleted: boolean;
  /** When it was pinned, in milliseconds since the epoch; absent: it is not. */
  pinnedAt?: number | undefined;
  /** By emoji, oldest first. */
  readonly reactions: Map<string, ReactionState>;
  /** `json` as text, for the payloads of presses. */
  text?: string;
}

/** What happened to a message; `message.visibleTo` says who saw it. */
export interface MessageChange {
  readonly how: 'created' | 'edited' | 'deleted';
  readonly message: MessageState;
  /** Deleted together with others; bots hear of all of them at once. */
  readonly bulk?: boolean;
}

export type Listener<T> = (event: T) => void;

/** The least event source there can be: listeners of one kind of event. */
export class Signal<T> {
  readonly #listeners = new Set<Listener<T>>();

  /** Gives back a function that stops listening. */
  on(listener: Listener<T>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The next event of the kind. */
  next(): Promise<T> {
    return new Promise((resolve) => {
      const stop = this.on((event) => {
        stop();
        resolve(event);
      });
    });
  }

  emit(event: T): void {
    for (const listener of this.#listeners) listener(event);
  }
}

/** Everything there is in this Discord, and what it tells about changes. No rules live here. */
export class World {
  readonly users = new Map<string, UserState>();
  readonly guilds = new Map<string, GuildState>();
  /** Channels, threads and direct messages by id, those that were deleted taken out. */
  readonly channels = new Map<string, ChannelState>();
  readonly attachments = new Map<string, { name: string; type: string; bytes: Buffer }>();
  readonly webhooks = new Map<string, WebhookState>();
  readonly globalCommands = new Map<string, CommandJson>();
  readonly messageChanged = new Signal<MessageChange>();
  /** Where messages are waited for that have not come yet; each fails when its time is over. */
  readonly waits = new Set<Error>();
  readonly accessChanged = new Signal<GuildState>();
  readonly commandsChanged = new Signal<void>();
  /** A thread was made, brought back, archived by somebody, given another length, or deleted. */
  readonly threadChanged = new Signal<ChannelState>();

  readonly bot: UserState;

  constructor(bot: UserState) {
    this.bot = bot;

    this.users.set(bot.id, bot);
  }

  directChannel(userId: string): ChannelState | undefined {
    return this.#direct.get(userId);
  }

  addChannel(channel: ChannelState): void {
    this.channels.set(channel.id, channel);
    channel.guild?.channels.set(channel.id, channel);
    if (channel.thread) this.threadChanged.emit(channel);
    const person = channel.guild ? undefined : channel.recipients.find((id) => id !== this.bot.id);
    if (person) this.#direct.set(person, channel);
  }

  removeChannel(channel: ChannelState): void {
    channel.deleted = true;
    for (const webhook of this.webhooks.values())
      if (webhook.channel === channel) this.webhooks.delete(webhook.id);
    this.channels.delete(channel.id);
    channel.guild?.channels.delete(channel.id);
    if (channel.thread) this.threadChanged.emit(channel);
  }

  readonly #direct = new Map<string, ChannelState>();
}

/** To be called when roles, members, overwrites or names changed. */
export function forgetPermissions(guild: GuildState): void {
  for (const channel of guild.channels.values()) {
    channel.permissions.clear();
    channel.revision += 1;
  }
  guild.accessChanged.emit(guild);
}
