import type { Api } from './api.js';
import type { Answer } from './call.js';
import type { Router } from './router.js';

export function gatewayRoutes(router: Router, { gateway }: Api): void {
  router.add('GET /gateway', () => ({ status: 200, body: { url: gateway.url } }), { needsToken: false });
  router.add('GET /gateway/bot', (): Answer => {
    const sessionLimits = gateway.starts;
    return {
      status: 200,
      body: {
        url: gateway.url,
        shards: gateway.options.recommendedShards,
        session_start_limit: {
          total: sessionLimits.total,
          remaining: sessionLimits.remaining,
          reset_after: sessionLimits.resetAfterMs,
          max_concurrency: sessionLimits.maxConcurrency,
        },
      },
    };
  });
}
