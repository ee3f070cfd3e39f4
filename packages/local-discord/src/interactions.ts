import { randomBytes } from 'node:crypto';
import { errors } from './errors.js';
import type { Gateway } from './gateway.js';
import type { Interaction, NewInteraction, Outcome } from './interaction.js';
import { originOf, Payloads, typeOfReply } from './interaction-payload.js';
import { CallbackType, InteractionType, type MessageBody, MessageFlag, type Upload } from './json.js';
import type { Messages } from './messages.js';
import type { Snowflakes } from './snowflake.js';
import { type MessageState, Signal, type World } from './state.js';

/** https://docs.discord.com/developers/interactions/receiving-and-responding */
export const firstReplyMs = 3_000;
export const tokenLifeMs = 15 * 60_000;

/** How many interactions are remembered where not all are kept, unless it is said. */
const usuallyRemembered = 5_000;
/** For how long each of them at least: its first reply, and what follows that at once. */
const forgettableMs = 2 * firstReplyMs;

/** A clock's timer: runs once at a time by `now()`; gives back something to cancel it. */
export type RunAt = (atMs: number, run: () => void) => { cancel(): void };

/** Interactions from a person's press to the bot's replies, with Discord's rules of time and order. */
export class Interactions {
  readonly #byToken = new Map<string, Interaction>();
  /** Somebody has got an answer to look at (or knows that none will come). */
  readonly settled = new Signal<Interaction>();
  readonly #payloads: Payloads;

  readonly world: World;
  readonly gateway: Gateway;
  readonly messages: Messages;
  readonly snowflakes: Snowflakes;
  readonly now: () => number;
  readonly runAt: RunAt;
  /** How many of the latest are remembered: all of them, or fewer for load. */
  readonly remembered: number;

  constructor(
    world: World,
    gateway: Gateway,
    messages: Messages,
    snowflakes: Snowflakes,
    now: () => number,
    runAt: RunAt,
    { keep = true, remembered = usuallyRemembered }: { keep?: boolean; remembered?: number },
  ) {
    this.world = world;
    this.gateway = gateway;
    this.messages = messages;
    this.snowflakes = snowflakes;
    this.now = now;
    this.runAt = runAt;
    this.remembered = keep ? Number.POSITIVE_INFINITY : remembered;

    this.#payloads = new Payloads(world);
  }

  create({
    type,
    user,
    channel,
    data,
    source,
    command,
    commandType = 1,
    target,
    opener,
    createdAt,
  }: NewInteraction): Interaction {
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
      commandType,
      target,
      opener,
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
    const payload = this.#payloads.of(interaction, data);
    this.gateway.dispatch(channel.guild, 0, 'INTERACTION_CREATE', payload, interaction.id);
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
    const kind = interaction.outcome?.kind;
    if (kind === undefined || kind === 'failed' || kind === 'choices') throw errors.unknownWebhook();
    return interaction;
  }

  reply(
    interaction: Interaction,
    body: MessageBody,
    uploads: readonly Upload[],
    deferred: boolean,
  ): MessageState {
    const ephemeral = isEphemeral(body);
    const message = this.messages.create({
      channel: interaction.channel,
      authorId: this.world.bot.id,
      body: deferred ? {} : body,
      uploads,
      visibleTo: ephemeral ? interaction.user.id : undefined,
      loading: deferred,
      type: typeOfReply(interaction),
      extra: originOf(interaction, this.world.bot.id),
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
    const ephemeral = isEphemeral(body);
    const message = this.messages.create({
      channel: interaction.channel,
      authorId: this.world.bot.id,
      body,
      uploads,
      visibleTo: ephemeral ? interaction.user.id : undefined,
      extra: originOf(interaction, this.world.bot.id),
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
    this.settled.emit(interaction);
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
    for (const [token, { sentAt }] of this.#byToken) {
      const isOld = now - sentAt >= tokenLifeMs * 2;
      // One that can still be answered is never forgotten, however many there are.
      const crowded = this.#byToken.size > this.remembered && now - sentAt > forgettableMs;
      if (!isOld && !crowded) return;
      this.#byToken.delete(token);
    }
  }
}

function isEphemeral({ flags }: MessageBody): boolean {
  return ((flags ?? 0) & MessageFlag.ephemeral) !== 0;
}

function sourceOf({ source }: Interaction): MessageState {
  if (!source || source.deleted) throw errors.unknownMessage();
  return source;
}
