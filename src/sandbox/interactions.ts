import { randomBytes } from 'node:crypto';
import { errors } from './errors.js';
import type { Gateway } from './gateway.js';
import { CallbackType, type ComponentJson, InteractionType, type MessageBody, type Upload } from './json.js';
import type { Messages } from './messages.js';
import { channelPermissions } from './permissions.js';
import { interactionChannelJson, memberJson } from './shapes.js';
import type { Snowflakes } from './snowflake.js';
import type { ChannelState, MessageState, UserState, World } from './state.js';

/** https://docs.discord.com/developers/interactions/receiving-and-responding */
export const firstReplyMs = 3_000;
export const tokenLifeMs = 15 * 60_000;

/** How many interactions are remembered where not all are kept. */
const remembered = 5_000;

export interface ModalJson {
  custom_id: string;
  title: string;
  components: ComponentJson[];
}

export interface ChoiceJson {
  name: string;
  value: string | number;
}

/** What the person who caused an interaction comes to see. */
export type Outcome =
  | { readonly kind: 'message'; readonly message: MessageState }
  | { readonly kind: 'deferred'; readonly message: MessageState }
  | { readonly kind: 'update'; readonly message: MessageState }
  | { readonly kind: 'deferredUpdate'; readonly message: MessageState }
  | { readonly kind: 'choices'; readonly choices: readonly ChoiceJson[] }
  | { readonly kind: 'modal'; readonly modal: ModalJson }
  | { readonly kind: 'failed'; readonly words: string };

export interface Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly user: UserState;
  readonly channel: ChannelState;
  /** When it was sent by the person's client, whatever time its id bears. */
  readonly sentAt: number;
  readonly startedMs: number;
  /** Real milliseconds from sending to the first answer. */
  tookMs: number | undefined;
  /** The message whose component was used, also for the form that this opened. */
  readonly source: MessageState | undefined;
  /** Name of the command, to be shown above the reply. */
  readonly command: string | undefined;
  outcome: Outcome | undefined;
  deadline: { cancel(): void } | undefined;
  /** The message that `@original` means. */
  original: MessageState | undefined;
  readonly followUps: MessageState[];
  /** Called when there is an outcome, and when a deferred reply gets its content or a follow-up comes. */
  onChange: () => void;
}

export interface NewInteraction {
  readonly type: number;
  readonly user: UserState;
  readonly channel: ChannelState;
  /** The `data` of the payload. */
  readonly data: unknown;
  readonly source?: MessageState | undefined;
  readonly command?: string | undefined;
  /** The time that its id bears (default: now). */
  readonly createdAt?: number | undefined;
}

/** A clock's timer: runs once at a time by `now()`; gives back something to cancel it. */
export type RunAt = (atMs: number, run: () => void) => { cancel(): void };

/** Interactions from a person's press to the bot's replies, with Discord's rules of time and order. */
export class Interactions {
  readonly #byToken = new Map<string, Interaction>();
  readonly #payloads = new WeakMap<ChannelState, { of: string; byUser: Map<string, string> }>();

  constructor(
    readonly world: World,
    readonly gateway: Gateway,
    readonly messages: Messages,
    readonly snowflakes: Snowflakes,
    readonly now: () => number,
    readonly runAt: RunAt,
    /** False: only the latest interactions are remembered, for load. */
    readonly keep: boolean,
  ) {}

