import { codePoints } from '../checks/code-points.js';
import { Intent } from '../gateway-protocol.js';
import type { Interaction } from '../interaction.js';
import { type CommandJson, ComponentType, InteractionType, walkComponents } from '../json.js';
import {
  allPermissions,
  guildPermissions,
  may,
  type PermissionName,
  permissionBits,
} from '../permissions.js';
import { wakeThread } from '../rest/sending.js';
import { memberJson } from '../shapes.js';
import { type ChannelState, forgetPermissions, type MessageState, type UserState } from '../state.js';
import { Card } from './card.js';
import { Channel } from './channel.js';
import { type FormFile, type FormValues, fillForm } from './form.js';
import { Reply } from './reply.js';
import { pick, resolvedJson, resolver, selectedJson } from './resolve.js';
import type { Server } from './server.js';
import { OptionType, type ParsedSlash, parseSlash, Refused, type SentOption } from './slash.js';
import type { Surroundings } from './surroundings.js';

export interface SendOptions {
  /** False: give back the reply at once, while it is still under way. */
  readonly wait?: boolean;
  /** The time that the interaction's id bears, in milliseconds (default: now). */
  readonly createdAt?: number;
}

export interface SlashOptions extends SendOptions {
  readonly channel?: Channel;
}

/** Somebody who uses the bot with an ordinary client. What such a client would not let happen throws `Refused`. */
export class Member {
  /** Where this person is, when a command says nothing else. */
  channel: Channel;

  readonly name: string;
  readonly user: UserState;
  readonly server: Server;
  readonly around: Surroundings;

  constructor(name: string, user: UserState, server: Server, around: Surroundings) {
    this.name = name;
    this.user = user;
    this.server = server;
    this.around = around;

    const [first] = server.channels;
    this.channel = first ?? server.channel('general');
  }

  get id(): string {
    return this.user.id;
  }

  get mention(): string {
    return `<@${this.user.id}>`;
  }

  /** The direct message with the bot. */
  get dm(): Channel {
    return new Channel(this.around.builder.directChannel(this.user), this.around.world);
  }

