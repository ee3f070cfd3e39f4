import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Fault } from '../../src/bank/faults.js';
import { nearest } from '../../src/bank/nearest.js';
import type { Finding, Placed } from './finding.js';

const coverageSchema = z.strictObject({
  sections: z.record(z.string(), z.string()),
  items: z.array(
    z.strictObject({
      id: z.string(),
      section: z.string(),
      title: z.string(),
      /** Another item that asks for the same. */
      sameAs: z.string().optional(),
    }),
  ),
});
/** What the bank must cover: at least one question names each item in its `covers`. */
export type Coverage = z.infer<typeof coverageSchema>;

export const coverageFile = 'coverage.json';

/** The list of what must be covered, or undefined for a bank that has none. */
export async function readCoverage(dir: string): Promise<Coverage | undefined> {
  try {
    return coverageSchema.parse(JSON.parse(await readFile(join(dir, coverageFile), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Ids that questions name and the list does not have. */
export function strangers(all: readonly Placed[], coverage: Coverage): Finding[] {
  const known = new Set(coverage.items.map(({ id }) => id));
  return all.flatMap((place) =>
    (place.question.covers ?? []).flatMap((id, entry) => {
      if (known.has(id)) return [];
      const near = nearest(id, known);
      const remedy = near ? `write ${near}, or remove it` : `remove it, or use an id of ${coverageFile}`;
      return [{ ...place, path: ['covers', entry], message: `${coverageFile} has no ${id}`, remedy }];
    }),
  );
}

/** Items that no question names. */
export async function gaps(dir: string, all: readonly Placed[], coverage: Coverage): Promise<Fault[]> {
  const covered = new Set(all.flatMap(({ question }) => question.covers ?? []));
  const missing = coverage.items.filter(({ id }) => !covered.has(id));
  if (missing.length === 0) return [];
  const file = join(dir, coverageFile);
  const lines = (await readFile(file, 'utf8')).split('\n');
  return missing.map(({ id, title, sameAs }) => ({
    file,
    line: 1 + lines.findIndex((line) => line.includes(`"id": "${id}"`)),
    message: `no question covers ${id} (${title})`,
    remedy: `write one, or add ${id} to \`covers\` of the one that does${sameAs ? ` (see those of ${sameAs})` : ''}`,
  }));
}
