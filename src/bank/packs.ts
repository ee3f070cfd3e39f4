import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { explainIssue } from './explaining.js';
import type { Fault } from './faults.js';
import { readText } from './files.js';
import { type Pack, stages } from './question.js';
import { readYaml } from './yaml-lines.js';

/** Beside a pack's topics; a pack without it is asked by default, under its folder's name. */
export const packFile = '_pack.yaml';

const packSchema = z.strictObject({
  title: z.string().min(1).max(40),
  description: z.string().min(1).max(90),
  /** False for a pack that is only asked of those who choose it or one of its topics. */
  askedByDefault: z.boolean().default(true),
  /** In which order its topics are studied: `- stage: core` with `topics: [models, …]`, and so on. */
  study: z.array(z.strictObject({ stage: z.enum(stages), topics: z.array(z.string()).min(1) })).optional(),
});

/**
 * Topics that a pack's order of study names and the pack does not have, or names twice.
 * @param topics the ids of the pack's own topics
 */
export function studyFaults(dir: string, { id, study = [] }: Pack, topics: ReadonlySet<string>): Fault[] {
  const file = join(dir, id, packFile);
  const seen = new Set<string>();
  const faults: Fault[] = [];
  for (const [part, { topics: named }] of study.entries())
    for (const [index, topic] of named.entries()) {
      const path = ['study', part, 'topics', index];
      if (!topics.has(topic))
        faults.push({
          file,
          line: lineIn(file, path),
          message: `there is no topic \`${topic}\` in this pack`,
          remedy: 'name its file without the ending',
        });
      else if (seen.has(topic))
        faults.push({
          file,
          line: lineIn(file, path),
          message: `the topic \`${topic}\` stands here twice`,
          remedy: 'keep one of the two',
        });
      seen.add(topic);
    }
  return faults;
}

function lineIn(file: string, path: readonly PropertyKey[]): number {
  const text = readText(file);
  return typeof text === 'string' ? readYaml(text).lineOf({ path }) : text.line;
}

/** A pack by its folder, or what is wrong with its file. */
export function readPack(dir: string, id: string): Pack | Fault[] {
  const file = join(dir, id, packFile);
  // A link that leads nowhere is there, and is told.
  if (!lstatSync(file, { throwIfNoEntry: false }))
    return { id, title: id, description: `The pack ${id}`, askedByDefault: true };
  const text = readText(file);
  if (typeof text !== 'string') return [text];
  const { data, syntaxFaults, lineOf, writtenAt } = readYaml(text);
  if (syntaxFaults.length > 0) return syntaxFaults.map((fault) => ({ file, ...fault }));
  const read = packSchema.safeParse(data);
  if (read.success) return { id, ...read.data };
  return read.error.issues
    .flatMap((issue) => explainIssue(issue, data, writtenAt(issue.path)))
    .map(({ message, remedy, ...place }) => ({ file, line: lineOf(place), message, remedy }));
}
