import type { Logger } from 'pino';
import { LossWatch } from './loss-watch.js';
import { LeftWaitingError, type Reaching } from './reaching.js';

/**
 * The first thing that a process asks of Discord: it waits while Discord is away, and tells when that lasts ten minutes.
 * @returns false when it was stopped before there was an answer
 * @throws what `ask` throws when waiting does not help
 */
export async function firstContact(
  ask: () => Promise<void>,
  { reaching, log, lost }: { readonly reaching: Reaching; readonly log: Logger; lost(): void },
): Promise<boolean> {
  const watch = new LossWatch(() => !reaching.isAway, log, lost);
  watch.start();
  try {
    await reaching.until(ask);
    return true;
  } catch (error) {
    if (error instanceof LeftWaitingError) return false;
    throw error;
  } finally {
    watch.stop();
  }
}
