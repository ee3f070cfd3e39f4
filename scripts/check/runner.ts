import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import type { ProofGround } from '../../src/bank/schema-proofs.js';

/** Releases of what runs a snippet, by name: django, drf, python, postgresql. */
const versionsSchema = z.record(z.string(), z.string());
export type Versions = z.infer<typeof versionsSchema>;

/** A Python with what a ground needs. */
export interface Machine {
  readonly ground: ProofGround;
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
  ground: ProofGround,
  python: string,
  path: string | undefined,
): Promise<Machine | undefined> {
  const child = start(python, path, [ground, '--versions']);
  const answer = await Promise.all([result(child, ''), text(child.stdout)]).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  });
  if (answer?.[0].code !== 0) return undefined;
  return { ground, versions: versionsSchema.parse(JSON.parse(answer[1])), python, path };
}

/**
 * How each snippet ended, by id.
 * @param atOnce how many run at a time; absent: one for each processor
 * @param ended called with each outcome as it comes
 * @throws {Error} when the ground itself does not start
 */
export async function runSnippets(
  { ground, python, path }: Machine,
  snippets: readonly Snippet[],
  atOnce?: number,
  ended: (outcome: Outcome) => void = () => {},
): Promise<Map<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  const child = start(python, path, [ground], atOnce);
  const reading = (async () => {
    for await (const line of createInterface(child.stdout)) {
      const outcome = outcomeSchema.parse(JSON.parse(line));
      outcomes.set(outcome.id, outcome);
      ended(outcome);
    }
  })();
  const [{ code, errors }] = await Promise.all([result(child, JSON.stringify(snippets)), reading]);
  if (stopped.has(child)) return new Promise(() => {});
  if (code !== 0) throw new Error(`${python} ${program} ${ground} ended with ${code}:\n${errors.trim()}`);
  return outcomes;
}

/** What runs now. */
const running = new Set<ChildProcess>();
const stopped = new WeakSet<ChildProcess>();

/** Ends what runs, with all that it has started: each tidies up behind itself. Nobody hears of its outcomes any more. */
export async function stopRunning(): Promise<void> {
  const ending = [...running].map((child) => once(child, 'close'));
  for (const child of running) {
    stopped.add(child);
    child.kill('SIGTERM');
  }
  await Promise.all(ending);
}

function start(python: string, path: string | undefined, args: readonly string[], atOnce?: number) {
  const child = spawn(python, [program, ...args], {
    env: {
      ...process.env,
      // Of glibc: an arena for each thread would use up the memory that a snippet may have.
      MALLOC_ARENA_MAX: '2',
      ...(path !== undefined && { PYTHONPATH: path }),
      ...(atOnce !== undefined && { SNIPPETS_AT_ONCE: `${atOnce}` }),
    },
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  return child;
}

/** How it ended, once `input` has been read and everything has been said. */
async function result(child: ChildProcessWithoutNullStreams, input: string) {
  const exited = once(child, 'close');
  child.stdin.on('error', () => {}); // A Python that ends at once has said why elsewhere.
  child.stdin.end(input);
  const [[code], errors] = await Promise.all([exited, text(child.stderr)]);
  return { code: Number(code), errors };
}
