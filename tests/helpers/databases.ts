import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { clusterOf } from './one-run.js';
import { freePort } from './ports.js';

/** A real database server of the tests' own. */
export interface Database {
  /** What `DATABASE_URL` takes; an empty database. */
  readonly url: string;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
  /** Ends the server at once, as a crash would; {@link start} goes on with the same data and port. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

const run = promisify(execFile);
const password = 'se-cret';

/** Undefined, with one line that says so, where redis-server is not installed; throws there under CI. */
export async function startRedis(): Promise<Database | undefined> {
  const binary = find('redis-server', path());
  if (binary === undefined) return absent('redis-server');
  const options = ['--bind', '127.0.0.1', '--requirepass', password];
  // With `everysec`, a machine that is slow to sync keeps writes back for two seconds: a kill would lose what was answered.
  const kept = ['--appendonly', 'yes', '--appendfsync', 'always', '--save', ''];
  return startServer({
    url: (port) => `redis://:${password}@127.0.0.1:${port}`,
    ready: /Ready to accept connections/,
    crash: 'SIGKILL',
    prepare: async () => {},
    command: (dir, port) => [binary, ...options, ...kept, '--port', `${port}`, '--dir', dir],
  });
}

/** As {@link startRedis}, for PostgreSQL; Debian keeps its programs out of the path. */
export async function startPostgres(): Promise<Database | undefined> {
  const dirs = [...debianPostgres(), ...path()];
  const postgres = find('postgres', dirs);
  const initdb = find('initdb', dirs);
  if (postgres === undefined || initdb === undefined) return absent('postgres');
  // The machine does not lose its power in these tests: without syncs they take a third of the time.
  const options = ['-c', 'listen_addresses=127.0.0.1', '-c', 'shared_buffers=16MB', '-c', 'fsync=off'];
  return startServer({
    url: (port) => `postgresql://drills@127.0.0.1:${port}/postgres`,
    ready: /ready to accept connections/,
    crash: 'SIGQUIT',
    prepare: async (dir) => {
      await run('cp', ['-a', `${await madeCluster(initdb)}/.`, dir], unprivileged());
    },
    command: (dir, port) => [postgres, '-D', dir, '-k', dir, '-p', `${port}`, ...options],
  });
}

/**
 * An empty cluster, which the servers of a run start from as copies: to make one takes ten times as long. It goes with
 * the run, whose process is the parent of the workers' (see one-run.ts).
 */
async function madeCluster(initdb: string): Promise<string> {
  const shared = clusterOf(tmpdir(), process.ppid);
  if (existsSync(shared)) return shared;
  const dir = mkdtempSync(join(tmpdir(), 'drills-cluster-'));
  const { uid, gid } = unprivileged();
  if (uid !== undefined && gid !== undefined) chownSync(dir, uid, gid);
  const options = { ...unprivileged(), cwd: dir };
  await run(initdb, ['-D', dir, '-U', 'drills', '-A', 'trust', '-E', 'UTF8', '--no-sync'], options);
  // Another worker can have been quicker, whose cluster is as good.
  await rename(dir, shared).catch(() => rm(dir, { recursive: true, force: true }));
  return shared;
}

interface Server {
  url(port: number): string;
  readonly ready: RegExp;
  prepare(dir: string): Promise<void>;
  command(dir: string, port: number): [program: string, ...args: string[]];
  /** Ends it at once, as a crash would, but with its own child processes. */
  readonly crash: NodeJS.Signals;
}

async function startServer(server: Server): Promise<Database> {
  const dir = mkdtempSync(join(tmpdir(), 'drills-db-'));
  const { uid, gid } = unprivileged();
  if (uid !== undefined && gid !== undefined) chownSync(dir, uid, gid);
  await server.prepare(dir);
  let port = await freePort();
  let child: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null) return;
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill(server.crash);
    await ended;
  };
  const database: Database = {
    get url() {
      return server.url(port);
    },
    kill,
    start: async () => {
      child = await untilReady(server.command(dir, port), dir, server.ready);
    },
    stop: async () => {
      await kill();
      // A child of the server can still be writing for a moment.
      await rm(dir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
  for (let left = 3; ; left--) {
    try {
      await database.start();
      return database;
    } catch (error) {
      // Somebody else can have taken the port meanwhile.
      if (left === 1) throw error;
      port = await freePort();
    }
  }
}

/** Resolves when the server says that it is ready; rejects with its output when it ends before. */
function untilReady(
  [program, ...args]: [string, ...string[]],
  dir: string,
  ready: RegExp,
): Promise<ChildProcess> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: dir, ...unprivileged(), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const listen = (chunk: Buffer): void => {
      output += chunk.toString();
      if (ready.test(output)) resolve(child);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('error', reject);
    child.once('exit', () => reject(new Error(`${program} ended:\n${output}`)));
  });
}

/** PostgreSQL refuses to run as root: 65534 is `nobody` on every system we know. */
function unprivileged(): { uid?: number; gid?: number } {
  return process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
}

/** Where a program is; undefined, with one line that says so, where it is not installed; throws there under CI. */
export function programOf(program: string): string | undefined {
  return find(program, path()) ?? absent(program);
}

function absent(program: string): undefined {
  const line = `${program} is not installed: its tests are left out`;
  const { CI } = process.env;
  if (CI) throw new Error(line);
  process.stderr.write(`${line}\n`);
  return undefined;
}

function path(): string[] {
  const { PATH = '' } = process.env;
  return PATH.split(delimiter);
}

function find(program: string, dirs: readonly string[]): string | undefined {
  return dirs.map((dir) => join(dir, program)).find((file) => existsSync(file));
}

function debianPostgres(): string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  const newestFirst = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return newestFirst.map((version) => join(root, version, 'bin'));
}
