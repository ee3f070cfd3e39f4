import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

// Loaded into the bot's own process by `--import`: a signal lets ten minutes pass on the machine's stopwatch, what
// looks at it every five seconds looks at once, and pauses of a second and more that a stop can end are a twentieth.
const { now } = performance;
const { setInterval } = globalThis;
let aheadMs = 0;
performance.now = () => now.call(performance) + aheadMs;
globalThis.setInterval = (look, everyMs, ...rest) =>
  setInterval(look, everyMs === 5_000 ? 100 : everyMs, ...rest);
const { setTimeout } = timers;
timers.setTimeout = (ms, value, options) =>
  setTimeout(options?.signal && ms >= 1_000 ? ms / 20 : ms, value, options);
syncBuiltinESMExports();
process.on('SIGUSR2', () => {
  aheadMs += 10 * 60_000;
});
