import { Intent } from '../gateway-protocol.js';
import type { MessageJson } from '../json.js';
import { partialMemberJson } from '../shapes.js';
import type { MessageState } from '../state.js';
import type { Api } from './api.js';

/** Tells the sessions that asked for it about messages that everybody sees. */
export function announceMessages({ world, gateway }: Pick<Api, 'world' | 'gateway'>): void {
  world.messageChanged.on(({ how, message, bulk }) => {
    if (message.visibleTo) {
      if (how === 'created') announcePrivate(gateway, message);
      return;
    }
    const { channel } = message;
    const { guild } = channel;
    const intent = guild ? Intent.guildMessages : Intent.directMessages;
    const where = { channel_id: message.channel.id, ...(guild && { guild_id: guild.id }) };
    if (how === 'deleted') {
      if (bulk) return;
      gateway.dispatchIn(channel, intent, 'MESSAGE_DELETE', () =>
        JSON.stringify({ id: message.id, ...where }),
      );
      return;
    }
    const event = how === 'created' ? 'MESSAGE_CREATE' : 'MESSAGE_UPDATE';
    gateway.dispatchIn(channel, intent, event, ({ intents }) => {
      const open = !!(intents & Intent.messageContent) || !guild;
      const shown = open ? message.json : concealed(message.json, world.bot.id);
      const json = { ...shown, ...where, ...memberships(message) };
      return JSON.stringify({ ...json, channel_type: channel.type });
    });
  });
}

/** A bot's own ephemeral messages come as those of a direct message do. */
function announcePrivate(gateway: Api['gateway'], message: MessageState): void {
  gateway.dispatch(undefined, Intent.directMessages, 'MESSAGE_CREATE', () =>
    JSON.stringify({ ...message.json, channel_type: message.channel.type }),
  );
}

/** What the gateway adds to a server's message: who its people are there. */
function memberships({ channel: { guild }, authorId, json }: MessageState): object {
  if (!guild) return {};
  const author = guild.members.get(authorId);
  return {
    ...(author && { member: partialMemberJson(author) }),
    mentions: json.mentions.map((user) => {
      const member = guild.members.get(user.id);
      return member ? { ...user, member: partialMemberJson(member) } : user;
    }),
  };
}

/** Whether this bot may read what is written in a message. */
export function mayRead({ world, readsContent }: Api, { json, channel }: MessageState): boolean {
  return readsContent || !channel.guild || concerns(json, world.bot.id);
}

/** A message as HTTP shows it to this bot. */
export function readable({ world, readsContent }: Api, { json, channel }: MessageState): MessageJson {
  return readsContent || !channel.guild ? json : concealed(json, world.bot.id);
}

/** Without what others wrote, in the message and in the one that it answers. */
function concealed(json: MessageJson, botId: string): MessageJson {
  const own = concerns(json, botId) ? json : { ...json, ...withoutContent };
  const { referenced_message: answered } = json;
  if (!answered || concerns(answered, botId)) return own;
  return { ...own, referenced_message: { ...answered, ...withoutContent } };
}

/** What a bot may not read of other people's messages without the privileged intent. */
const withoutContent = { content: '', embeds: [], attachments: [], components: [] };

function concerns({ author, mentions }: MessageJson, botId: string): boolean {
  return author.id === botId || mentions.some(({ id }) => id === botId);
}