  create({ type, user, channel, data, source, command, createdAt }: NewInteraction): Interaction {
    const sentAt = this.now();
    const interaction: Interaction = {
      id: this.snowflakes.next(createdAt ?? sentAt),
      token: randomBytes(48).toString('base64url'),
      type,
      user,
      channel,
      sentAt,
      startedMs: performance.now(),
      tookMs: undefined,
      source,
      command,
      outcome: undefined,
      deadline: undefined,
      original: undefined,
      followUps: [],
      onChange: () => {},
    };
    this.#forgetOld(sentAt);
    this.#byToken.set(interaction.token, interaction);
    // A session that is gone cannot come back to this event: the client is told at once.
    if (!this.gateway.listens(channel.guild)) {
      queueMicrotask(() => this.#fail(interaction));
      return interaction;
    }
    this.#failIfLate(interaction);
    this.gateway.dispatch(channel.guild, 0, 'INTERACTION_CREATE', this.#payload(interaction, data));
    return interaction;
  }

  /** @throws ApiError when there is none such, or when it is too late or too early for what is asked. */
  forFirstReply(id: string, token: string): Interaction {
    const interaction = this.#byToken.get(token);
    if (!interaction || interaction.id !== id) throw errors.unknownInteraction();
    if (interaction.outcome?.kind === 'failed') throw errors.unknownInteraction();
    if (interaction.outcome) throw errors.alreadyAcknowledged();
    if (this.now() - interaction.sentAt >= firstReplyMs) {
      this.#fail(interaction);
      throw errors.unknownInteraction();
    }
    if (interaction.channel.deleted) throw errors.unknownChannel();
    return interaction;
  }

  /** The interaction of a webhook's token. */
  forFollowUp(token: string): Interaction {
    const interaction = this.#byToken.get(token);
    if (!interaction) throw errors.unknownWebhook();
    if (this.now() - interaction.sentAt >= tokenLifeMs) throw errors.invalidWebhookToken();
    if (!interaction.outcome || interaction.outcome.kind === 'failed') throw errors.unknownWebhook();
    return interaction;
  }

  reply(
    interaction: Interaction,
    body: MessageBody,
    uploads: readonly Upload[],
    deferred: boolean,
  ): MessageState {
    const ephemeral = ((body.flags ?? 0) & 64) !== 0;
    const message = this.messages.create({
      channel: interaction.channel,
      authorId: this.world.bot.id,
      body: deferred ? {} : body,
      uploads,
      visibleTo: ephemeral ? interaction.user.id : undefined,
      loading: deferred,
      type: interaction.command ? 20 : interaction.source ? 19 : 0,
      extra: this.#fromInteraction(interaction),
    });
    interaction.original = message;
    this.settle(interaction, deferred ? { kind: 'deferred', message } : { kind: 'message', message });
    return message;
  }

  /** A follow-up; the first one after a deferred reply is that reply's content, unless it was deleted. */
  followUp(interaction: Interaction, body: MessageBody, uploads: readonly Upload[]): MessageState {
    if (interaction.outcome?.kind === 'deferred' && !interaction.outcome.message.deleted) {
      return this.editReply(interaction, interaction.outcome.message, body, uploads);
    }
    const ephemeral = ((body.flags ?? 0) & 64) !== 0;
    const message = this.messages.create({
      channel: interaction.channel,
      authorId: this.world.bot.id,
      body,
      uploads,
      visibleTo: ephemeral ? interaction.user.id : undefined,
      extra: this.#fromInteraction(interaction),
    });
    interaction.followUps.push(message);
    interaction.onChange();
    return message;
  }

  editReply(
    interaction: Interaction,
    message: MessageState,
    body: MessageBody,
    uploads: readonly Upload[],
  ): MessageState {
    const deferred = interaction.outcome?.kind === 'deferred' && interaction.outcome.message === message;
    this.messages.edit(message, body, uploads, deferred);
    if (deferred) this.settle(interaction, { kind: 'message', message });
    else interaction.onChange();
    return message;
  }

  update(interaction: Interaction, body: MessageBody, uploads: readonly Upload[]): MessageState {
    const message = sourceOf(interaction);
    this.messages.edit(message, body, uploads);
    interaction.original = message;
    this.settle(interaction, { kind: 'update', message });
    return message;
  }

  deferUpdate(interaction: Interaction): MessageState {
    const message = sourceOf(interaction);
    interaction.original = message;
    this.settle(interaction, { kind: 'deferredUpdate', message });
    return message;
  }

  settle(interaction: Interaction, outcome: Outcome): void {
    interaction.tookMs ??= performance.now() - interaction.startedMs;
    interaction.outcome = outcome;
    interaction.deadline?.cancel();
    interaction.onChange();
  }

  /** Callback types that fit an interaction of this type. */
  allowedCallbacks({ type, source }: Interaction): readonly number[] {
    const replies = [CallbackType.message, CallbackType.deferredMessage];
    const updates = source ? [CallbackType.deferredUpdate, CallbackType.update] : [];
    switch (type) {
      case InteractionType.command:
        return [...replies, CallbackType.modal];
      case InteractionType.component:
        return [...replies, ...updates, CallbackType.modal];
      case InteractionType.modalSubmit:
        return [...replies, ...updates];
      case InteractionType.autocomplete:
        return [CallbackType.autocomplete];
      default:
        return [CallbackType.pong];
    }
  }

  #fail(interaction: Interaction): void {
    if (interaction.outcome) return;
    const words =
      interaction.type === InteractionType.command
        ? 'The application did not respond'
        : interaction.type === InteractionType.autocomplete
          ? 'Loading options failed'
          : 'This interaction failed';
    this.settle(interaction, { kind: 'failed', words });
  }

  #failIfLate(interaction: Interaction): void {
    interaction.deadline = this.runAt(interaction.sentAt + firstReplyMs, () => this.#fail(interaction));
  }

  /** The oldest come first in the map, so only its beginning is looked at. */
  #forgetOld(now: number): void {
    for (const [token, interaction] of this.#byToken) {
      const crowded = !this.keep && this.#byToken.size > remembered;
      if (!crowded && now - interaction.sentAt < tokenLifeMs * 2) return;
      this.#byToken.delete(token);
    }
  }