  /** The commands that this person's client offers in a channel. */
  commands(channel: Channel = this.channel): readonly CommandJson[] {
    return this.#registered(channel).filter(
      (command) => command.type === 1 && this.#refusal(command, channel) === undefined,
    );
  }

  /** Types a command and sends it, e.g. `/quiz start level:advanced topic:"query sets"`. */
  async slash(text: string, options: SlashOptions = {}): Promise<Reply> {
    const channel = options.channel ?? this.channel;
    const parsed = this.#parse(text, channel, false);
    const reply = this.#send(
      {
        type: InteractionType.command,
        data: this.#commandData(parsed, channel),
        command: [parsed.command.name, ...subcommands(parsed.options)].join(' '),
      },
      channel,
      options,
    );
    return options.wait === false ? reply : reply.answered();
  }

  /** Types a command up to the value of its last option; gives the choices that are offered for it. */
  async complete(
    text: string,
    options: SlashOptions = {},
  ): Promise<readonly { name: string; value: string | number }[]> {
    const channel = options.channel ?? this.channel;
    const parsed = this.#parse(text, channel, true);
    const focused = leaf(parsed.options).at(-1);
    if (!focused?.focused) throw new Refused('No option is being typed');
    const reply = this.#send(
      { type: InteractionType.autocomplete, data: this.#commandData(parsed, channel) },
      channel,
      options,
    );
    await reply.answered();
    if (reply.failed) throw new Refused(reply.failed);
    return reply.choices;
  }

  /** Presses a button by its label or custom id. */
  async press(on: Card | Reply, button: string, options: SendOptions = {}): Promise<Reply> {
    const card = this.#onScreen(on);
    const { customId, disabled, label } = card.button(button);
    if (disabled) throw new Refused(`The button "${label}" is disabled`);
    if (customId === undefined) throw new Refused(`The button "${label}" is a link`);
    return this.pressId(card, customId, options);
  }

  /** Sends a press of any custom id, as a forged or outdated client might. */
  async pressId(on: Card | Reply, customId: string, options: SendOptions = {}): Promise<Reply> {
    const card = cardOf(on);
    const reply = this.#send(
      {
        type: InteractionType.component,
        data: componentOf(card, customId),
        source: card.state,
      },
      new Channel(card.state.channel, this.around.world),
      options,
    );
    return options.wait === false ? reply : reply.answered();
  }

  /** Chooses in the message's select (or the one with `customId`), by values or labels. */
  async select(
    on: Card | Reply,
    values: string | readonly string[],
    options: SendOptions & { customId?: string } = {},
  ): Promise<Reply> {
    const card = this.#onScreen(on);
    const select = card.selects.find(({ customId }) => !options.customId || customId === options.customId);
    if (!select) throw new Refused('There is no such select on the message');
    if (select.disabled) throw new Refused('The select is disabled');
    const wanted = typeof values === 'string' ? [values] : values;
    const { guild } = card.state.channel;
    const picked = pick(this.around.world, guild, { ...select, name: 'The select' }, wanted);
    const sent = picked.values;
    if (sent.length < select.minValues || sent.length > select.maxValues) {
      throw new Refused(`Choose between ${select.minValues} and ${select.maxValues}`);
    }
    const reply = this.#send(
      {
        type: InteractionType.component,
        data: {
          ...componentOf(card, select.customId),
          values: sent,
          ...selectedJson(this.around.world, guild, picked, this.id),
        },
        source: card.state,
      },
      new Channel(card.state.channel, this.around.world),
      options,
    );
    return options.wait === false ? reply : reply.answered();
  }

  /** Fills in the form that a reply opened, and sends it. */
  async submit(form: Reply, values: FormValues, options: SendOptions = {}): Promise<Reply> {
    const { source, channel } = form.interaction;
    const data = fillForm(form.modal, values, {
      pick: (field, wanted) => {
        const picked = pick(this.around.world, channel.guild, field, wanted);
        return { values: picked.values, ...selectedJson(this.around.world, channel.guild, picked, this.id) };
      },
      upload: (files) => this.#upload(channel, files),
    });
    const reply = this.#send(
      { type: InteractionType.modalSubmit, data, source },
      new Channel(channel, this.around.world),
      options,
    );
    return options.wait === false ? reply : reply.answered();
  }

  /** What this person sees in a channel: everybody's messages and her own ephemeral ones. */
  sees(channel: Channel = this.channel): readonly Card[] {
    return may(channel.state, this.id, 'ViewChannel') ? channel.seenBy(this.id) : [];
  }

  /** Writes a message of her own. */
  says(content: string, channel: Channel = this.channel): Card {
    const refusal = this.#mayNotWrite(content, channel);
    if (refusal) throw new Refused(refusal);
    wakeThread(this.around, channel.state, this.id);
    const body = { content };
    const state = this.around.messages.create({
      channel: channel.state,
      authorId: this.id,
      body,
      uploads: [],
    });
    return new Card(state, this.around.world);
  }

  /** Gives this person permissions in the server, by a role of her own. */
  allow(...permissions: readonly PermissionName[]): this {
    const guild = this.server.state;
    const role = this.server.role(`${this.name}’s`);
    role.permissions |= permissionBits(...permissions);
    const member = guild.members.get(this.id);
    if (member && !member.roles.includes(role.id)) member.roles.push(role.id);
    forgetPermissions(guild);
    return this;
  }

  /** Takes permissions of her own role away again. */
  disallow(...permissions: readonly PermissionName[]): this {
    this.server.role(`${this.name}’s`).permissions &= ~permissionBits(...permissions);
    forgetPermissions(this.server.state);
    return this;
  }

  leaves(): void {
    const guild = this.server.state;
    if (!guild.members.delete(this.id)) return;
    forgetPermissions(guild);
    this.#tell('GUILD_MEMBER_REMOVE', { guild_id: guild.id, user: this.user.json });
  }

  /** A moderator times this person out: she may read and nothing else. */
  timedOut(forMs: number): void {
    const guild = this.server.state;
    const member = guild.members.get(this.id);
    if (!member) throw new Refused(`${this.name} is not in ${guild.name}`);
    member.timedOutUntil = guild.now() + forMs;
    forgetPermissions(guild);
    this.#tell('GUILD_MEMBER_UPDATE', { guild_id: guild.id, ...memberJson(member) });
  }

  #tell(event: string, data: object): void {
    this.around.gateway.dispatch(this.server.state, Intent.guildMembers, event, JSON.stringify(data));
  }

  /** Why her client does not let her send this; undefined when it does. */
  #mayNotWrite(content: string, { state }: Channel): string | undefined {
    const where = state.name === '' ? 'here' : `in #${state.name}`;
    if (state.deleted) return 'The channel is gone';
    if (state.guild && !state.guild.members.has(this.id)) return `${this.name} is not in ${state.guild.name}`;
    const sending = state.thread ? 'SendMessagesInThreads' : 'SendMessages';
    if (!may(state, this.id, 'ViewChannel', sending)) return `${this.name} may not write ${where}`;
    if (state.thread?.archived && state.thread.locked) return 'The thread is locked';
    if (content.trim() === '') return 'The message is empty';
    return codePoints(content) > 2_000 ? 'The message is longer than 2,000 characters' : undefined;
  }

  #send(
    what: { type: number; data: unknown; source?: MessageState | undefined; command?: string },
    channel: Channel,
    { createdAt }: SendOptions,
  ): Reply {
    const { interactions, world } = this.around;
    if (channel.state.deleted) throw new Refused('The channel is gone');
    if (channel.state.guild && !channel.state.guild.members.has(this.id)) {
      throw new Refused(`${this.name} is not in ${channel.state.guild.name}`);
    }
    const interaction: Interaction = interactions.create({
      ...what,
      user: this.user,
      channel: channel.state,
      createdAt,
    });
    return new Reply(interaction, world);
  }

  /** Puts files of a form where the bot can fetch them. */
  #upload(channel: ChannelState, files: readonly FormFile[]): { values: string[]; resolved: object } {
    const { messages } = this.around;
    const uploaded = files.map((file) => messages.upload(channel, file));
    return {
      values: uploaded.map(({ id }) => id),
      resolved: {
        attachments: Object.fromEntries(uploaded.map((attachment) => [attachment.id, attachment])),
      },
    };
  }

  #onScreen(on: Card | Reply): Card {
    const card = cardOf(on);
    if (card.deleted) throw new Refused('The message is gone');
    const { visibleTo } = card.state;
    const channelSeen = may(card.state.channel, this.id, 'ViewChannel');
    if (!channelSeen || (visibleTo && visibleTo !== this.id))
      throw new Refused(`${this.name} does not see this message`);
    return card;
  }

  #parse(text: string, channel: Channel, completing: boolean): ParsedSlash {
    const { guild } = channel.state;
    if (guild && !guild.hasBot) throw new Refused('The bot is not in this server');
    const resolve = resolver(this.around.world, guild);
    const parsed = parseSlash(text, this.#registered(channel), { resolve, completing });
    const refusal = this.#refusal(parsed.command, channel);
    if (refusal) throw new Refused(refusal);
    return parsed;
  }

  #registered({ state: { guild } }: Channel): CommandJson[] {
    if (guild && !guild.hasBot) return [];
    return [...this.around.world.globalCommands.values(), ...(guild?.commands.values() ?? [])];
  }

  /** Why this person may not use the command in the channel; undefined when she may. */
  #refusal(command: CommandJson, channel: Channel): string | undefined {
    const { guild } = channel.state;
    const notHere = `/${command.name} is not for here`;
    if (command.contexts && !command.contexts.includes(guild ? 0 : 1)) return notHere;
    if (!guild) return command.dm_permission === false || command.guild_id ? notHere : undefined;
    if (!may(channel.state, this.id, 'ViewChannel', 'UseApplicationCommands'))
      return `${this.name} may not use commands here`;
    const needed = command.default_member_permissions;
    if (needed === null) return undefined;
    const has = guildPermissions(guild, this.id);
    const wanted = BigInt(needed);
    const allowed = wanted === 0n ? has === allPermissions : (has & wanted) === wanted;
    return allowed ? undefined : `${this.name} may not use /${command.name}`;
  }

  #commandData({ command, options, resolved }: ParsedSlash, channel: Channel): Record<string, unknown> {
    const any = resolved.user.length + resolved.channel.length + resolved.role.length > 0;
    return {
      id: command.id,
      name: command.name,
      type: command.type,
      ...(options.length > 0 && { options }),
      ...(command.guild_id && { guild_id: command.guild_id }),
      ...(any && { resolved: resolvedJson(this.around.world, channel.state.guild, resolved, this.id) }),
    };
  }
}

function cardOf(on: Card | Reply): Card {
  return on instanceof Card ? on : on.message;
}

/** How a press names its component; one that the message does not have is called a button. */
function componentOf(card: Card, customId: string): Record<string, unknown> {
  let data = { custom_id: customId, component_type: ComponentType.button as number, id: 0 };
  walkComponents(card.raw.components, ({ custom_id, type, id }) => {
    if (custom_id === customId) data = { custom_id, component_type: type, id: id ?? 0 };
  });
  return data;
}

function subcommands([first]: readonly SentOption[]): string[] {
  return first && first.type <= OptionType.subcommandGroup
    ? [first.name, ...subcommands(first.options ?? [])]
    : [];
}

/** The options of the innermost subcommand. */
function leaf(options: readonly SentOption[]): readonly SentOption[] {
  const [first] = options;
  return first && first.type <= OptionType.subcommandGroup ? leaf(first.options ?? []) : options;
}
