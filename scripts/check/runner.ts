import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { Ground } from '../../src/bank/schema-proofs.js';

/** Releases of what runs a snippet, by name: django, drf, python, postgresql. */
const versionsSchema = z.record(z.string(), z.string());
export type Versions = z.infer<typeof versionsSchema>;

/** A Python with what a ground needs. */
export interface Machine {
  readonly ground: Ground;
  readonly versions: Versions;
  readonly python: string;
  /** Where Python looks for packages before its own places. */
  readonly path: string | undefined;
}

export interface Snippet {
  readonly id: string;
  readonly setup: string;
  readonly code: string;
}

const outcomeSchema = z.object({
  id: z.string(),
  printed: z.string(),
  /** The class of the exception that ended it, or other words for how it ended. */
  raised: z.string().nullable(),
  /** The exception's message, and where it was raised. */
  detail: z.string(),
});
export type Outcome = z.infer<typeof outcomeSchema>;

export const programFolder = resolve('scripts/verify');
const program = resolve(programFolder, 'run.py');

/** `Django 6.1.1, DRF 3.18.3, Python 3.12.1`. */
export function machineName({ versions }: Pick<Machine, 'versions'>): string {
  const names = { django: 'Django', drf: 'DRF', postgresql: 'PostgreSQL', python: 'Python' } as const;
  return Object.entries(names)
    .flatMap(([key, name]) => (versions[key] === undefined ? [] : [`${name} ${versions[key]}`]))
    .join(', ');
}

/** What this Python would run a ground's snippets with; undefined when it cannot. */
export async function askMachine(
  ground: Ground,
  python: string,
  path: string | undefined,
): Promise<Machine | undefined> {
  const answer = await run(python, path, [ground, '--versions'], '').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (answer?.code !== 0) return undefined;
  return { ground, versions: versionsSchema.parse(JSON.parse(answer.out)), python, path };
}

/**
 * How each snippet ended, by id.
 * @param atOnce how many run at a time; absent: one for each processor
 * @throws {Error} when the ground itself does not start
 */
export async function runSnippets(
  { ground, python, path }: Machine,
  snippets: readonly Snippet[],
  atOnce?: number,
): Promise<Map<string, Outcome>> {
  const { code, out, errors } = await run(python, path, [ground], JSON.stringify(snippets), atOnce);
  if (code !== 0) throw new Error(`${python} ${program} ${ground} ended with ${code}:\n${errors.trim()}`);
  const outcomes = out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => outcomeSchema.parse(JSON.parse(line)));
  return new Map(outcomes.map((outcome) => [outcome.id, outcome]));
}

async function run(
  python: string,
  path: string | undefined,
  args: readonly string[],
  input: string,
  atOnce?: number,
) {
  const child = spawn(python, [program, ...args], {
    env: {
      ...process.env,
      // Of glibc: an arena for each thread would use up the memory that a snippet may have.
      MALLOC_ARENA_MAX: '2',
      ...(path !== undefined && { PYTHONPATH: path }),
      ...(atOnce !== undefined && { SNIPPETS_AT_ONCE: `${atOnce}` }),
    },
  });
  const exited = once(child, 'close');
  child.stdin.on('error', () => {}); // A Python that ends at once has said why elsewhere.
  child.stdin.end(input);
  const [[code], out, errors] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
  return { code: Number(code), out, errors };
}
