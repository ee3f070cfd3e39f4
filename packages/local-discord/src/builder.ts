import { isoTime } from './iso-time.js';
import { everyonePermissions } from './permissions.js';
import type { Snowflakes } from './snowflake.js';
import {
  type ChannelState,
  ChannelType,
  forgetPermissions,
  type GuildState,
  type MemberState,
  type RoleState,
  type ThreadState,
  type UserState,
  type World,
} from './state.js';

const dayMs = 86_400_000;

/** Makes the things of a world, with the ids and defaults that Discord gives them. */
export class Builder {
  readonly world: World;
  readonly snowflakes: Snowflakes;
  readonly now: () => number;

  constructor(world: World, snowflakes: Snowflakes, now: () => number) {
    this.world = world;
    this.snowflakes = snowflakes;
    this.now = now;
  }

  user(name: string, bot = false): UserState {
    const user = newUser(this.snowflakes.next(), name, bot);
    this.world.users.set(user.id, user);
    return user;
  }

  guild(name: string, ownerId: string): GuildState {
    // Shards go by the millisecond of a server's founding: those made here at once spread evenly, too.
    const id = this.snowflakes.next(this.now() - dayMs - this.world.guilds.size);
    const guild: GuildState = {
      id,
      shardKey: Number(BigInt(id) >> 22n),
      name,
      ownerId,
      locale: 'en-US',
      roles: new Map(),
      channels: new Map(),
      members: new Map(),
      hasBot: false,
      available: true,
      commands: new Map(),
      events: new Map(),
      bans: new Map(),
      now: this.now,
      accessChanged: this.world.accessChanged,
    };
    guild.roles.set(id, newRole(id, '@everyone', everyonePermissions, 0));
    this.world.guilds.set(id, guild);
    return guild;
  }

  role(guild: GuildState, name: string, permissions: bigint, managed = false): RoleState {
    // A new one comes to the bottom, above @everyone only.
    for (const other of guild.roles.values()) if (other.id !== guild.id) other.position += 1;
    const role = { ...newRole(this.snowflakes.next(), name, permissions, 1), managed };
    guild.roles.set(role.id, role);
    return role;
  }

  membership(guild: GuildState, user: UserState, roles: string[] = []): MemberState {
    const member = { user, roles, nick: null, joinedAt: isoTime(this.now()) };
    guild.members.set(user.id, member);
    forgetPermissions(guild);
    return member;
  }

  channel(guild: GuildState, name: string, type: number = ChannelType.text): ChannelState {
    return this.#add({
      ...this.#newChannel(type, name),
      guild,
      position: guild.channels.size,
    });
  }

  thread(parent: ChannelState, name: string, type: number, ownerId: string, id?: string): ChannelState {
    const createdAt = isoTime(this.now());
    const thread: ThreadState = {
      archived: false,
      locked: false,
      autoArchiveMinutes: parent.threadMinutes ?? 4320,
      invitable: true,
      ownerId,
      createdAt,
      archiveChangedAt: createdAt,
      sent: 0,
      members: new Map([[ownerId, createdAt]]),
    };
    return this.#add({
      ...this.#newChannel(type, name),
      slowmode: parent.threadSlowmode,
      ...(id && { id }),
      ...(parent.guild && { guild: parent.guild }),
      parent,
      thread,
    });
  }

  /** The direct message between a person and the bot; there is only one. */
  directChannel(user: UserState): ChannelState {
    const known = this.world.directChannel(user.id);
    if (known) return known;
    return this.#add({
      ...this.#newChannel(ChannelType.direct, ''),
      recipients: [user.id, this.world.bot.id],
    });
  }

  #newChannel(type: number, name: string): ChannelState {
    return {
      id: this.snowflakes.next(),
      type,
      name,
      topic: null,
      position: 0,
      nsfw: false,
      slowmode: 0,
      threadSlowmode: 0,
      lastPinAt: null,
      recipients: [],
      overwrites: new Map(),
      messages: new Map(),
      lastMessageId: null,
      deleted: false,
      permissions: new Map(),
      revision: 0,
    };
  }

  #add(channel: ChannelState): ChannelState {
    this.world.addChannel(channel);
    return channel;
  }
}

export function newUser(id: string, name: string, bot: boolean): UserState {
  const json = {
    id,
    username: bot ? name : name.toLowerCase().replaceAll(/[^a-z0-9._]/g, '_'),
    discriminator: bot ? '0001' : '0',
    global_name: bot ? null : name,
    avatar: null,
    avatar_decoration_data: null,
    collectibles: null,
    primary_guild: null,
    public_flags: 0,
    flags: 0,
    banner: null,
    accent_color: null,
    ...(bot && { bot }),
  };
  return { id, json, locale: 'en-US', refusesDirectMessages: false };
}

function newRole(id: string, name: string, permissions: bigint, position: number): RoleState {
  return { id, name, permissions, position, color: 0, mentionable: false, hoist: false, managed: false };
}
