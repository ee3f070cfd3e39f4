import {
  type APIMessageTopLevelComponent,
  MessageFlags,
  type REST,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord.js';
import { minuteMs } from '../time/spans.js';
import type { Turn } from './budget/urgency.js';
import { clickableParts } from './mentions.js';

/** Discord gives back the first message for the same nonce for "a few minutes"; this is surely among them. */
export const nonceHoldsMs = 2 * minuteMs;
/** Discord takes changes of the reply to an interaction for fifteen minutes; this is surely among them. */
export const replyChangeableMs = 14 * minuteMs;

/** A message made of Components V2. Rendering functions return it; nothing in it pings unless it says so. */
export interface Outgoing {
  readonly components: readonly APIMessageTopLevelComponent[];
  readonly files?: readonly { readonly name: string; readonly data: Buffer; readonly description?: string }[];
  /** Roles that may be pinged by this message; absent: nobody is. */
  readonly mentionRoles?: readonly string[];
  /**
   * At most 25 characters. A message sent again with the same nonce within a few minutes (after a crash, or a
   * reply that got lost) is not posted twice: Discord gives back the first. Absent, each sending has one of its own,
   * so that only what the library itself repeats is posted once.
   */
  readonly nonce?: string;
}

/**
 * The JSON body that Discord takes for a message, without its files.
 * @param rest over which it goes: commands can be clicked on in it
 */
export function messageBody(
  message: Outgoing,
  { rest, ephemeral = false }: { readonly rest?: REST; readonly ephemeral?: boolean } = {},
): RESTPostAPIChannelMessageJSONBody {
  return {
    components: rest ? clickableParts(rest, message.components) : [...message.components],
    flags: MessageFlags.IsComponentsV2 | (ephemeral ? MessageFlags.Ephemeral : 0),
    allowed_mentions: { parse: [], ...(message.mentionRoles && { roles: [...message.mentionRoles] }) },
    ...(message.files && {
      attachments: message.files.map((file, id) => ({
        id: String(id),
        filename: file.name,
        ...(file.description && { description: file.description }),
      })),
    }),
  };
}

/** Posts and edits channel messages, by REST alone: no cache is read or filled. Rejects with discord.js's errors. */
export interface Messenger {
  /** @returns the message's id, whose snowflake is the time at which Discord accepted it. */
  send(channelId: string, message: Outgoing): Promise<string>;
  /** @param turn one that was waited for already; it is used, or given back */
  edit(channelId: string, messageId: string, message: Outgoing, turn?: Turn): Promise<void>;
  /** Sends to a member's direct messages. */
  sendDirect(userId: string, message: Outgoing): Promise<void>;
}
