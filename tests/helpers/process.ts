import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const entry = fileURLToPath(new URL('../../dist/bundle/src/index.js', import.meta.url));

/** The bot as an operator runs it: the built program in a process of its own. */
export interface BotProcess {
  readonly child: ChildProcess;
  /** What it logged and wrote to standard error, oldest first. */
  readonly lines: readonly string[];
  /** SIGKILL: nothing can be written any more. */
  kill(): Promise<void>;
  /** SIGTERM. @returns the exit code */
  stop(): Promise<number | null>;
  /** Resolves with the exit code when it has ended and all that it said has been read. */
  readonly ended: Promise<number | null>;
}

/**
 * Resolves when it takes interactions. Rejects with what it wrote when it ends before.
 * @param said a line of its log that is waited for instead
 */
export async function startProcess(
  env: Readonly<Record<string, string>>,
  node = process.execPath,
  said = /"msg":"Ready"/,
): Promise<BotProcess> {
  const child = spawn(node, [entry], {
    env: { PATH: process.env.PATH, LOG_FORMAT: 'json', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A test that fails leaves none behind.
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  const ended = once(child, 'close').then(([code]) => code as number | null);
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stderr }).on('line', (line) => lines.push(line));
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (said.test(line)) resolve();
    });
    ended.then((code) =>
      reject(new Error(`The bot ended with ${code} before it was ready:\n${lines.join('\n')}`)),
    );
  });
  await ready;
  return {
    child,
    lines,
    ended,
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
    async stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
