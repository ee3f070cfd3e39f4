import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { compare } from './versions.js';

/** The oldest release that the bank's answers are about. */
export const oldestDjango = '5.2';

const versionsSchema = z.object({ python: z.string(), django: z.string(), drf: z.string() });
export type Versions = z.infer<typeof versionsSchema>;

/** A Python that finds a Django with DRF. */
export interface Django {
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

const program = resolve('scripts/verify/run.py');

/** One Django of each series from {@link oldestDjango} on: those of scripts/verify/django.sh, else installed ones. */
export async function findDjangos(): Promise<Django[]> {
  const pythons = await findPythons();
  const found = new Map<string, Django>();
  for (const path of [...(await unpacked()), undefined]) {
    if (path === undefined && found.size > 0) break;
    for (const python of pythons) {
      const django = await ask(python, path);
      const series = django?.versions.django.split('.', 2).join('.');
      if (!django || !series || compare(series, oldestDjango) < 0) continue;
      if (!found.has(series)) found.set(series, django);
      if (path !== undefined) break;
    }
  }
  return [...found.values()].sort((a, b) => compare(a.versions.django, b.versions.django));
}

async function unpacked(): Promise<string[]> {
  const series = await readdir('.django').catch(() => []);
  return series.sort().map((name) => resolve('.django', name, 'usr/lib/python3/dist-packages'));
}

/** Debian's own first: its packages are made for it. */
async function findPythons(): Promise<string[]> {
  const versions = join(homedir(), '.pyenv/versions');
  const others = (await readdir(versions).catch(() => [])).filter((name) => /^3\.1[2-9]\./.test(name));
  return [
    '/usr/bin/python3',
    'python3',
    ...[12, 13, 14, 15].map((minor) => `python3.${minor}`),
    ...others.sort(compare).map((name) => join(versions, name, 'bin/python3')),
  ];
}

async function ask(python: string, path: string | undefined): Promise<Django | undefined> {
  const answer = await run(python, path, ['--versions'], '').catch(() => undefined);
  if (answer?.code !== 0) return undefined;
  return { versions: versionsSchema.parse(JSON.parse(answer.out)), python, path };
}

/** How each snippet ended. @throws {Error} when Django itself does not start. */
export async function runSnippets(
  { python, path }: Django,
  snippets: readonly Snippet[],
): Promise<Map<string, Outcome>> {
  const { code, out, errors } = await run(python, path, [], JSON.stringify(snippets));
  if (code !== 0) throw new Error(`${python} ${program} ended with ${code}:\n${errors.trim()}`);
  const outcomes = out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => outcomeSchema.parse(JSON.parse(line)));
  return new Map(outcomes.map((outcome) => [outcome.id, outcome]));
}

async function run(python: string, path: string | undefined, args: readonly string[], input: string) {
  const child = spawn(python, [program, ...args], {
    env: { ...process.env, ...(path !== undefined && { PYTHONPATH: path }) },
  });
  const exited = once(child, 'close');
  child.stdin.on('error', () => {}); // A Python that ends at once has said why elsewhere.
  child.stdin.end(input);
  const [[code], out, errors] = await Promise.all([exited, text(child.stdout), text(child.stderr)]);
  return { code: Number(code), out, errors };
}
