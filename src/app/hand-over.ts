import { setTimeout as delay } from 'node:timers/promises';
import type { Holds } from '../store/holds.js';
import { Patience } from './patience.js';

const askEveryMs = 100;

/** Resolves when some process has taken the shard, or the patience is over. Never rejects. */
export async function untilTaken(
  holds: Pick<Holds, 'view'>,
  shard: number,
  patienceMs: number,
): Promise<void> {
  const untilMs = performance.now() + patienceMs;
  const patience = new Patience(patienceMs);
  let isTaken = false;
  const look = async (): Promise<void> => {
    const view = await holds.view().catch(() => undefined);
    // A database that is away does not tell.
    isTaken = !view || view.held.has(shard);
  };
  while (!isTaken && performance.now() < untilMs) {
    await patience.with(look());
    if (!isTaken) await delay(askEveryMs);
  }
}
