import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { onTestFinished } from 'vitest';
import { openStore } from '../../src/store/open.js';
import type { Store } from '../../src/store/store.js';

export interface TempStore {
  /** The store as it was opened last. */
  store: Store;
  readonly url: string;
  readonly path: string;
  /** What was logged, newest last. */
  readonly lines: LogLine[];
  readonly log: Logger;
  /** Closes the store and opens it again: what a restart finds. */
  reopen(): Promise<Store>;
}

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly key?: unknown;
  readonly reason?: unknown;
  readonly copy?: unknown;
  readonly [name: string]: unknown;
}

/** A logger that keeps its lines. */
export function listeningLog(): { log: Logger; lines: LogLine[] } {
  const lines: LogLine[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}

/** An empty directory that goes when the test has ended. */
export async function tempDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'drills-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** A real SQLite store in a directory of its own; closed and removed when the test has ended. */
export async function tempStore(): Promise<TempStore> {
  const path = join(await tempDir(), 'drills.sqlite');
  const { log, lines } = listeningLog();
  const url = `sqlite://${path}`;
  const temp: TempStore = {
    store: await openStore(url, log),
    url,
    path,
    lines,
    log,
    async reopen() {
      await temp.store.close();
      temp.store = await openStore(url, log);
      return temp.store;
    },
  };
  onTestFinished(() => temp.store.close());
  return temp;
}
