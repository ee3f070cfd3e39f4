import { readFileSync } from 'node:fs';

const everyMs = 5;

/**
 * Watches how long this thread's event loop is held at once, in milliseconds, by what runs in it: without the time
 * for which the thread was ready and others had the cores, which on a machine busy with other tests is most of it.
 * Where the system does not count that (it is Linux that does, in `schedstat`), nothing is taken off.
 */
export function watchOwnLag(): { stop(): number } {
  let longestMs = 0;
  let [last, lastQueued] = [performance.now(), queuedMs()];
  const look = (): void => {
    const [now, queued] = [performance.now(), queuedMs()];
    longestMs = Math.max(longestMs, now - last - everyMs - (queued - lastQueued));
    [last, lastQueued] = [now, queued];
  };
  const timer = setInterval(look, everyMs);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return longestMs;
    },
  };
}

/** How long this thread has waited for a core so far. Linux: time on it, time waited for it (ns), number of turns. */
function queuedMs(): number {
  try {
    const [, queuedNs] = readFileSync('/proc/thread-self/schedstat', 'latin1').split(' ');
    return Number(queuedNs) / 1e6;
  } catch {
    return 0; // Not Linux, or one that does not count it.
  }
}
