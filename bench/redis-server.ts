import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A redis-server of our own on loopback.
 * @param options as on its command line
 * @returns undefined where it is not installed
 */
export async function startRedisServer(
  dir: string,
  options: readonly string[],
): Promise<RedisServer | undefined> {
  const port = await freePort();
  const server = spawn(
    'redis-server',
    ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', dir, ...options],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  if (!(await isReady(server))) return undefined;
  return {
    url: `redis://127.0.0.1:${port}`,
    stop: async () => {
      server.kill('SIGKILL');
      await once(server, 'exit');
    },
  };
}

async function isReady(server: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.once('exit', () => resolve(false));
    server.stdout?.on('data', (lines: Buffer) => {
      if (lines.includes('Ready to accept connections')) resolve(true);
    });
  });
}

/** One that nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}
