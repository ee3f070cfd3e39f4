import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Until what a start has under way in the background is over, with thousands of servers. */
const settleMs = 2_000;

/**
 * Collects once what a start leaves behind: the bank's text, packets of servers, rows that were looked over. Nothing
 * else would for a long time: a quiet bot's heap grows so slowly that tens of megabytes of garbage stay resident for
 * hours. Stops the process for some 50 ms, a moment after the start.
 */
export function tidyMemorySoon(): void {
  setTimeout(() => {
    setFlagsFromString('--expose-gc');
    // The function is put into contexts that are made from now on.
    const collect: unknown = runInNewContext('gc');
    if (typeof collect !== 'function') return;
    // V8 keeps the room that was collected, unless memory is scarce. While this is set it gives it back.
    setFlagsFromString('--optimize-for-size');
    collect();
    setFlagsFromString('--no-optimize-for-size');
  }, settleMs).unref();
}
