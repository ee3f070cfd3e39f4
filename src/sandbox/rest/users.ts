import { errors } from '../errors.js';
import type { Answer } from '../http.js';
import { channelJson } from '../shapes.js';
import { type Api, checkBody } from './api.js';
import type { Router } from './router.js';

export function userRoutes(router: Router, api: Api): void {
  const { world, builder } = api;
  const application = {
    id: world.bot.id,
    name: world.bot.json.username,
    icon: null,
    description: '',
    bot: world.bot.json,
    bot_public: true,
    bot_require_code_grant: false,
    summary: '',
    verify_key: '0'.repeat(64),
    flags: 1 << 23,
    hook: true,
    integration_types_config: { '0': {} },
    owner: world.bot.json,
    team: null,
    approximate_guild_count: world.guilds.size,
  };
  for (const path of ['/applications/@me', '/oauth2/applications/@me']) {
    router.add(`GET ${path}`, () => ({ status: 200, body: application }));
  }
  router.add('GET /users/@me', () => ({
    status: 200,
    body: { ...world.bot.json, verified: true, email: null, mfa_enabled: true },
  }));
  router.add('GET /users/@me/guilds', (): Answer => {
    const guilds = [...world.guilds.values()].filter((guild) => guild.hasBot);
    return {
      status: 200,
      body: guilds.map(({ id, name }) => ({ id, name, icon: null, owner: false, features: [] })),
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
    if (!user) throw errors.unknownUser();
    if (user.json.bot) throw errors.cannotSendToUser();
    return { status: 200, body: channelJson(builder.directChannel(user), world.users) };
  });
}
