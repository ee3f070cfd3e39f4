import { type Logger as CronLogger, schedule } from 'node-cron';
import type { Logger } from 'pino';
import { type Clock, systemClock, type Timer } from '../clock.js';

const minuteMs = 60_000;

/**
 * Runs something at every full minute until stopped. A minute that is late or left out (a busy or sleeping
 * machine) is made up for by the next: whoever is run asks the clock how much time has passed.
 */
export function everyMinute(run: () => void, clock: Clock, log: Logger): { stop(): void } {
  // node-cron knows the machine's time only; where time is moved by hand, its minutes are that clock's.
  return clock === systemClock ? byCron(run, log) : byClock(run, clock);
}

function byCron(run: () => void, log: Logger): { stop(): void } {
  const task = schedule('* * * * *', run, {
    name: 'daily',
    timezone: 'UTC',
    noOverlap: true,
    logger: cronLogger(log),
  });
  return { stop: () => void task.destroy() };
}

function byClock(run: () => void, clock: Clock): { stop(): void } {
  let timer: Timer;
  const arm = (): void => {
    timer = clock.at((Math.floor(clock.now() / minuteMs) + 1) * minuteMs, () => {
      arm();
      run();
    });
  };
  arm();
  return { stop: () => timer.cancel() };
}

function cronLogger(log: Logger): CronLogger {
  return {
    debug: (message, error) => log.debug({ err: error ?? message }, 'node-cron'),
    info: (message) => log.debug({ detail: message }, 'node-cron'),
    warn: (message) => log.debug({ detail: message }, 'A minute was missed; the next one makes up for it'),
    error: (message, error) => log.error({ err: error ?? message }, 'The minute could not be run'),
  };
}
