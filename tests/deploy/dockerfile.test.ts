import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/app/config.js';
import { startDiscord } from '../helpers/discord.js';
import { freePort } from '../helpers/ports.js';
import { assemble, snapshot } from './assembled.js';
import { scriptOf } from './chroot.js';
import { environmentOf, execForm, lastOf, stagesOf, wordsOf } from './dockerfile.js';
import { root } from './files.js';

const [build, image] = stagesOf();
if (!build || !image) throw new Error('The Dockerfile has a stage that builds and one that runs');

describe('the Dockerfile', () => {
  it('builds on the full image and runs on the slim one, of a Node that is supported', () => {
    const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    expect(build.as).toBe('build');
    expect(image.from).toMatch(/^node:\d+-\w+-slim$/);
    expect(build.from).toBe(image.from.replace('-slim', ''));
    expect(Number(/\d+/.exec(image.from))).toBeGreaterThanOrEqual(Number(/\d+/.exec(engines.node)));
  });

  it('copies only what is there, and nothing that .dockerignore leaves out', () => {
    const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
    for (const words of wordsOf(build, 'COPY')) {
      const sources = words.split(' ').slice(0, -1);
      for (const source of sources) {
        expect(existsSync(join(root, source)), source).toBe(true);
        expect(ignored).not.toContain(source);
      }
    }
    for (const secret of ['.env', 'data', 'backups', '.git']) expect(ignored).toContain(secret);
  });

  it('runs scripts that the package has', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const called = wordsOf(build, 'RUN').flatMap((words) => [...words.matchAll(/npm run ([\w:]+)/g)]);
    expect(called.map(([, name]) => name)).toEqual(['build']);
    expect(scripts.build).toBeDefined();
    expect(execForm(lastOf(image, 'CMD')).join(' ')).toBe(scripts.start);
  });

  it('runs as nobody who is root, with settings that the bot takes', () => {
    expect(lastOf(image, 'USER')).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    const config = readConfig(environmentOf(image), false);
    expect(config).toMatchObject({ databaseUrl: 'sqlite:///data/drills.sqlite', healthHost: '0.0.0.0' });
    expect(execForm(lastOf(image, 'VOLUME'))).toEqual(['/data']);
    expect(Number(lastOf(image, 'EXPOSE'))).toBe(config.healthPort);
  });

  it('starts, is found healthy, writes nothing outside of its volume, and stops with 0', async () => {
    const discord = await startDiscord();
    const { dir, data, as } = await assemble(image);
    const before = await snapshot(dir);
    const port = await freePort();
    const env = {
      PATH: process.env['PATH'],
      ...environmentOf(image),
      DATABASE_URL: `sqlite://${data}/drills.sqlite`,
      HEALTH_HOST: '127.0.0.1',
      HEALTH_PORT: String(port),
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
    };
    const run = (words: string) => {
      const [program = '', ...args] = execForm(words);
      const child = spawn(program === 'node' ? process.execPath : program, args, { cwd: dir, env, ...as });
      onTestFinished(() => void child.kill('SIGKILL'));
      return child;
    };
    const isHealthy = async (): Promise<boolean> =>
      (await once(run(lastOf(image, 'HEALTHCHECK')), 'close'))[0] === 0;
    expect(await isHealthy()).toBe(false);
    const bot = run(lastOf(image, 'CMD'));
    let said = '';
    for (const stream of [bot.stdout, bot.stderr])
      stream.on('data', (chunk: Buffer) => {
        said += chunk.toString();
      });
    const ended = once(bot, 'close');
    await expect.poll(() => said, { timeout: 60_000 }).toContain('"msg":"Ready"');
    expect(await isHealthy()).toBe(true);
    bot.kill(lastOf(image, 'STOPSIGNAL') as NodeJS.Signals);
    expect((await ended)[0]).toBe(0);
    // What the build has read of the bank is there, so that no start of an image reads all questions.
    expect(before.some((file) => file.startsWith('dist/bundle/bank-'))).toBe(true);
    expect(await snapshot(dir)).toEqual(before);
  });
});

/**
 * `IMAGE=1 npx vitest run tests/deploy/dockerfile.test.ts`, as root on a Debian, builds the whole image, packages and
 * all: minutes, and much of the network. The ordinary suite puts it together from what is built already, as above.
 */
const { IMAGE } = process.env;
if (IMAGE)
  it('every step of the Dockerfile can be followed, and what comes out runs', {
    timeout: 900_000,
  }, async () => {
    const discord = await startDiscord();
    const dir = await mkdtemp(join(tmpdir(), 'drills-container-'));
    onTestFinished(() => rm(dir, { recursive: true, force: true }));
    const script = scriptOf(build, image, {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      HEALTH_HOST: '127.0.0.1',
    });
    await writeFile(join(dir, 'script'), script);
    const { stdout } = await promisify(execFile)('unshare', ['--mount', 'bash', 'script'], {
      cwd: dir,
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(
      stdout
        .trim()
        .split('\n')
        .filter((line) => !line.startsWith('drills.sqlite')),
    ).toEqual(['healthy', 'unwritable', 'stopped 0']);
    expect(stdout).toContain('drills.sqlite\n');
  });
