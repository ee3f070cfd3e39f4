import type { Logger } from 'pino';
import { cardRoutes } from '../asking/card-routes.js';
import type { Route } from '../discord/route.js';
import type { DailyPoster } from './service.js';

/** The buttons and forms of daily questions. */
export const dailyRoutes = (daily: DailyPoster, log: Pick<Logger, 'debug'>): Record<string, Route> =>
  cardRoutes(daily, log);
