// Loaded into the bot's own process by `--import`: a signal lets ten minutes pass on the machine's stopwatch, and what
// looks at it every five seconds looks at once.
const { now } = performance;
const { setInterval } = globalThis;
let aheadMs = 0;
performance.now = () => now.call(performance) + aheadMs;
globalThis.setInterval = (look, everyMs, ...rest) =>
  setInterval(look, everyMs === 5_000 ? 100 : everyMs, ...rest);
process.on('SIGUSR2', () => {
  aheadMs += 10 * 60_000;
});
