import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { startDiscord } from '../helpers/discord.js';
import { scriptOf } from './chroot.js';
import { stagesOf } from './dockerfile.js';

/**
 * `IMAGE=1 npx vitest run tests/deploy/image.test.ts` as root on a Debian builds the whole image, packages and all:
 * minutes, and much of the network. The ordinary suite puts the image together from what is built already.
 */
const { IMAGE } = process.env;

it.runIf(IMAGE)(
  'every step of the Dockerfile can be followed, and what comes out runs',
  { timeout: 900_000 },
  async () => {
    const [build, image] = stagesOf();
    if (!build || !image) throw new Error('The Dockerfile has two stages');
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
  },
);
