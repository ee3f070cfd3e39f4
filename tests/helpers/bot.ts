import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalDiscord } from 'local-discord';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import type { App } from '../../src/app/app.js';
import { createApp } from '../../src/app/compose.js';
import { type Config, readConfig } from '../../src/app/config.js';
import type { Bank } from '../../src/bank/bank.js';
import type { openStore } from '../../src/store/open.js';
import { type Clock, systemClock } from '../../src/time/clock.js';
import { bankIn, demoQuestions } from './banks.js';

export { demoQuestions } from './banks.js';

export interface TestBot {
  readonly app: App;
  /** Warnings and errors that were logged. */
  readonly complaints: Record<string, unknown>[];
  readonly databaseUrl: string;
  /** Close codes with which Discord has ended the connection for good. */
  readonly refusals: readonly number[];
  /** Stops it as SIGTERM would. */
  stop(): Promise<void>;
}

export interface TestBotOptions {
  /** Read already; absent: the configured folder's. */
  readonly bank?: Promise<Bank>;
  /** How long stopping waits for Discord. */
  readonly patienceMs?: number;
  readonly clock?: Clock;
  readonly databaseUrl?: string;
  readonly env?: Record<string, string>;
  /** Opens a database that is slow or fails, say. */
  readonly open?: typeof openStore;
  /** Whether its servers are its own beyond doubt. */
  readonly isSure?: () => boolean;
}

/** What a bot complained of, but for connections that Discord took away, as it may at any time and does in chaos. */
export function troubles({ complaints }: Pick<TestBot, 'complaints'>): Record<string, unknown>[] {
  return complaints.filter(({ msg }) => msg !== 'A shard has lost Discord and reconnects');
}

/** An SQLite file in a directory of its own, removed after the test. */
export async function tempDatabaseUrl(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'drills-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return `sqlite://${join(dir, 'drills.sqlite')}`;
}

/** The whole bot of this project, logged in to a local Discord, on a real database. Stopped after the test. */
export async function startTheBot(discord: LocalDiscord, options: TestBotOptions = {}): Promise<TestBot> {
  const databaseUrl = options.databaseUrl ?? (await tempDatabaseUrl());
  const complaints: Record<string, unknown>[] = [];
  const refusals: number[] = [];
  const log = pino(
    { level: 'warn' },
    {
      write(line: string) {
        complaints.push(JSON.parse(line));
      },
    },
  );
  const config: Config = readConfig(
    {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DATABASE_URL: databaseUrl,
      QUESTIONS_DIR: demoQuestions,
      // Bursts that no real bot has: what is looked at is not the limit, unless a test says so.
      REQUESTS_PER_SECOND: '10000',
      ...options.env,
    },
    false,
  );
  const app = await createApp({
    config,
    clock: options.clock ?? systemClock,
    ...(options.patienceMs !== undefined && { patienceMs: options.patienceMs }),
    log,
    bank: options.bank ?? bankIn(config.questionsDir),
    ...(options.open && { open: options.open }),
    ...(options.isSure && { isSure: options.isSure }),
    refused: (code) => {
      refusals.push(code);
    },
  });
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) return;
    stopped = true;
    await app.stop();
  };
  onTestFinished(stop);
  await app.start();
  return { app, complaints, databaseUrl, refusals, stop };
}
