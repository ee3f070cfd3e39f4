import { randomBytes } from 'node:crypto';
import { type RawFile, type REST, type RESTPostAPIChannelMessageResult, Routes } from 'discord.js';
import type { Outbox } from './budget/outbox.js';
import type { TurnHeaders, Urgency } from './budget/urgency.js';
import { type Messenger, messageBody, type Outgoing } from './outgoing.js';

/** How urgent what a messenger sends and edits is. */
export interface MessageUrgency {
  readonly send: Urgency;
  readonly edit: Urgency;
}

const awaited: MessageUrgency = { send: 'person', edit: 'person' };

/**
 * A {@link Messenger} over discord.js's REST client, which queues and retries by Discord's rate limits.
 * @param outbox absent: nothing else is to be waited for
 */
export function restMessenger(rest: REST, outbox?: Pick<Outbox, 'inTurn'>, urgency = awaited): Messenger {
  const inTurn: Outbox['inTurn'] = (bucket, how, make, given) =>
    outbox ? outbox.inTurn(bucket, how, make, given) : make({});
  const send = async (channelId: string, message: Outgoing): Promise<string> => {
    // The library asks again where an answer was lost; with a nonce that posts nothing twice.
    const nonce = message.nonce ?? randomBytes(16).toString('base64url');
    const sent = (await inTurn(`POST ${channelId}`, urgency.send, (headers) =>
      rest.post(Routes.channelMessages(channelId), {
        headers,
        body: {
          ...messageBody(message, { rest }),
          nonce,
          enforce_nonce: true,
        },
        ...files(message),
      }),
    )) as RESTPostAPIChannelMessageResult;
    return sent.id;
  };
  return {
    send,
    async edit(channelId, messageId, message, turn) {
      await inTurn(
        `PATCH ${channelId}`,
        urgency.edit,
        (headers) =>
          rest.patch(Routes.channelMessage(channelId, messageId), {
            headers,
            body: messageBody(message, { rest }),
            ...files(message),
          }),
        turn,
      );
    },
    async sendDirect(userId, message) {
      const channelId = await inTurn(`POST ${userId}`, urgency.send, (headers) =>
        openDirect(rest, userId, headers),
      );
      await send(channelId, message);
    },
  };
}

/** The channel of a user's direct messages with the bot: the same one every time. */
export async function openDirect(rest: REST, userId: string, headers: TurnHeaders = {}): Promise<string> {
  const channel = await rest.post(Routes.userChannels(), { headers, body: { recipient_id: userId } });
  return (channel as { id: string }).id;
}

const files = (message: Outgoing): { files?: RawFile[] } =>
  message.files ? { files: message.files.map(({ name, data }) => ({ name, data })) } : {};
