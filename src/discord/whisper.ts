import {
  type APIInteractionResponseChannelMessageWithSource,
  InteractionResponseType,
  MessageFlags,
  type RESTPatchAPIInteractionOriginalResponseJSONBody,
  type RESTPostAPIWebhookWithTokenJSONBody,
  Routes,
} from 'discord.js';
import { type Repliable, say } from './announced.js';
import { isMessageGone } from './api-errors.js';
import { trueAnyway } from './budget/sure.js';
import type { TurnHeaders } from './budget/urgency.js';
import { clickable } from './mentions.js';

/**
 * A reply of one line that only its reader sees. The leanest way to answer a press: straight to Discord, because
 * thousands may want one in the same second.
 */
export function whisper(interaction: Repliable, content: string): Promise<void> {
  return sayAlone(interaction, content, {});
}

/**
 * Tells the person alone that something failed, whatever was announced or has been answered, and also while it is not
 * sure whose the server is: so the words say nothing of what is remembered.
 */
export function apologise(interaction: Repliable, content: string): Promise<void> {
  return sayAlone(interaction, content, trueAnyway);
}

async function sayAlone(interaction: Repliable, content: string, headers: TurnHeaders): Promise<void> {
  const { client, applicationId, id, token } = interaction;
  const { rest } = client;
  const data = {
    content: clickable(rest, content),
    allowed_mentions: { parse: [] },
    flags: MessageFlags.Ephemeral,
  } satisfies RESTPostAPIWebhookWithTokenJSONBody;
  const first: APIInteractionResponseChannelMessageWithSource = {
    type: InteractionResponseType.ChannelMessageWithSource,
    data,
  };
  const given = replyTo(interaction, headers);
  const replied = (): void => {
    // As discord.js would have left it, for whoever answers after this.
    interaction.replied = true;
  };
  const further = async (): Promise<void> => {
    await rest.post(Routes.webhook(applicationId, token), { auth: false, headers, body: data });
    replied();
  };
  const { flags: _, ...words } = data;
  return say(interaction, {
    first: async () => {
      await rest.post(Routes.interactionCallback(id, token), { auth: false, headers, body: first });
      replied();
      interaction.ephemeral = true;
    },
    announced: async (kind) => {
      if (kind === 'private') {
        if (await isThere(given.edit(words))) return replied();
      } else if (kind === 'public') await isThere(given.remove());
      await further();
    },
    further,
    there: () => {},
  });
}

/** A reply that was given, to be changed within fifteen minutes of its interaction. Rejects with discord.js's errors. */
export interface GivenReply {
  edit(body: RESTPatchAPIInteractionOriginalResponseJSONBody): Promise<void>;
  remove(): Promise<void>;
}

/** Keeps nothing else of the interaction: with all parts of its message, one takes many kilobytes. */
export function replyTo(
  { client: { rest }, applicationId, token }: Repliable,
  headers: TurnHeaders = {},
): GivenReply {
  const route = Routes.webhookMessage(applicationId, token);
  return {
    edit: async (body) => void (await rest.patch(route, { auth: false, headers, body })),
    remove: async () => void (await rest.delete(route, { auth: false, headers })),
  };
}

/** False where somebody has removed the message. */
async function isThere(change: Promise<void>): Promise<boolean> {
  try {
    await change;
    return true;
  } catch (error) {
    if (!isMessageGone(error)) throw error;
    return false;
  }
}
