import { type RawFile, type REST, type RESTPostAPIChannelMessageResult, Routes } from 'discord.js';
import { type Messenger, messageBody, type Outgoing } from './outgoing.js';

/** A {@link Messenger} over discord.js's REST client, which queues and retries by Discord's rate limits. */
export function restMessenger(rest: REST): Messenger {
  const send = async (channelId: string, message: Outgoing): Promise<string> => {
    const sent = (await rest.post(Routes.channelMessages(channelId), {
      body: {
        ...messageBody(message, { rest }),
        ...(message.nonce && { nonce: message.nonce, enforce_nonce: true }),
      },
      ...files(message),
    })) as RESTPostAPIChannelMessageResult;
    return sent.id;
  };
  return {
    send,
    async edit(channelId, messageId, message) {
      await rest.patch(Routes.channelMessage(channelId, messageId), {
        body: messageBody(message, { rest }),
        ...files(message),
      });
    },
    async sendDirect(userId, message) {
      const channel = (await rest.post(Routes.userChannels(), { body: { recipient_id: userId } })) as {
        id: string;
      };
      await send(channel.id, message);
    },
  };
}

const files = (message: Outgoing): { files?: RawFile[] } =>
  message.files ? { files: message.files.map(({ name, data }) => ({ name, data })) } : {};
