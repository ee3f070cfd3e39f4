import type { Interaction, Target } from '../interaction.js';
import { type CommandJson, ComponentType, InteractionType, walkComponents } from '../json.js';
import { may } from '../permissions.js';
import type { ChannelState, MessageState } from '../state.js';
import { Card } from './card.js';
import { Channel } from './channel.js';
import { type FormFile, type FormValues, fillForm } from './form.js';
import {
  commandData,
  leaf,
  menuCommand,
  offeredCommands,
  readCommand,
  subcommands,
  type Typist,
} from './offered.js';
import { Person } from './person.js';
import { Reply } from './reply.js';
import { pick, resolvedJson, selectedJson } from './resolve.js';
import { Refused } from './slash.js';

export interface SendOptions {
  /** False: give back the reply at once, while it is still under way. */
  readonly wait?: boolean;
  /** The time that the interaction's id bears, in milliseconds (default: now). */
  readonly createdAt?: number;
}

export interface SlashOptions extends SendOptions {
  readonly channel?: Channel;
  /** Changes the interaction's data before it is sent, as a forged client might. */
  readonly forge?: (data: Record<string, unknown>) => unknown;
  /** Files that options of the command name, e.g. `/cover picture:dune.png`. */
  readonly files?: readonly FormFile[];
}

/** Somebody who uses the bot with an ordinary client. What such a client would not let happen throws `Refused`. */
export class Member extends Person {
  get #typist(): Typist {
    return { name: this.name, id: this.id, world: this.around.world };
  }

  /** The commands that this person's client offers in a channel. */
  commands(channel: Channel = this.channel): readonly CommandJson[] {
    return offeredCommands(this.#typist, channel).filter(({ type }) => type === 1);
  }

  /** Types a command and sends it, e.g. `/quiz start level:advanced topic:"query sets"`. */
  async slash(text: string, options: SlashOptions = {}): Promise<Reply> {
    const channel = options.channel ?? this.channel;
    const { files = [] } = options;
    const parsed = readCommand(this.#typist, text, channel, { files: files.map(({ name }) => name) });
    const uploads = files
      .filter(({ name }) => parsed.files.includes(name))
      .map((file) => this.around.messages.upload(channel.state, file));
    const data = commandData(this.#typist, parsed, channel, uploads);
    const reply = this.#send(
      {
        type: InteractionType.command,
        data: options.forge ? options.forge(data) : data,
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
    const parsed = readCommand(this.#typist, text, channel, { completing: true });
    const focused = leaf(parsed.options).at(-1);
    if (!focused?.focused) throw new Refused('No option is being typed');
    const reply = this.#send(
      { type: InteractionType.autocomplete, data: commandData(this.#typist, parsed, channel) },
      channel,
      options,
    );
    await reply.answered();
    if (reply.failed) throw new Refused(reply.failed);
    return reply.choices;
  }

  /** Chooses a command of the menu on a message or on somebody. */
  async menu(on: Card | Member, name: string, options: SlashOptions = {}): Promise<Reply> {
    const type = on instanceof Card ? 3 : 2;
    const channel = on instanceof Card ? new Channel(on.state.channel, this.around.world) : this.channel;
    const command = menuCommand(this.#typist, name, type, options.channel ?? channel);
    const target = on instanceof Card ? this.#onScreen(on) : on;
    const resolved =
      target instanceof Card
        ? { messages: { [target.id]: target.raw } }
        : resolvedJson(
            this.around.world,
            this.server.state,
            { user: [target.id], channel: [], role: [] },
            this.id,
          );
    const data = { id: command.id, name, type, target_id: target.id, resolved };
    const used = target instanceof Card ? { message: target.state } : { user: target.user };
    const what = { type: InteractionType.command, data, command: name, commandType: type, target: used };
    const reply = this.#send(what, options.channel ?? channel, options);
    return options.wait === false ? reply : reply.answered();
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
    const { interaction: opener } = form;
    const { source, channel } = opener;
    const data = fillForm(form.modal, values, {
      pick: (field, wanted) => {
        const picked = pick(this.around.world, channel.guild, field, wanted);
        return { values: picked.values, ...selectedJson(this.around.world, channel.guild, picked, this.id) };
      },
      upload: (files) => this.#upload(channel, files),
    });
    const reply = this.#send(
      { type: InteractionType.modalSubmit, data, source, opener },
      new Channel(channel, this.around.world),
      options,
    );
    return options.wait === false ? reply : reply.answered();
  }

  #send(
    what: {
      type: number;
      data: unknown;
      source?: MessageState | undefined;
      command?: string;
      commandType?: number;
      target?: Target;
      opener?: Interaction;
    },
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
