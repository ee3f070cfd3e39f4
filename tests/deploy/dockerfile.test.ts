import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readConfig } from '../../src/app/config.js';
import { startDiscord } from '../helpers/discord.js';
import { assemble, snapshot } from './assembled.js';
import { environmentOf, execForm, lastOf, stagesOf, wordsOf } from './dockerfile.js';
import { root } from './files.js';

const [build, image] = stagesOf();
if (!build || !image) throw new Error('The Dockerfile has a stage that builds and one that runs');

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

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
    for (const secret of ['.env', 'data', '.git']) expect(ignored).toContain(secret);
  });

  it('runs scripts that the package has', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const called = wordsOf(build, 'RUN').flatMap((words) => [...words.matchAll(/npm run ([\w:]+)/g)]);
    expect(called.map(([, name]) => name)).toEqual(['build']);
    expect(scripts.build).toBeDefined();
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
    await expect.poll(() => said, { timeout: 20_000 }).toContain('"msg":"Ready"');
    expect(await isHealthy()).toBe(true);
    bot.kill(lastOf(image, 'STOPSIGNAL') as NodeJS.Signals);
    expect((await ended)[0]).toBe(0);
    const allowed = /^dist\/bank\.json|^dist /;
    const wrote = (await snapshot(dir)).filter((file) => !before.includes(file));
    // Where the test could not become somebody else, the bot keeps what it has read of the bank.
    expect(wrote.filter((file) => as.uid !== undefined || !allowed.test(file))).toEqual([]);
  });
});
