import { randomBytes } from 'node:crypto';
import { webhookNameFaults } from '../checks/names.js';
import { errors } from '../errors.js';
import { Intent } from '../gateway-protocol.js';
import { mustHave } from '../hierarchy.js';
import { may } from '../permissions.js';
import { type ChannelState, ChannelType, type WebhookState } from '../state.js';
import { type Api, checkBody, guildWithBot, reachable } from './api.js';
import type { Answer, Call } from './call.js';
import { followUps, type TokenMessages } from './follow-ups.js';
import type { Params, Router } from './router.js';
import { webhookByToken, webhookMessages } from './webhook-messages.js';

const mostWebhooks = 15;
const withWebhooks: readonly number[] = [
  ChannelType.text,
  ChannelType.voice,
  ChannelType.announcement,
  ChannelType.forum,
  ChannelType.media,
];
const open = { needsToken: false };

/** Webhooks of channels, and interactions' follow-ups, which go by the same paths. */
export function webhookRoutes(router: Router, api: Api): void {
  const { world } = api;
  router.add('POST /channels/:channel/webhooks', (call, params) => create(api, params, call));
  router.add('GET /channels/:channel/webhooks', (_call, params): Answer => {
    const channel = reachable(api, params.channel, 'ManageWebhooks');
    return { status: 200, body: of(api, channel).map((webhook) => shown(api, webhook)) };
  });
  router.add('GET /guilds/:guild/webhooks', (_call, params): Answer => {
    const guild = guildWithBot(api, params.guild);
    mustHave(guild, world.bot.id, 'ManageWebhooks');
    const found = [...world.webhooks.values()].filter(({ channel }) => channel.guild === guild);
    return { status: 200, body: found.map((webhook) => shown(api, webhook)) };
  });
  const byId = ({ webhook: id }: Params): WebhookState => {
    const webhook = world.webhooks.get(id ?? '');
    if (!webhook) throw errors.unknownWebhook();
    if (!may(webhook.channel, world.bot.id, 'ManageWebhooks')) throw errors.missingPermissions();
    return webhook;
  };
  router.add('GET /webhooks/:webhook', (_call, params) => ({ status: 200, body: shown(api, byId(params)) }));
  router.add('PATCH /webhooks/:webhook', (call, params) => change(api, byId(params), call));
  router.add('DELETE /webhooks/:webhook', (_call, params) => remove(api, byId(params)));
  const path = '/webhooks/:webhook/:token';
  const get = (_call: Call, params: Params): Answer => {
    const { user: _user, ...body } = shown(api, webhookByToken(api, params));
    return { status: 200, body };
  };
  router.add(`GET ${path}`, get, open);
  router.add(`PATCH ${path}`, (call, params) => change(api, webhookByToken(api, params), call, true), open);
  router.add(`DELETE ${path}`, (_call, params) => remove(api, webhookByToken(api, params)), open);
  const [ofInteractions, ofWebhooks] = [followUps(api), webhookMessages(api)];
  const by = (params: Params): TokenMessages =>
    params.webhook === world.bot.id ? ofInteractions : ofWebhooks;
  router.add(`POST ${path}`, (call, params) => by(params).post(call, params), open);
  router.add(`GET ${path}/messages/:message`, (call, params) => by(params).get(call, params), open);
  router.add(`PATCH ${path}/messages/:message`, (call, params) => by(params).edit(call, params), open);
  router.add(`DELETE ${path}/messages/:message`, (call, params) => by(params).remove(call, params), open);
}

function create(api: Api, params: Params, call: Call): Answer {
  const channel = reachable(api, params.channel, 'ManageWebhooks');
  if (!withWebhooks.includes(channel.type)) throw errors.wrongChannelType();
  const name = nameIn(api, 'webhookMake', call);
  if (of(api, channel).length >= mostWebhooks) throw errors.tooManyWebhooks();
  const webhook: WebhookState = {
    id: api.builder.snowflakes.next(),
    token: randomBytes(51).toString('base64url'),
    channel,
    name: name ?? '',
  };
  api.world.webhooks.set(webhook.id, webhook);
  tell(api, channel);
  return { status: 200, body: shown(api, webhook) };
}

/** @param byToken then it cannot be moved, and its maker is not shown */
function change(api: Api, webhook: WebhookState, call: Call, byToken = false): Answer {
  webhook.name = nameIn(api, 'webhookChange', call) ?? webhook.name;
  const { channel_id: to } = (call.body ?? {}) as { channel_id?: string | null };
  const before = webhook.channel;
  if (to && !byToken) webhook.channel = reachable(api, to, 'ManageWebhooks');
  for (const channel of new Set([before, webhook.channel])) tell(api, channel);
  const { user, ...body } = shown(api, webhook);
  return { status: 200, body: byToken ? body : { user, ...body } };
}

function remove(api: Api, webhook: WebhookState): Answer {
  api.world.webhooks.delete(webhook.id);
  tell(api, webhook.channel);
  return { status: 204 };
}

function nameIn(api: Api, kind: 'webhookMake' | 'webhookChange', call: Call): string | undefined {
  const { name } = (call.body ?? {}) as { name?: string };
  checkBody(api, kind, call.body, () => webhookNameFaults(name, 'name'));
  return name?.trim();
}

function of({ world }: Api, channel: ChannelState): WebhookState[] {
  return [...world.webhooks.values()].filter((webhook) => webhook.channel === channel);
}

function shown(
  { world }: Api,
  { id, token, channel, name }: WebhookState,
): { user: unknown; [field: string]: unknown } {
  return {
    id,
    type: 1,
    guild_id: channel.guild?.id,
    channel_id: channel.id,
    name,
    avatar: null,
    token,
    application_id: world.bot.id,
    url: `https://discord.com/api/webhooks/${id}/${token}`,
    user: world.bot.json,
  };
}

function tell({ gateway }: Api, channel: ChannelState): void {
  const json = JSON.stringify({ guild_id: channel.guild?.id, channel_id: channel.id });
  gateway.dispatchIn(channel, Intent.webhooks, 'WEBHOOKS_UPDATE', json);
}
