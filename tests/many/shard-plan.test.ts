import { describe, expect, it } from 'vitest';
import { planShards, type ShardSight, type ShardSighting, seen } from '../../src/app/shard-plan.js';
import { shardsOf } from '../../src/app/shard-settings.js';

const nowMs = 100_000;
const since = (ms: number, held: boolean, wasHeld = true): ShardSighting => ({
  held,
  sinceMs: nowMs - ms,
  wasHeld,
});

/** Two shards: 0 is ours, 1 another's. */
const sight = (of: Partial<ShardSight> = {}): ShardSight => ({
  count: 2,
  own: new Set([0]),
  isStandby: false,
  mine: new Set(),
  leaving: new Set(),
  view: { held: new Set(), claimed: new Set(), restingMs: new Map() },
  since: new Map(),
  restsUntilMs: new Map(),
  nowMs,
  ...of,
});
const view = (
  held: number[],
  claimed: number[] = [],
  resting: [number, number][] = [],
): ShardSight['view'] => ({
  held: new Set(held),
  claimed: new Set(claimed),
  restingMs: new Map(resting),
});
const standby = { isStandby: true, own: new Set<number>() } as const;

describe('a process with shards of its own', () => {
  it('takes them when they are free, and no others', () => {
    expect(planShards(sight()).take).toEqual([0]);
    expect(planShards(sight({ view: view([0]) })).take).toEqual([]);
  });

  it('asks for one that another process has run for a while', () => {
    const claims = (ms: number) =>
      planShards(sight({ view: view([0]), since: new Map([[0, since(ms, true)]]) })).claim;
    expect([...claims(1_000)]).toEqual([]);
    expect([...claims(3_000)]).toEqual([0]);
  });

  it('lets those rest that cannot be run, by its own or by all processes’ experience', () => {
    expect(planShards(sight({ restsUntilMs: new Map([[0, nowMs + 1]]) })).take).toEqual([]);
    expect(planShards(sight({ view: view([], [], [[0, 500]]) })).take).toEqual([]);
  });

  it('keeps its own, whoever waits for it', () => {
    expect(planShards(sight({ mine: new Set([0]), view: view([0], [0]) })).giveBack).toBeUndefined();
  });
});

describe('a standby', () => {
  it.each([
    ['was held until now', since(0, false), [], [1]],
    ['is waited for by its owner', since(4_000, false), [1], []],
    ['is waited for by an owner who does not take it', since(6_000, false), [1], [1]],
    ['was never seen held, as when all start at once', since(4_000, false, false), [], []],
    ['was never seen held for a while', since(7_000, false, false), [], [1]],
  ])('and a shard that %s', (_, last, claimed, taken) => {
    const plan = planShards(sight({ ...standby, view: view([0], claimed), since: new Map([[1, last]]) }));
    expect(plan.take).toEqual(taken);
  });

  it('leaves a free shard to one with less to do for a moment', () => {
    const plan = (ms: number) =>
      planShards(
        sight({ ...standby, mine: new Set([0]), view: view([0]), since: new Map([[1, since(ms, false)]]) }),
      );
    expect(plan(100).take).toEqual([]);
    expect(plan(300).take).toEqual([1]);
  });

  it('gives shards back one at a time', () => {
    const mine = { ...standby, mine: new Set([0, 1]) };
    expect(planShards(sight({ ...mine, view: view([0, 1], [0, 1]) })).giveBack).toBe(0);
    const leaving = { ...mine, leaving: new Set([0]) };
    expect(planShards(sight({ ...leaving, view: view([0, 1], [0, 1]) })).giveBack).toBeUndefined();
    const rest = { ...standby, mine: new Set([1]) };
    expect(planShards(sight({ ...rest, view: view([1], [0, 1]) })).giveBack).toBeUndefined();
    expect(planShards(sight({ ...rest, view: view([0, 1], [1]) })).giveBack).toBe(1);
  });
});

it('remembers since when a shard is as it is', () => {
  const first = seen(new Map(), new Set([0]), 2, 10);
  const second = seen(first, new Set([0]), 2, 20);
  const third = seen(second, new Set([1]), 2, 30);
  expect(second).toEqual(first);
  expect([...third.values()]).toEqual([
    { held: false, sinceMs: 30, wasHeld: true },
    { held: true, sinceMs: 30, wasHeld: true },
  ]);
});

it('spreads shards evenly, each to one process', () => {
  for (const [count, of] of [
    [6, 3],
    [7, 3],
    [3, 3],
    [16, 5],
  ] as const) {
    const shares = Array.from({ length: of }, (_, index) => shardsOf({ index, of }, count));
    expect(shares.flat()).toEqual(Array.from({ length: count }, (_, shard) => shard));
    const sizes = shares.map(({ length }) => length);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  }
});
