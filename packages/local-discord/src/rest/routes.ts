import type { Api } from './api.js';
import { channelRoutes } from './channels.js';
import { commandRoutes } from './commands.js';
import { eventRoutes } from './events.js';
import { gatewayRoutes } from './gateway.js';
import { guildRoutes } from './guilds.js';
import { interactionRoutes } from './interactions.js';
import { messageRoutes } from './messages.js';
import { pinRoutes } from './pins.js';
import { Router } from './router.js';
import { threadRoutes } from './threads.js';
import { userRoutes } from './users.js';

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
  return router;
}
