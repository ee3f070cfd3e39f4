import type { Api } from './api.js';
import { banRoutes } from './bans.js';
import { channelRoutes } from './channels.js';
import { commandRoutes } from './commands.js';
import { eventRoutes } from './events.js';
import { gatewayRoutes } from './gateway.js';
import { guildRoutes } from './guilds.js';
import { interactionRoutes } from './interactions.js';
import { memberRoutes } from './members.js';
import { messageRoutes } from './messages.js';
import { pinRoutes } from './pins.js';
import { reactionRoutes } from './reactions.js';
import { roleRoutes } from './roles.js';
import { Router } from './router.js';
import { threadRoutes } from './threads.js';
import { userRoutes } from './users.js';
import { webhookRoutes } from './webhooks.js';

/** Every route that there is. */
export function routes(api: Api): Router {
  const router = new Router();
  gatewayRoutes(router, api);
  userRoutes(router, api);
  commandRoutes(router, api);
  interactionRoutes(router, api);
  channelRoutes(router, api);
  pinRoutes(router, api);
  messageRoutes(router, api);
  threadRoutes(router, api);
  guildRoutes(router, api);
  eventRoutes(router, api);
  roleRoutes(router, api);
  memberRoutes(router, api);
  banRoutes(router, api);
  reactionRoutes(router, api);
  webhookRoutes(router, api);
  return router;
}
