import { isEmoji } from './emoji.js';
import { errors } from './errors.js';
import type { Gateway } from './gateway.js';
import { Intent } from './gateway-protocol.js';
import type { ReactionJson } from './json.js';
import type { Messages } from './messages.js';
import { memberJson } from './shapes.js';
import type { MessageState, ReactionState, World } from './state.js';

/** How many different emoji a message takes. */
const mostReactions = 20;

export interface ReactionContext {
  readonly world: World;
  readonly gateway: Gateway;
  readonly messages: Messages;
}

/**
 * The emoji that a path or a person names. Servers here have no emoji of their own.
 * @throws ApiError 10014
 */
export function readEmoji(text: string): string {
  if (isEmoji(text)) return text;
  throw errors.unknownEmoji();
}

/** @throws ApiError 30010 */
export function react(context: ReactionContext, message: MessageState, emoji: string, userId: string): void {
  let reaction = message.reactions.get(emoji);
  if (!reaction) {
    if (message.reactions.size >= mostReactions) throw errors.tooManyReactions();
    reaction = { emoji: { id: null, name: emoji }, users: new Set() };
    message.reactions.set(emoji, reaction);
  }
  if (reaction.users.has(userId)) return;
  reaction.users.add(userId);
  const member = message.channel.guild?.members.get(userId);
  tell(context, message, 'ADD', {
    user_id: userId,
    emoji: reaction.emoji,
    message_author_id: message.authorId,
    burst: false,
    type: 0,
    ...(member && { member: memberJson(member) }),
  });
}

/** @throws ApiError 10014 where there is no such reaction */
export function unreact(
  context: ReactionContext,
  message: MessageState,
  emoji: string,
  userId: string,
): void {
  const reaction = reactionOf(message, emoji);
  if (!reaction.users.delete(userId)) throw errors.unknownEmoji();
  if (reaction.users.size === 0) message.reactions.delete(emoji);
  tell(context, message, 'REMOVE', { user_id: userId, emoji: reaction.emoji, burst: false, type: 0 });
}

/** Takes all reactions away, or all of one emoji. */
export function clearReactions(context: ReactionContext, message: MessageState, emoji?: string): void {
  if (emoji === undefined) {
    message.reactions.clear();
    tell(context, message, 'REMOVE_ALL', {});
    return;
  }
  const reaction = reactionOf(message, emoji);
  message.reactions.delete(emoji);
  tell(context, message, 'REMOVE_EMOJI', { emoji: reaction.emoji });
}

export function reactionOf(message: MessageState, emoji: string): ReactionState {
  const reaction = message.reactions.get(emoji);
  if (!reaction) throw errors.unknownEmoji();
  return reaction;
}

function tell(
  { world, gateway, messages }: ReactionContext,
  message: MessageState,
  what: 'ADD' | 'REMOVE' | 'REMOVE_ALL' | 'REMOVE_EMOJI',
  data: object,
): void {
  messages.note(message, {
    reactions: [...message.reactions.values()].map((each) => shown(each, world.bot.id)),
  });
  const { channel } = message;
  const guild = channel.guild && { guild_id: channel.guild.id };
  const intent = channel.guild ? Intent.guildReactions : Intent.directReactions;
  const json = JSON.stringify({ channel_id: channel.id, message_id: message.id, ...guild, ...data });
  gateway.dispatchIn(channel, intent, `MESSAGE_REACTION_${what}`, json);
}

function shown({ emoji, users }: ReactionState, botId: string): ReactionJson {
  const count = users.size;
  const me = users.has(botId);
  return { emoji, count, count_details: { burst: 0, normal: count }, burst_colors: [], me, me_burst: false };
}
