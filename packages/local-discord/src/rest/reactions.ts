import { errors } from '../errors.js';
import { may } from '../permissions.js';
import { clearReactions, react, reactionOf, readEmoji, unreact } from '../reactions.js';
import type { MessageState } from '../state.js';
import { type Api, publicMessage, reachable } from './api.js';
import type { Answer } from './call.js';
import { queryId, queryNumber } from './queries.js';
import type { Params, Router } from './router.js';

/** https://docs.discord.com/developers/resources/message#create-reaction and what follows it */
export function reactionRoutes(router: Router, api: Api): void {
  const { world } = api;
  const base = '/channels/:channel/messages/:message/reactions';
  const messageOf = (params: Params): MessageState =>
    publicMessage(reachable(api, params.channel, 'ReadMessageHistory'), params.message);
  const toChange = (params: Params, managing: boolean): MessageState => {
    const message = messageOf(params);
    if (managing && !may(message.channel, world.bot.id, 'ManageMessages')) throw errors.missingPermissions();
    if (message.channel.thread?.archived) throw errors.threadArchived();
    return message;
  };
  const emojiOf = ({ emoji = '' }: Params): string => readEmoji(emoji);
  router.add(`PUT ${base}/:emoji/@me`, (_call, params): Answer => {
    const message = toChange(params, false);
    const emoji = emojiOf(params);
    const first = !message.reactions.has(emoji);
    if (first && !may(message.channel, world.bot.id, 'AddReactions')) throw errors.missingPermissions();
    react(api, message, emoji, world.bot.id);
    return { status: 204 };
  });
  router.add(`DELETE ${base}/:emoji/:user`, (_call, params): Answer => {
    const own = params.user === '@me';
    unreact(api, toChange(params, !own), emojiOf(params), own ? world.bot.id : (params.user ?? ''));
    return { status: 204 };
  });
  router.add(`GET ${base}/:emoji`, (call, params): Answer => {
    const { users } = reactionOf(messageOf(params), emojiOf(params));
    const limit = queryNumber(call.params, 'limit', { least: 1, most: 100, usual: 25 });
    const after = queryId(call.params, 'after') ?? 0n;
    const found = [...users]
      .filter((id) => BigInt(id) > after)
      .sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
    return { status: 200, body: found.slice(0, limit).map((id) => world.users.get(id)?.json) };
  });
  router.add(`DELETE ${base}/:emoji`, (_call, params): Answer => {
    clearReactions(api, toChange(params, true), emojiOf(params));
    return { status: 204 };
  });
  router.add(`DELETE ${base}`, (_call, params): Answer => {
    clearReactions(api, toChange(params, true));
    return { status: 204 };
  });
}
