import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { LocalDiscord } from 'local-discord';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { openStore } from '../src/store/open.js';
import { Batch, recordType, type Store } from '../src/store/store.js';
import { demoQuestions } from './helpers/banks.js';
import { startDiscord } from './helpers/discord.js';
import { freePort } from './helpers/ports.js';
import { listeningLog } from './helpers/store.js';

/** The built process, as `npm start` and a production install run it; `npm test` builds it first. */
const root = fileURLToPath(new URL('..', import.meta.url));
const entry = 'dist/bundle/src/index.js';

interface Run {
  readonly child: ChildProcess;
  /** Everything that it printed so far. */
  readonly output: { out: string; err: string };
  /** Resolves with the exit code, or with the signal's name. */
  readonly ended: Promise<number | string>;
  /** Resolves when it has printed this; rejects when it ends before. */
  said(words: string): Promise<void>;
}

async function temporaryDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'drills-index-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

/** Runs it in a directory of its own, so that no `.env` or data of the developer gets in. */
async function run(
  env: Record<string, string> = {},
  dir?: string,
  { cwd = dir, args = [] }: { readonly cwd?: string | undefined; readonly args?: readonly string[] } = {},
): Promise<Run> {
  cwd ??= await temporaryDir();
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [join(dir ?? root, entry), ...args], {
    cwd,
    env: { PATH, QUESTIONS_DIR: demoQuestions, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const output = { out: '', err: '' };
  const listeners = new Set<() => void>();
  for (const [name, stream] of [
    ['out', child.stdout],
    ['err', child.stderr],
  ] as const) {
    stream.on('data', (chunk: Buffer) => {
      output[name] += chunk.toString();
      for (const listener of listeners) listener();
    });
  }
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  const said = (words: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (!output.out.includes(words)) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
      ended.then((code) => reject(new Error(`Ended with ${code}:\n${output.out}${output.err}`)));
    });
  return { child, output, ended, said };
}

const connection = ({ token, apiUrl }: LocalDiscord) => ({ DISCORD_TOKEN: token, DISCORD_API_URL: apiUrl });

describe('a start that cannot succeed', () => {
  it('names all wrong variables at once and ends with 2', async () => {
    const { ended, output } = await run({
      SHARDS: 'x',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://u:hush@h/d',
    });
    expect(await ended).toBe(2);
    for (const name of ['SHARDS', 'LOG_LEVEL', 'DATABASE_URL']) expect(output.err).toContain(name);
    expect(output.err).not.toMatch(/hush|^\s+at /m);
  });

  it.each([entry, 'scripts/build.mjs'])(
    'says which Node.js it needs on an older one: %s',
    async (program) => {
      const versions =
        "Object.defineProperty(process,'versions',{value:{...process.versions,node:'18.20.8'}})";
      const older = `--import=data:text/javascript,${encodeURIComponent(versions)}`;
      const child = spawn(process.execPath, [older, join(root, program)], {
        cwd: await temporaryDir(),
        env: {},
      });
      const ended = once(child, 'exit');
      const said = await text(child.stderr);
      expect(said).toContain('This needs Node.js 20.19 or newer, and runs on 18.20.8.');
      expect(said.trim().split('\n')).toHaveLength(2);
      expect((await ended)[0]).toBe(2);
    },
  );

  it('says what it does not understand on the command line', async () => {
    const { ended, output } = await run({}, undefined, { args: ['--fersh'] });
    expect(await ended).toBe(2);
    expect(output.err).toBe(
      '--fersh is not understood. The one option is --fresh, which begins the sandbox anew: npm start -- --fresh\n',
    );
  });

  // What else can be wrong is looked at without a process, in app/start-failures.test.ts.
  it('explains in a few lines, without its password, a Redis that is not there', async () => {
    const { ended, output } = await run({
      DISCORD_TOKEN: 'a.b.c',
      DISCORD_API_URL: 'http://127.0.0.1:1/api',
      DATABASE_URL: 'redis://:hush@127.0.0.1:1',
    });
    expect(await ended).toBe(2);
    expect(output.err).toContain('DATABASE_URL');
    expect(output.err).not.toMatch(/hush|^\s+at /m);
    expect(output.err.split('\n').length).toBeLessThan(8);
  });
});

/** What was built, with all packages but those that only the sandbox needs. */
async function productionInstall(): Promise<string> {
  const dir = await temporaryDir();
  await cp(join(root, 'dist/bundle'), join(dir, 'dist/bundle'), { recursive: true });
  await cp(join(root, 'package.json'), join(dir, 'package.json'));
  await mkdir(join(dir, 'node_modules'));
  for (const name of await readdir(join(root, 'node_modules'))) {
    if (name !== 'local-discord')
      await symlink(join(root, 'node_modules', name), join(dir, 'node_modules', name));
  }
  return dir;
}

describe('a production install', () => {
  it('says in two lines what to do without a token, reads a .env file, which the environment overrules, and runs', async () => {
    const dir = await productionInstall();
    const none = await run({}, dir);
    expect(await none.ended).toBe(2);
    expect(none.output.err.trim().split('\n')).toHaveLength(2);
    expect(none.output.err).toContain('DISCORD_TOKEN');

    const discord = await startDiscord();
    await writeFile(
      join(dir, '.env'),
      `DISCORD_TOKEN=${discord.token}\nLOG_LEVEL=loud\nREQUESTS_PER_SECONDS=9\n`,
    );
    const wrong = await run({ DISCORD_API_URL: discord.apiUrl }, dir);
    expect(await wrong.ended).toBe(2);
    expect(wrong.output.err).toContain('LOG_LEVEL');
    expect(wrong.output.err).toContain('did you mean REQUESTS_PER_SECOND?');
    const right = await run({ DISCORD_API_URL: discord.apiUrl, LOG_LEVEL: 'info', HEALTH_PROT: '1' }, dir);
    await right.said('"msg":"Ready"');
    expect(right.output.out.match(/did you mean [A-Z_]+/g)).toEqual([
      'did you mean REQUESTS_PER_SECOND',
      'did you mean HEALTH_PORT',
    ]);
    right.child.kill('SIGTERM');
    expect(await right.ended).toBe(0);
    expect(right.output.err).toBe('');
  });
});

describe('a running bot', () => {
  it('stops when npm is ended, whose shell passes no signal on', async () => {
    const discord = await startDiscord();
    const { PATH = '' } = process.env;
    // What npm runs; the second command keeps any shell from becoming the first.
    const shell = spawn('sh', ['-c', `"${process.execPath}" "${join(root, entry)}"; true`], {
      cwd: await temporaryDir(),
      env: { PATH, QUESTIONS_DIR: demoQuestions, npm_lifecycle_event: 'start', ...connection(discord) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void shell.kill('SIGKILL'));
    let said = '';
    const ended = new Promise<void>((resolve) => void shell.stdout.once('close', resolve));
    const ready = new Promise<void>((resolve) =>
      shell.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('"msg":"Ready"')) resolve();
      }),
    );
    await ready;
    shell.kill('SIGTERM');
    await ended;
    expect(said).toContain('"signal":"npm has ended","msg":"Stopping');
    expect(discord.gateway.connected).toBe(false);
  });

  it('stops on SIGINT with 0 while a message waits for its retry', async () => {
    const discord = await startDiscord();
    const server = discord.server('Study group');
    const ada = discord.member('Ada', { server });
    const bot = await run(connection(discord));
    await bot.said('"msg":"Ready"');
    const heldUp = new Promise<void>((resolve) => {
      const isMessage = ({ method, path }: { method: string; path: string }): boolean => {
        const isOne = method === 'POST' && /^\/channels\/\d+\/messages$/.test(path);
        if (isOne) resolve();
        return isOne;
      };
      discord.faults.next(isMessage, { status: 429, retryAfter: 60, times: 10 });
    });
    await ada.slash('/quiz start lobby:0 topic:queries');
    await heldUp;
    bot.child.kill('SIGINT');
    expect(await bot.ended).toBe(0);
    expect(bot.output.err).toBe('');
  });

  it('stops on a signal that comes before it is ready', async () => {
    const discord = await startDiscord();
    const asked = new Promise<void>((resolve) => {
      const isLogin = ({ path }: { path: string }): boolean => {
        if (path.endsWith('/gateway/bot')) resolve();
        return path.endsWith('/gateway/bot');
      };
      discord.faults.next(isLogin, { delayMs: 60_000 });
    });
    const bot = await run(connection(discord));
    await asked;
    bot.child.kill('SIGTERM');
    expect(await bot.ended).toBe(0);
  });

  it('ends with 2 and says why when its token is reset while it runs, and never prints the token', async () => {
    const discord = await startDiscord();
    const bot = await run({ ...connection(discord), LOG_LEVEL: 'trace' });
    await bot.said('"msg":"Ready"');
    discord.faults.dropGateway({ resumable: false, code: 4004 });
    expect(await bot.ended).toBe(2);
    expect(bot.output.err).toContain('its token was reset');
    expect(bot.output.out + bot.output.err).not.toContain(discord.token);
  });

  it('goes on when its log cannot be written', async () => {
    const discord = await startDiscord();
    const { PATH = '' } = process.env;
    const full = openSync('/dev/full', 'w');
    onTestFinished(() => closeSync(full));
    const child = spawn(process.execPath, [join(root, entry)], {
      cwd: await temporaryDir(),
      env: { PATH, QUESTIONS_DIR: demoQuestions, LOG_FORMAT: 'json', ...connection(discord) },
      stdio: ['ignore', full, 'pipe'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    let told = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      told += chunk.toString();
    });
    const ended = once(child, 'close');
    await expect
      .poll(() => discord.gateway.connected && told, { timeout: 60_000 })
      .toContain('goes on without it');
    child.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
  });
});

const note = recordType('note', z.string());

async function inStore<T>(url: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(url, listeningLog().log);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

describe('without a token', () => {
  it('runs in the sandbox with a page and a database of its own, which it keeps, or begins anew with --fresh', async () => {
    const cwd = await temporaryDir();
    const database = `sqlite://${join(cwd, 'data/sandbox.sqlite')}`;
    await inStore(database, (store) => store.commit(new Batch().put(note, 'kept', () => 'of before')));
    const port = await freePort();
    const env = { SANDBOX_PORT: String(port), DATABASE_URL: 'sqlite://real.sqlite' };
    const bot = await run(env, undefined, { cwd });
    await bot.said('"msg":"Ready"');
    expect(bot.output.out).toContain(`http://localhost:${port}/`);
    expect(bot.output.out).toContain('DISCORD_TOKEN');
    const page = await (await fetch(`http://127.0.0.1:${port}/`)).text();
    expect(page).toContain('Interview Drills: sandbox');
    bot.child.kill('SIGTERM');
    expect(await bot.ended).toBe(0);
    expect(await inStore(database, (store) => store.get(note, 'kept'))).toBe('of before');

    await writeFile(join(cwd, 'data/sandbox.json'), '{"not": "what it keeps: 4711"}');
    const fresh = await run(env, undefined, { cwd, args: ['--fresh'] });
    await fresh.said('"msg":"Ready"');
    fresh.child.kill('SIGTERM');
    expect(await fresh.ended).toBe(0);
    expect(await inStore(database, (store) => store.get(note, 'kept'))).toBeUndefined();
    expect(await readFile(join(cwd, 'data/sandbox.json'), 'utf8')).not.toContain('4711');
    expect((await readdir(cwd)).sort()).toEqual(['data']);
  });

  it('ends with 2 in production, and says why', async () => {
    const { ended, output } = await run({ NODE_ENV: 'production' });
    expect(await ended).toBe(2);
    expect(output.err).toContain('There is no DISCORD_TOKEN, and NODE_ENV says that this is production.');
  });
});