  #fromInteraction({ id, type, user, command, source, original }: Interaction): object {
    const metadata = {
      id,
      type,
      user: user.json,
      authorizing_integration_owners: { '0': '0' },
      ...(command && { name: command, command_type: 1 }),
      ...(original && original !== source && { original_response_message_id: original.id }),
      ...(source && { interacted_message_id: source.id }),
    };
    return {
      application_id: this.world.bot.id,
      webhook_id: this.world.bot.id,
      interaction_metadata: metadata,
      ...(command && { interaction: { id, type, name: command, user: user.json } }),
      ...(source &&
        !command && { message_reference: { type: 0, channel_id: source.channel.id, message_id: source.id } }),
    };
  }

  #payload({ id, token, type, user, channel, source }: Interaction, data: unknown): string {
    const message = source ? `,"message":${messageText(source)}` : '';
    return `{"version":1,"type":${type},"token":"${token}","id":"${id}","data":${JSON.stringify(data)}${message},${this.#circumstances(user, channel)}}`;
  }

  /** The part of the payload that presses of one person in one channel have in common. */
  #circumstances(user: UserState, channel: ChannelState): string {
    const of = `${channel.revision}:${channel.lastMessageId}`;
    let cache = this.#payloads.get(channel);
    if (cache?.of !== of) {
      cache = { of, byUser: new Map() };
      this.#payloads.set(channel, cache);
    }
    const known = cache.byUser.get(user.id);
    if (known) return known;
    const made = JSON.stringify(this.#circumstancesOf(user, channel)).slice(1, -1);
    cache.byUser.set(user.id, made);
    return made;
  }

  #circumstancesOf(user: UserState, channel: ChannelState): object {
    const { guild } = channel;
    const member = guild?.members.get(user.id);
    const common = {
      application_id: this.world.bot.id,
      channel_id: channel.id,
      channel: interactionChannelJson(channel, user.id, this.world.users),
      locale: user.locale,
      entitlements: [],
      entitlement_sku_ids: [],
      app_permissions: channelPermissions(channel, this.world.bot.id).toString(),
      attachment_size_limit: 10 * 1024 * 1024,
      authorizing_integration_owners: { '0': guild?.id ?? '0' },
    };
    if (!guild || !member) return { ...common, user: user.json, context: 1 };
    return {
      ...common,
      guild_id: guild.id,
      guild: { id: guild.id, locale: guild.locale, features: [] },
      guild_locale: guild.locale,
      member: { ...memberJson(member), permissions: channelPermissions(channel, user.id).toString() },
      context: 0,
    };
  }
}

function sourceOf({ source }: Interaction): MessageState {
  if (!source || source.deleted) throw errors.unknownMessage();
  return source;
}

function messageText(message: MessageState): string {
  message.text ??= JSON.stringify(message.json);
  return message.text;
}
