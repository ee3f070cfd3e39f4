import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/** Where the workers of a run share an empty cluster of PostgreSQL. @param run the id of the run's process */
export const clusterOf = (temp: string, run: number): string => join(temp, `drills-cluster-of-${run}`);

/** Where the workers of a run share which Pythons are here: each is asked by a process of its own. */
export const machinesOf = (temp: string, run: number): string => join(temp, `drills-machines-of-${run}`);

/** Where the workers of a run share a database that was played on. */
export const playedOf = (temp: string, run: number): string => join(temp, `drills-played-of-${run}`);

/** Takes away what the workers of a run shared, when all of them have ended. */
export default function oneRun({ config }: TestProject): () => Promise<void> {
  const temp = config.env.TMPDIR ?? '';
  return async () => {
    for (const sharedOf of [clusterOf, machinesOf, playedOf])
      await rm(sharedOf(temp, process.pid), { recursive: true, force: true });
  };
}
