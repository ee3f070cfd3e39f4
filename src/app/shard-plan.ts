import type { HoldsView } from '../store/holds.js';

/** What one process knows when it decides which shards to run. Times in milliseconds of one clock. */
export interface ShardSight {
  readonly count: number;
  /** Those that this process is to run by its settings. */
  readonly own: ReadonlySet<number>;
  readonly isStandby: boolean;
  /** Those that it has, or is just taking or giving back. */
  readonly mine: ReadonlySet<number>;
  /** Those of them that it is just giving back, or has lost. */
  readonly leaving: ReadonlySet<number>;
  readonly view: Pick<HoldsView, 'held' | 'claimed' | 'restingMs'>;
  /** Since when each shard is seen as it is, held or free. */
  readonly since: ReadonlyMap<number, ShardSighting>;
  /** Until when it does not try again those that it failed to run. */
  readonly restsUntilMs: ReadonlyMap<number, number>;
  readonly nowMs: number;
}

export interface ShardSighting {
  readonly held: boolean;
  readonly sinceMs: number;
  /** Whether it has ever been seen held. */
  readonly wasHeld: boolean;
}

export interface ShardPlan {
  readonly take: readonly number[];
  /** One at a time, so that most of the servers are served at any moment. */
  readonly giveBack: number | undefined;
  readonly claim: ReadonlySet<number>;
}

/** A standby leaves a free shard so long to the process that waits for it. */
const leftToOwnerMs = 5_000;
/** When all start at once, or the database was away, a standby does not take what its owner is about to. */
const coldMs = 6_000;
/** Among several standbys, the one with the least to do is first. */
const laterByShardMs = 250;
const latestMs = 2_000;
/** A shard that was taken over goes back when its owner is there to stay. */
const claimAfterMs = 2_000;

/** Decides what to take, what to give back, and what to ask the others for. */
export function planShards(sight: ShardSight): ShardPlan {
  const { count, own, isStandby, mine, leaving, view, restsUntilMs, nowMs } = sight;
  const others = Array.from({ length: count }, (_, shard) => shard).filter((shard) => !mine.has(shard));
  const tries = (shard: number): boolean =>
    (restsUntilMs.get(shard) ?? 0) <= nowMs && !view.restingMs.has(shard);
  const free = others.filter((shard) => !view.held.has(shard));
  const isChanging = leaving.size > 0 || free.some((shard) => view.claimed.has(shard));
  return {
    take: free.filter((shard) => tries(shard) && (own.has(shard) || (isStandby && isLeft(sight, shard)))),
    giveBack: isChanging
      ? undefined
      : [...mine].find((shard) => !own.has(shard) && view.held.has(shard) && view.claimed.has(shard)),
    claim: new Set(
      others.filter(
        (shard) =>
          own.has(shard) && tries(shard) && (!view.held.has(shard) || lasts(sight, shard) >= claimAfterMs),
      ),
    ),
  };
}

/** Whether a standby may take a free shard by now. */
function isLeft(sight: ShardSight, shard: number): boolean {
  const freeMs = lasts(sight, shard);
  if (sight.view.claimed.has(shard)) return freeMs >= leftToOwnerMs;
  if (sight.since.get(shard)?.wasHeld !== true) return freeMs >= coldMs;
  return freeMs >= Math.min(sight.mine.size * laterByShardMs, latestMs);
}

const lasts = ({ since, nowMs }: ShardSight, shard: number): number =>
  nowMs - (since.get(shard)?.sinceMs ?? nowMs);

/** Keeps since when shards are seen as they are. */
export function seen(
  before: ReadonlyMap<number, ShardSighting>,
  held: ReadonlySet<number>,
  count: number,
  nowMs: number,
): Map<number, ShardSighting> {
  const after = new Map<number, ShardSighting>();
  for (let shard = 0; shard < count; shard++) {
    const known = before.get(shard);
    const isHeld = held.has(shard);
    if (known?.held === isHeld) after.set(shard, known);
    else after.set(shard, { held: isHeld, sinceMs: nowMs, wasHeld: isHeld || known?.wasHeld === true });
  }
  return after;
}
