import { rmSync } from 'node:fs';
import type { Logger } from 'pino';
import type { App } from './app/app.js';
import type { Bot } from './app/bot.js';
import { type Config, readConfig } from './app/config.js';
import { useEnvironment } from './app/environment.js';
import { createLog, scrubber } from './app/log.js';
import { requireNode } from './app/node-version.js';
import { wantsFresh } from './app/options.js';
import { whenOrphaned } from './app/orphan.js';
import { stackOf } from './app/stack.js';
import { explainStartFailure, NoTokenError } from './app/start-failures.js';
import { tidyMemorySoon } from './app/tidy-memory.js';
import { loadBankCached } from './bank/load-cached.js';
import { type Clock, shiftableClock, systemClock } from './time/clock.js';

/**
 * The process. It ends with
 * - 0 when it was asked to stop (SIGTERM, SIGINT) and did;
 * - 1 after a fault of its own, which is in the log, or when it had to be stopped by force;
 * - 2 when it cannot start as it is set up; a few lines on standard error say what to do.
 */
const exitCodes = { stopped: 0, fault: 1, cannotStart: 2 } as const;

/** Of the five seconds that a stop may take; what is left is for the operating system. */
const stopWithinMs = 4_500;

/** What the sandbox remembers, beside the bot's own data. */
const sandboxFile = 'data/sandbox.json';
/** The bot's data in the sandbox: its clock can be shifted there, which real data must not see. */
const sandboxDatabase = 'data/sandbox.sqlite';

/** The sandbox's Discord has no limit, and its days pass quickly. */
const sandboxRequests = 10_000;

/** What in the environment is not read, though it seems to be meant for the bot. */
let oddities: readonly string[] = [];
/** Whether the sandbox begins without what it has kept. */
let fresh = false;
let config: Config | undefined;
let log: Logger | undefined;
let bot: Bot | undefined;
/** The same in the sandbox, whose page knows more of it. */
let app: App | undefined;
let closeSandbox = async (): Promise<void> => {};
let started = false;
let stopping = false;
let reloadWhenStarted = false;

process.on('uncaughtException', (error) => end(error));
process.on('unhandledRejection', (reason) => end(reason));
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
// A terminal that closes ends what runs in it; elsewhere the signal asks to read the question bank again.
const hangsUp = process.stdin.isTTY === true || process.stdout.isTTY === true;
process.on('SIGHUP', () => void (hangsUp ? stop('SIGHUP') : reloadBank()));
if (process.env['npm_lifecycle_event'] === 'start') whenOrphaned(() => void stop('npm has ended'));

try {
  requireNode(process.versions.node);
  // A `.env` beside the project is convenient and optional; what is in the environment already wins.
  oddities = useEnvironment(process.env);
  fresh = wantsFresh(process.argv.slice(2), process.env);
  await start();
} catch (error) {
  end(error);
}

async function start(): Promise<void> {
  config = readConfig(process.env, process.stdout.isTTY === true);
  const bank = loadBankCached(config.questionsDir);
  // A fault of the bank is told where it is awaited.
  bank.catch(() => undefined);
  log = await createLog(config);
  for (const oddity of oddities) log.warn(oddity);
  oddities = [];
  if (fresh && config.token !== undefined) log.warn('--fresh is for the sandbox: nothing is erased.');
  const place = config.token === undefined ? await openSandbox(config, log) : { config, clock: systemClock };
  const parts = { ...place, log, bank, refused, lost };
  if (config.token === undefined) {
    const { createApp } = await import('./app/compose.js');
    bot = app = await createApp(parts);
  } else {
    const { createBot } = await import('./app/bot.js');
    bot = await createBot(parts);
  }
  if (stopping) return;
  await bot.start();
  started = true;
  tidyMemorySoon();
  if (reloadWhenStarted) void reloadBank();
}

/** `npm start -- --fresh` begins the sandbox anew. */
function forgetSandbox(): void {
  for (const file of [sandboxFile, ...['', '-wal', '-shm'].map((end) => `${sandboxDatabase}${end}`)])
    rmSync(file, { force: true });
}

