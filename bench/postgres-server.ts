import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './redis-server.js';

/** Debian keeps its programs out of the path. */
const debian = '/usr/lib/postgresql';
/** PostgreSQL refuses to run as root: 65534 is `nobody`. */
const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

/**
 * A PostgreSQL of our own on loopback, as it is out of the box: every commit is synced.
 * @param dir an empty directory
 * @returns undefined where it is not installed
 */
export async function startPostgresServer(
  dir: string,
): Promise<{ url: string; stop(): Promise<void> } | undefined> {
  const [postgres, initdb] = ['postgres', 'initdb'].map(find);
  if (!postgres || !initdb) return undefined;
  if ('uid' in nobody && nobody.uid !== undefined) chownSync(dir, nobody.uid, nobody.gid);
  const where = { cwd: dir, ...nobody };
  await promisify(execFile)(initdb, ['-D', dir, '-U', 'drills', '-A', 'trust', '-E', 'UTF8'], where);
  const port = await freePort();
  const args = ['-D', dir, '-k', dir, '-p', `${port}`, '-c', 'listen_addresses=127.0.0.1'];
  const server = spawn(postgres, args, { ...where, stdio: ['ignore', 'ignore', 'pipe'] });
  await new Promise<void>((resolve, reject) => {
    server.once('exit', () => reject(new Error('PostgreSQL ended before it was ready')));
    server.stderr.on('data', (lines: Buffer) => lines.includes('ready to accept connections') && resolve());
  });
  return {
    url: `postgresql://drills@127.0.0.1:${port}/postgres`,
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGQUIT');
      await ended;
    },
  };
}

function find(program: string): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const { PATH = '' } = process.env;
  return [...versions.map((version) => join(debian, version, 'bin')), ...PATH.split(delimiter)]
    .map((folder) => join(folder, program))
    .find((file) => existsSync(file));
}
