import { Intent } from '../gateway-protocol.js';
import { removeBot, tellOfNewRole } from '../membership.js';
import { type PermissionName, permissionBits } from '../permissions.js';
import { announce } from '../rest/channel-events.js';
import type { Session } from '../session.js';
import { guildCreateJson } from '../shapes.js';
import { ChannelType, forgetPermissions, type GuildState, type RoleState } from '../state.js';
import { Channel } from './channel.js';
import type { Surroundings } from './surroundings.js';

export interface ServerOptions {
  /** False: the bot is not in it until `addBot()`. */
  readonly bot?: boolean;
  readonly botPermissions?: readonly PermissionName[];
  /** The server's preferred locale, e.g. `de`. */
  readonly locale?: string;
  /** Names of its text channels (`general`). */
  readonly channels?: readonly string[];
}

export interface ChannelOptions {
  readonly type?: 'text' | 'voice' | 'category' | 'announcement' | 'forum' | 'media';
  /** The name of the category that it is in, made when there is none. */
  readonly category?: string;
}

/** What the invite link of a bot like this asks for. */
const usualBotPermissions: readonly PermissionName[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'EmbedLinks',
  'AttachFiles',
  'ReadMessageHistory',
  'CreatePublicThreads',
];

/** A server (guild) as its people speak of it. */
export class Server {
  readonly state: GuildState;
  readonly around: Surroundings;

  constructor(state: GuildState, around: Surroundings) {
    this.state = state;
    this.around = around;
  }

  get id(): string {
    return this.state.id;
  }

  get name(): string {
    return this.state.name;
  }

  get channels(): readonly Channel[] {
    return [...this.state.channels.values()].map((channel) => new Channel(channel, this.around.world));
  }

  /**
   * The channel of this name, made when there is none: one for text unless another type is named.
   * `faults.losePermission` closes it to the bot.
   */
  channel(name: string, { type = 'text', category }: ChannelOptions = {}): Channel {
    const { world, builder } = this.around;
    const there = [...this.state.channels.values()].find((channel) => channel.name === name);
    if (there) return new Channel(there, world);
    const made = builder.channel(this.state, name, ChannelType[type]);
    if (category) made.category = this.channel(category, { type: 'category' }).state;
    announce(this.around, made, 'CREATE');
    return new Channel(made, world);
  }

  /**
   * Starts a thread in a channel: a public one, in which people write, and the bot may if it can in the channel; or one
   * that is private to these people, until somebody adds the bot, too.
   */
  thread(
    parent: Channel,
    name: string,
    { among }: { readonly among?: readonly { readonly id: string }[] } = {},
  ): Channel {
    const { world, builder } = this.around;
    const type = among ? ChannelType.privateThread : ChannelType.publicThread;
    const thread = builder.thread(parent.state, name, type, among?.[0]?.id ?? this.state.ownerId);
    for (const { id } of among ?? []) thread.thread?.members.set(id, thread.thread.createdAt);
    announce(this.around, thread, 'CREATE');
    return new Channel(thread, world);
  }

  /** The role of this name, made when there is none. */
  role(
    name: string,
    options: { permissions?: readonly PermissionName[]; mentionable?: boolean } = {},
  ): RoleState {
    const there = [...this.state.roles.values()].find((role) => role.name === name);
    if (there) return there;
    const role = this.around.builder.role(this.state, name, permissionBits(...(options.permissions ?? [])));
    role.mentionable = options.mentionable ?? false;
    tellOfNewRole(this.around, this.state, role);
    return role;
  }

  /** The bot is invited: it gets GUILD_CREATE. */
  addBot(permissions: readonly PermissionName[] = usualBotPermissions): this {
    const { world, builder } = this.around;
    const { bot } = world;
    if (this.state.hasBot) return this;
    const role = builder.role(this.state, bot.json.username, permissionBits(...permissions), true);
    role.botId = bot.id;
    builder.membership(this.state, bot, [role.id]);
    this.state.hasBot = true;
    forgetPermissions(this.state);
    this.#tell('GUILD_CREATE', (session) => guildCreateJson(this.state, bot.id, world.users, session));
    return this;
  }

  /** The bot is kicked: it gets GUILD_DELETE and loses its commands there. */
  removeBot(): void {
    removeBot(this.around, this.state);
  }

  /** An outage of Discord takes the server away, and gives it back. */
  setAvailable(available: boolean): void {
    if (this.state.available === available) return;
    this.state.available = available;
    const { world } = this.around;
    if (!available) this.#tell('GUILD_DELETE', () => ({ id: this.id, unavailable: true }));
    else
      this.#tell('GUILD_CREATE', (session) =>
        guildCreateJson(this.state, world.bot.id, world.users, session),
      );
  }

  #tell(event: string, data: (session: Session) => unknown): void {
    const { state } = this;
    if (!state.hasBot) return;
    this.around.gateway.dispatch(state, Intent.guilds, event, (session) => JSON.stringify(data(session)));
  }
}
