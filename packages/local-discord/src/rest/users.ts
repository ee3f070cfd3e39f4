import { errors } from '../errors.js';
import { guildPermissions } from '../permissions.js';
import { channelJson } from '../shapes.js';
import { type Api, checkBody } from './api.js';
import type { Answer } from './call.js';
import { countsOf } from './guilds.js';
import { pageById, queryFlag } from './queries.js';
import type { Router } from './router.js';

/** How many servers are given at once. */
const mostGuilds = 200;

export function userRoutes(router: Router, api: Api): void {
  const { world, builder } = api;
  const application = {
    id: world.bot.id,
    name: world.bot.json.username,
    icon: null,
    description: '',
    type: null,
    bot: world.bot.json,
    bot_public: true,
    bot_require_code_grant: false,
    summary: '',
    verify_key: '0'.repeat(64),
    flags: 1 << 23,
    flags_new: String(1 << 23),
    explicit_content_filter: 0,
    eligible_oauth2_scopes: [],
    redirect_uris: [],
    interactions_endpoint_url: null,
    role_connections_verification_url: null,
    hook: true,
    integration_types_config: { '0': {} },
    owner: world.bot.json,
    team: null,
    approximate_guild_count: world.guilds.size,
    approximate_user_install_count: 0,
    approximate_user_authorization_count: 0,
  };
  for (const path of ['/applications/@me', '/oauth2/applications/@me']) {
    router.add(`GET ${path}`, () => ({ status: 200, body: application }));
  }
  router.add('GET /users/@me', () => ({
    status: 200,
    body: { ...world.bot.json, locale: 'en-US', verified: true, email: null, mfa_enabled: true },
  }));
  router.add('GET /users/@me/guilds', (call): Answer => {
    const all = [...world.guilds.values()].filter((guild) => guild.hasBot);
    const guilds = pageById(all, ({ id }) => id, call.params, mostGuilds);
    const counts = queryFlag(call.params, 'with_counts');
    return {
      status: 200,
      body: guilds.map((guild) => ({
        id: guild.id,
        name: guild.name,
        icon: null,
        banner: null,
        owner: false,
        permissions: guildPermissions(guild, world.bot.id).toString(),
        features: [],
        ...(counts && countsOf(api, guild)),
      })),
    };
  });
  router.add('GET /users/:user', (_call, params): Answer => {
    const user = world.users.get(params.user ?? '');
    if (!user) throw errors.unknownUser();
    return { status: 200, body: user.json };
  });
  router.add('POST /users/@me/channels', (call): Answer => {
    checkBody(api, 'directChannel', call.body);
    const { recipient_id: id } = (call.body ?? {}) as { recipient_id?: string };
    const user = world.users.get(id ?? '');
    if (!user) throw errors.invalidRecipient();
    if (user.json.bot) throw errors.cannotSendToUser();
    return { status: 200, body: channelJson(builder.directChannel(user), world.users) };
  });
}
