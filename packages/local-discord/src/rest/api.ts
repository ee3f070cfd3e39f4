import type { Builder } from '../builder.js';
import { type BodyKind, fieldFaults, schemaFaults } from '../checks/schema.js';
import { type ApiError, errors, type Fault } from '../errors.js';
import type { Gateway } from '../gateway.js';
import type { Interactions } from '../interactions.js';
import type { Messages } from '../messages.js';
import type { OldEdits } from '../old-edits.js';
import { may, type PermissionName } from '../permissions.js';
import type { ChannelState, GuildState, MessageState, World } from '../state.js';

/** What the routes work with. */
export interface Api {
  readonly world: World;
  readonly builder: Builder;
  readonly gateway: Gateway;
  readonly messages: Messages;
  readonly interactions: Interactions;
  /** Whether bodies are checked by the published schema and the limits. */
  readonly strict: boolean;
  /** Whether the application may read what others write (the intent MESSAGE_CONTENT). */
  readonly readsContent: boolean;
  readonly commandWrites: CommandWrite[];
  readonly oldEdits: OldEdits;
}

/** A change of registered commands by the bot. */
export interface CommandWrite {
  readonly method: string;
  readonly guildId: string | undefined;
  readonly names: readonly string[];
  readonly at: number;
}

/** @throws ApiError 50035 with everything that is wrong. */
export function checkBody(
  api: Api,
  kind: BodyKind,
  body: unknown,
  further: () => readonly Fault[] = () => [],
): void {
  if (!api.strict) return;
  const fields = fieldFaults(kind, body ?? {});
  const faults = fields.length > 0 ? fields : schemaFaults(kind, body ?? {});
  const all = faults.length > 0 ? faults : further();
  if (all.length > 0) throw errors.invalidBody(all);
}

/** A channel that the bot can see and do these things in. */
export function reachable(api: Api, id: string | undefined, ...permissions: PermissionName[]): ChannelState {
  const channel = api.world.channels.get(id ?? '');
  if (!channel) throw errors.unknownChannel();
  const { bot } = api.world;
  if (channel.guild && !channel.guild.hasBot) throw errors.missingAccess();
  if (!may(channel, bot.id, 'ViewChannel')) throw errors.missingAccess();
  if (!may(channel, bot.id, ...permissions)) throw refusalIn(channel);
  return channel;
}

/** What nobody may do in a direct message has an error of its own. */
export function refusalIn({ guild }: ChannelState): ApiError {
  return guild ? errors.missingPermissions() : errors.directMessage();
}

export function guildWithBot(api: Api, id: string | undefined): GuildState {
  const guild = api.world.guilds.get(id ?? '');
  if (!guild) throw errors.unknownGuild();
  if (!guild.hasBot) throw errors.missingAccess();
  return guild;
}

/** A message that anybody in the channel can see. */
export function publicMessage(channel: ChannelState, id: string | undefined): MessageState {
  const message = channel.messages.get(id ?? '');
  if (!message || message.visibleTo) throw errors.unknownMessage();
  return message;
}
