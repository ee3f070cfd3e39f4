import type { Logger as CronLogger, ScheduledTask } from 'node-cron';
import type { Logger } from 'pino';
import { type Clock, systemClock, type Timer } from './clock.js';
import { minuteMs } from './spans.js';

/** A tick of cron comes a moment after the full minute. */
const lateMs = 1_000;
/** What a start has to do is done by then. */
const afterStartMs = 1_000;

/**
 * Runs something at every full minute of a clock until stopped. A minute that is late or left out (a busy or sleeping
 * machine) is made up for by the next: whoever is run asks the clock how much time has passed.
 * @param machine the clock beneath, where the other is Discord's
 */
export function everyMinute(
  run: () => void,
  clock: Clock,
  log: Logger,
  machine: Clock = clock,
): { stop(): void } {
  // node-cron knows the machine's time only; where time is moved by hand, its minutes are that clock's.
  return machine === systemClock ? byCron(run, clock, log) : byClock(run, clock);
}

/** node-cron is loaded when the start is over, which it would hold up. A minute that begins meanwhile is made up for. */
function byCron(run: () => void, clock: Clock, log: Logger): { stop(): void } {
  let stopped = false;
  let next: Timer | undefined;
  // The machine's minutes are not Discord's: its tick waits for the next full minute of those.
  const tick = (): void => {
    const nowMs = clock.now();
    const intoMinuteMs = nowMs % minuteMs;
    next?.cancel();
    if (intoMinuteMs <= lateMs) run();
    else next = clock.at(nowMs - intoMinuteMs + minuteMs, run);
  };
  const startedIn = Math.floor(clock.now() / minuteMs);
  let task: ScheduledTask | undefined;
  const schedule = async (): Promise<void> => {
    const cron = await import('node-cron');
    if (stopped) return;
    task = cron.schedule('* * * * *', tick, {
      name: 'every minute',
      timezone: 'UTC',
      noOverlap: true,
      logger: cronLogger(log),
    });
    if (Math.floor(clock.now() / minuteMs) !== startedIn) run();
  };
  const loading = setTimeout(() => void schedule(), afterStartMs);
  return {
    stop() {
      stopped = true;
      clearTimeout(loading);
      next?.cancel();
      void task?.destroy();
    },
  };
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
