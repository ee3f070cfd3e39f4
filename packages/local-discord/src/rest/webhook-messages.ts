import { webhookNameFaults } from '../checks/names.js';
import { errors } from '../errors.js';
import type { UserJson } from '../json.js';
import { type ChannelState, ChannelType, type MessageState, type WebhookState } from '../state.js';
import { type Api, publicMessage } from './api.js';
import type { Call } from './call.js';
import type { TokenMessages } from './follow-ups.js';
import { checkMessage } from './message-checks.js';
import { bodyOf } from './messages.js';
import { queryFlag } from './queries.js';
import type { Params } from './router.js';
import { wakeThread } from './sending.js';

const threadsOnly: readonly number[] = [ChannelType.forum, ChannelType.media];

/** A webhook that was called by its id and token. @throws ApiError 10015 or 50027 */
export function webhookByToken({ world }: Api, { webhook: id = '', token }: Params): WebhookState {
  const webhook = world.webhooks.get(id);
  if (!webhook) throw errors.unknownWebhook();
  if (webhook.token !== token) throw errors.invalidWebhookToken();
  return webhook;
}

/** Messages of a channel's webhook: https://docs.discord.com/developers/resources/webhook#execute-webhook */
export function webhookMessages(api: Api): TokenMessages {
  const { messages } = api;
  const find = (call: Call, params: Params): MessageState => {
    const webhook = webhookByToken(api, params);
    const message = publicMessage(placeOf(api, webhook, call), params.message);
    if (message.json.webhook_id !== webhook.id) throw errors.unknownMessage();
    return message;
  };
  return {
    post: (call, params) => {
      const webhook = webhookByToken(api, params);
      const channel = placeOf(api, webhook, call);
      if (threadsOnly.includes(channel.type)) throw errors.webhookNeedsThread();
      if (channel.thread?.archived && channel.thread.locked) throw errors.threadLocked();
      const waits = queryFlag(call.params, 'wait');
      const body = bodyOf(call);
      const { username } = (call.body ?? {}) as { username?: string | null };
      checkMessage(api, 'webhookCreate', body, call.uploads, undefined);
      const faults = webhookNameFaults(username, 'username');
      if (faults.length > 0) throw errors.invalidBody(faults);
      wakeThread(api, channel, undefined);
      const message = messages.create({
        channel,
        authorId: webhook.id,
        author: authorOf(webhook, username ?? webhook.name),
        body,
        uploads: call.uploads,
        extra: { webhook_id: webhook.id },
      });
      return waits ? { status: 200, body: message.json } : { status: 204 };
    },
    get: (call, params) => ({ status: 200, body: find(call, params).json }),
    edit: (call, params) => {
      const message = find(call, params);
      const body = bodyOf(call);
      if (message.channel.thread?.archived) throw errors.threadArchived();
      checkMessage(api, 'webhookEdit', body, call.uploads, message);
      return { status: 200, body: messages.edit(message, body, call.uploads).json };
    },
    remove: (call, params) => {
      messages.delete(find(call, params));
      return { status: 204 };
    },
  };
}

/** Its channel, or the thread in it that the query names. */
function placeOf({ world }: Api, { channel }: WebhookState, call: Call): ChannelState {
  const threadId = call.params.get('thread_id');
  if (threadId === null) return channel;
  const thread = world.channels.get(threadId);
  if (thread?.parent !== channel) throw errors.unknownChannel();
  return thread;
}

function authorOf({ id }: WebhookState, username: string): UserJson {
  return { id, username, discriminator: '0000', global_name: null, avatar: null, bot: true };
}
