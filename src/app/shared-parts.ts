import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Outbox } from '../discord/budget/outbox.js';
import type { WaitForIdentify } from '../discord/client.js';
import { registerCommands } from '../discord/register.js';
import type { Holds } from '../store/holds.js';
import type { AppParts, SharedParts } from './app.js';
import { noMetrics, type ReadableMetrics } from './metrics.js';
import { traced } from './traces.js';

/** How often the database is asked again when it does not answer, and at least when it says to wait. */
const askEveryMs = 500;
const longestWaitMs = 2_000;

/** What the shards of one process have in common. */
export function sharedParts(
  { config, log }: Pick<AppParts, 'config' | 'log'>,
  metrics: ReadableMetrics | undefined,
  holds: Pick<Holds, 'identify'>,
): SharedParts {
  const measured = traced(metrics ?? noMetrics);
  const outbox = new Outbox({ perSecond: config.requestsPerSecond, log, metrics: measured });
  if (metrics) outbox.watchedBy(metrics);
  return {
    metrics: measured,
    outbox,
    waitForIdentify: waitBy(holds, log),
    register: once(registerCommands),
  };
}

/**
 * Waits for the leave that the database gives, for all processes. Ends with it, or with the signal: a database that is
 * away takes the shard with it. That it does not answer is said once for each wait.
 */
export function waitBy(holds: Pick<Holds, 'identify'>, log: Pick<Logger, 'warn'>): WaitForIdentify {
  return async (shard, bucket, signal) => {
    let failed = false;
    const leaveIn = async (): Promise<number> => {
      signal.throwIfAborted();
      try {
        return await holds.identify(shard, bucket);
      } catch (err) {
        if (!failed)
          log.warn({ err, shard }, 'The database does not say when a shard may log in; asking again');
        failed = true;
        return askEveryMs;
      }
    };
    for (let waitMs = await leaveIn(); waitMs > 0; waitMs = await leaveIn())
      await delay(Math.min(waitMs, longestWaitMs), undefined, { signal });
  };
}

/** Whoever asks after the first gets what the first got; after a failure it is asked anew. */
function once(register: typeof registerCommands): typeof registerCommands {
  let registered: ReturnType<typeof registerCommands> | undefined;
  return (commands, parts) => {
    registered ??= register(commands, parts).catch((error: unknown) => {
      registered = undefined;
      throw error;
    });
    return registered;
  };
}
