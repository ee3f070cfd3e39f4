import { type Logger as CronLogger, schedule } from 'node-cron';
import type { Logger } from 'pino';

/**
 * Runs something at every full minute, one at a time, until stopped. A minute that is late or left out (a busy
 * or sleeping machine) is made up for by the next: whoever is run asks the clock how much time has passed.
 */
export function everyMinute(run: () => void, log: Logger): { stop(): void } {
  const task = schedule('* * * * *', run, {
    name: 'daily',
    timezone: 'UTC',
    noOverlap: true,
    logger: cronLogger(log),
  });
  return { stop: () => void task.destroy() };
}

function cronLogger(log: Logger): CronLogger {
  return {
    debug: (message, error) => log.debug({ err: error ?? message }, 'node-cron'),
    info: (message) => log.debug({ detail: message }, 'node-cron'),
    warn: (message) => log.debug({ detail: message }, 'A minute was missed; the next one makes up for it'),
    error: (message, error) => log.error({ err: error ?? message }, 'The minute could not be run'),
  };
}
