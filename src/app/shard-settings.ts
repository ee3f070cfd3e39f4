import { z } from 'zod';

/**
 * Which shards this process runs, of how many. Without any of them: all of as many as Discord recommends. A process
 * with `share` or `standby` learns its numbers when it knows how many there are.
 */
export interface ShardSettings {
  readonly ids: readonly number[] | undefined;
  readonly count: number | undefined;
  /** The process's number from 0, of how many processes. */
  readonly share?: ProcessShare | undefined;
  /** Takes whatever no other process runs. */
  readonly standby?: true;
}

export interface ProcessShare {
  readonly index: number;
  readonly of: number;
}

/** Beyond the largest bots there are: a larger number is a slip of the keyboard, and must not fill the memory. */
const mostShards = 100_000;

const list = /^\d+(-\d+)?(\s*,\s*\d+(-\d+)?)*$/;

export const shardIdsVariable = z
  .string()
  .refine(
    (text) => text === 'standby' || list.test(text),
    'must be shard numbers from 0, one by one or from-to, or the word standby',
  )
  .transform((text) => (text === 'standby' ? text : parseShardIds(text)))
  .refine((ids) => ids.length > 0, 'has a range that ends before it begins or is beyond all measure');

export const countVariable = z
  .string()
  .regex(/^[1-9]\d*$/, 'must be a whole number from 1')
  .transform(Number)
  .refine((count) => count <= mostShards, `must be at most ${mostShards}`);

/** `3`, or a name that ends with it as those of a StatefulSet's pods do: `drills-3`. */
export const processIndexVariable = z
  .string()
  .regex(/^(.*-)?\d{1,6}$/, 'must be a number from 0, or a name that ends with one after a hyphen')
  .transform((text) => Number(text.slice(text.lastIndexOf('-') + 1)));

export interface ShardVariables {
  readonly SHARDS?: 'standby' | number[] | undefined;
  readonly SHARD_COUNT?: number | undefined;
  readonly PROCESS_INDEX?: number | undefined;
  readonly PROCESS_COUNT?: number | undefined;
}

/** A variable that does not go with the others, and why. */
export type Contradiction = readonly [
  variable: keyof ShardVariables | 'DATABASE_URL',
  problem: string,
  /** Where the variable's usual one would not help. */
  example?: string,
];

/**
 * @param hostname of this machine: a pod's name tells its number where `PROCESS_INDEX` is absent
 * @param databaseUrl decides how many processes there may be
 */
export function readShards(
  variables: ShardVariables,
  hostname: string,
  databaseUrl: string,
): { readonly settings: ShardSettings; readonly contradictions: readonly Contradiction[] } {
  const { SHARDS: shards, SHARD_COUNT: count, PROCESS_COUNT: processes } = variables;
  const index = variables.PROCESS_INDEX ?? (processes ? numberOf(hostname) : undefined);
  const contradictions = [
    ...ofShards(shards, count),
    ...ofProcesses(variables, index),
    ...ofDatabase(variables, databaseUrl),
  ];
  if (shards === 'standby') return { settings: { ids: undefined, count, standby: true }, contradictions };
  if (processes !== undefined && index !== undefined)
    return { settings: { ids: undefined, count, share: { index, of: processes } }, contradictions };
  const ids = shards ?? (count === undefined ? undefined : allShards(count));
  return { settings: { ids, count }, contradictions };
}

function ofShards(shards: ShardVariables['SHARDS'], count: number | undefined): Contradiction[] {
  if (!Array.isArray(shards)) return [];
  if (count === undefined) return [['SHARD_COUNT', 'must be given with SHARDS: of how many shards they are']];
  return shards.some((id) => id >= count)
    ? [['SHARDS', `has a shard beyond the last one of ${count}, which is ${count - 1}`]]
    : [];
}

function ofProcesses(variables: ShardVariables, index: number | undefined): Contradiction[] {
  const { SHARDS: shards, SHARD_COUNT: shardCount, PROCESS_INDEX: given, PROCESS_COUNT: count } = variables;
  if (given === undefined && count === undefined) return [];
  if (shards !== undefined)
    return [['SHARDS', 'does not go with PROCESS_INDEX and PROCESS_COUNT: give one of both']];
  if (count === undefined)
    return [['PROCESS_COUNT', 'must be given with PROCESS_INDEX: of how many processes it is one']];
  if (index === undefined)
    return [
      [
        'PROCESS_INDEX',
        'must be given with PROCESS_COUNT, since the name of this machine ends with no number',
      ],
    ];
  if (index >= count)
    return [['PROCESS_INDEX', `is beyond the last one of ${count} processes, which is ${count - 1}`]];
  return shardCount !== undefined && shardCount < count
    ? [['SHARD_COUNT', `leaves some of ${count} processes without a shard; give at least ${count}`]]
    : [];
}

function ofDatabase(
  { SHARDS: shards, PROCESS_COUNT: processes = 1 }: ShardVariables,
  url: string,
): Contradiction[] {
  if (processes === 1 && shards !== 'standby') return [];
  if (!url.startsWith('sqlite')) return [];
  return [
    [
      'DATABASE_URL',
      'is an SQLite file, which one process has to itself; several need a PostgreSQL (or a Redis)',
      'postgresql://user:password@host/database',
    ],
  ];
}

const numberOf = (hostname: string): number | undefined => {
  const number = /-(\d{1,6})$/.exec(hostname)?.[1];
  return number === undefined ? undefined : Number(number);
};

/** The shards of one process: a run of neighbours, as even as can be. */
export function shardsOf({ index, of }: ProcessShare, count: number): number[] {
  const from = Math.floor((index * count) / of);
  const until = Math.floor(((index + 1) * count) / of);
  return Array.from({ length: until - from }, (_, offset) => from + offset);
}

export const allShards = (count: number): number[] => Array.from({ length: count }, (_, id) => id);

/** @returns none at all when a range is impossible. */
function parseShardIds(text: string): number[] {
  const ids = new Set<number>();
  for (const part of text.split(',')) {
    const [first = 0, last = first] = part.trim().split('-').map(Number);
    if (last < first || last >= mostShards) return [];
    for (let id = first; id <= last; id++) ids.add(id);
  }
  return [...ids].sort((a, b) => a - b);
}