async function openSandbox(settings: Config, sandboxLog: Logger): Promise<{ config: Config; clock: Clock }> {
  if (process.env['NODE_ENV'] === 'production') throw new NoTokenError('There is no DISCORD_TOKEN');
  const { startSandbox } = await import('./sandbox/start.js');
  if (fresh) forgetSandbox();
  const clock = shiftableClock();
  const sandbox = await startSandbox({
    port: settings.sandboxPort,
    log: sandboxLog,
    clock,
    keepIn: sandboxFile,
    knows: async (customId) => app?.isRight(customId),
    helps: async (customId) => app?.helpFor(customId),
    settled: async () => app?.idle(),
    reset: () => void beginAnew(),
    preview: async (id) => app?.preview(id),
  });
  closeSandbox = () => sandbox.close();
  const databaseUrl = `sqlite://${sandboxDatabase}`;
  const { token, apiUrl } = sandbox;
  return { config: { ...settings, databaseUrl, token, apiUrl, requestsPerSecond: sandboxRequests }, clock };
}

/** What the page's button does: as `--fresh` would, without ending the process. */
async function beginAnew(): Promise<void> {
  if (stopping || !started) return;
  started = false;
  log?.info('Beginning anew: what the sandbox has kept is erased.');
  try {
    await app?.stop();
    await closeSandbox();
    forgetSandbox();
    await start();
  } catch (error) {
    end(error);
  }
}

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const authenticationFailed = 4004;

/** Discord will not have this bot any more, e.g. because its token was reset: only somebody who sets it up can help. */
function refused(code: number): void {
  if (stopping || !started) return;
  stopping = true;
  const why =
    code === authenticationFailed
      ? 'its token was reset. Copy the new one from the Bot page of the developer portal into DISCORD_TOKEN'
      : `it closed the connection for good, with code ${code}`;
  process.stderr.write(`Discord does not let this bot in any more: ${why}, and start again.\n`);
  const end = (): never => process.exit(exitCodes.cannotStart);
  setTimeout(end, stopWithinMs).unref();
  void bot?.stop().then(end, end);
}

/** Discord stayed away for so long that this process may be the reason: whoever watches it starts another one. */
function lost(): void {
  if (stopping) return;
  stopping = true;
  const end = (): never => process.exit(exitCodes.fault);
  setTimeout(end, stopWithinMs).unref();
  void bot?.stop().then(end, end);
}

async function reloadBank(): Promise<void> {
  if (stopping) return;
  // What is read while it starts may be of before the change that the signal tells of.
  if (!started || !bot || !config) {
    reloadWhenStarted = true;
    return;
  }
  const dir = config.questionsDir;
  await bot.reloadBank(() => loadBankCached(dir));
}

/** @param signal or what else asks for it */
async function stop(signal: string): Promise<void> {
  if (stopping) process.exit(exitCodes.fault);
  stopping = true;
  log?.info({ signal }, 'Stopping; running quizzes are kept for the next start.');
  setTimeout(force, stopWithinMs).unref();
  try {
    await bot?.stop();
    await closeSandbox();
    process.exit(exitCodes.stopped);
  } catch (error) {
    if (error instanceof Error && error.name === 'SlowStopError') force();
    end(error);
  }
}

/** What is still open ends with the process, e.g. a database that does not answer. */
function force(): never {
  log?.error('Stopping took too long and is ended by force. Nothing that was acknowledged is lost.');
  process.exit(exitCodes.fault);
}

/** State may be half changed after a fault nobody expected: what is on the disk is whole, so begin again from there. */
function end(error: unknown): never {
  const explanation = started || stopping ? undefined : explainStartFailure(error, config);
  if (explanation) {
    const clean = config ? scrubber(config) : String;
    // Those that the log has not told yet: one of them may be why.
    process.stderr.write(`${clean([...explanation, ...oddities].join('\n'))}\n`);
    process.exit(exitCodes.cannotStart);
  }
  if (log) log.fatal({ err: error }, 'A fault that nobody expected; the process ends.');
  else process.stderr.write(`${error instanceof Error ? stackOf(error) : String(error)}\n`);
  process.exit(exitCodes.fault);
}
