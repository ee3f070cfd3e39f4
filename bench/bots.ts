import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { LocalDiscord } from 'local-discord';

/** A bot in a process of its own, with what the kernel says of it (Linux). */
export interface BotProcess {
  /** From the start of the process until it said that it is ready. */
  readonly readyMs: number;
  /** CPU used so far by all of its threads, in steps of 10 ms. */
  cpuMs(): number;
  residentBytes(): number;
  /** Resolves when it has nothing to do any more: for a while it has used next to no CPU. */
  rested(): Promise<void>;
  stop(): Promise<void>;
}

/** A bot that uses no tick of CPU for so long rests. */
const restMs = 200;

/** Clock ticks of `/proc/<pid>/stat` on Linux, whatever the kernel's own. */
const tickMs = 10;

/**
 * This project's bot as `npm start` runs it. `dir` holds its data, and keeps it for the next start. Discord's limit on
 * all requests is not held unless `settings` say so.
 */
export function startOurs(
  discord: LocalDiscord,
  dir: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<BotProcess> {
  const env = {
    REQUESTS_PER_SECOND: '10000',
    ...connection(discord),
    DATABASE_URL: `sqlite://${join(dir, 'drills.sqlite')}`,
    LOG_FORMAT: 'json',
    ...settings,
  };
  return start('bundle/src/index.js', /"msg":"Ready"/, env, startFlags());
}

/** The flags with which `npm start` runs Node. */
function startFlags(): string[] {
  const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return String(scripts.start)
    .split(' ')
    .filter((word) => word.startsWith('--'));
}

/** The least discord.js bot that answers a press with a message, or only says that one is coming. */
export function startLeast(discord: LocalDiscord, { defers = false, shards = 1 } = {}): Promise<BotProcess> {
  const env = { ...connection(discord), SHARD_COUNT: `${shards}`, ...(defers && { DEFERS: '1' }) };
  return start('bench/least-bot.js', /"ready":true/, env);
}

const connection = ({ token, apiUrl }: LocalDiscord) => ({ DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl });

async function start(
  program: string,
  ready: RegExp,
  env: Record<string, string>,
  flags: readonly string[] = [],
): Promise<BotProcess> {
  const startedAt = performance.now();
  const file = fileURLToPath(new URL(`../${program}`, import.meta.url));
  const { PATH = '', QUESTIONS_DIR = '' } = process.env;
  const child = spawn(process.execPath, [...flags, file], {
    env: { PATH, QUESTIONS_DIR, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const errors = await said(child, ready);
  return {
    readyMs: performance.now() - startedAt,
    cpuMs: () => cpuTicks(child) * tickMs,
    residentBytes: () => residentKilobytes(child) * 1024,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
      for (const [error, times] of errors) process.stderr.write(`${times} × ${error}\n`);
    },
    async rested() {
      for (let used = -1; used < cpuTicks(child); ) {
        used = cpuTicks(child);
        await setTimeout(restMs);
      }
    },
  };
}

/** @returns what it says of errors, and will say, with how often */
function said(child: ChildProcess, words: RegExp): Promise<ReadonlyMap<string, number>> {
  const errors = new Map<string, number>();
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`A bot ended with ${code} before it was ready`)));
    if (!child.stdout) throw new Error('A bot without output');
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (words.test(line)) resolve(errors);
      else if (/"level":[56]0|"error"/.test(line)) errors.set(line, (errors.get(line) ?? 0) + 1);
    });
  });
}

/** Fields 14 and 15 of `man 5 proc_pid_stat`, counted behind the name, which may hold anything. */
function cpuTicks({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return Number(fields[11]) + Number(fields[12]);
}

function residentKilobytes({ pid }: ChildProcess): number {
  const [, kilobytes] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes);
}
