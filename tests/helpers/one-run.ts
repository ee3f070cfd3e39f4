import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/** Where the workers of a run share an empty cluster of PostgreSQL. @param run the id of the run's process */
export const clusterOf = (temp: string, run: number): string => join(temp, `drills-cluster-of-${run}`);

/** Takes away what the workers of a run shared, when all of them have ended. */
export default function oneRun({ config }: TestProject): () => Promise<void> {
  return () => rm(clusterOf(config.env.TMPDIR ?? '', process.pid), { recursive: true, force: true });
}
