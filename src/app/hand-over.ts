import { setTimeout as delay } from 'node:timers/promises';
import type { Holds } from '../store/holds.js';
import { Patience } from './patience.js';
import type { Unit } from './unit.js';

const askEveryMs = 100;
/** A shard that was given up is awaited at its next process for a moment before the next one goes. */
const handOverMs = 700;
/** Discord may be slow to let the first ones go: those that have not begun to end by then end together. */
const inTurnMs = 2_000;
/** What each may take at least. */
const leastShareMs = 100;

export interface EndingParts {
  readonly holds: Pick<Holds, 'view'>;
  /** When nothing is waited for any more. */
  readonly patience: Patience;
  /** For what all of them have on its way to Discord. */
  readonly patienceMs: number;
}

/**
 * Ends one after another: while one changes hands, the others are served.
 * @returns whether all of them have ended
 */
export async function endInTurn(
  units: readonly Pick<Unit, 'shard' | 'end'>[],
  { holds, patience, patienceMs }: EndingParts,
): Promise<boolean> {
  const left = [...units];
  const sinceMs = performance.now();
  let isDone = true;
  while (left.length > 0) {
    const goneMs = performance.now() - sinceMs;
    const shareMs = Math.max(leastShareMs, (patienceMs - goneMs) / left.length);
    const next = left.splice(0, goneMs < inTurnMs ? 1 : left.length);
    isDone = (await patience.with(Promise.all(next.map((unit) => unit.end(shareMs))))) && isDone;
    const [ended] = next;
    if (ended && left.length > 0) await untilTaken(holds, ended.shard, Math.min(handOverMs, shareMs / 2));
  }
  return isDone;
}

/** Resolves when some process has taken the shard, or the patience is over. Never rejects. */
async function untilTaken(holds: Pick<Holds, 'view'>, shard: number, patienceMs: number): Promise<void> {
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
