import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, HTTPError } from 'discord.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigError } from '../../src/app/config.js';
import { explainStartFailure } from '../../src/app/start-failures.js';
import { BankError } from '../../src/bank/faults.js';
import { loadBank } from '../../src/bank/load.js';
import { CommandError } from '../../src/discord/errors.js';
import { startSandbox } from '../../src/sandbox/start.js';
import { openStore } from '../../src/store/open.js';
import { StoreError } from '../../src/store/store.js';
import { startTheBot } from '../helpers/bot.js';
import { startDiscord } from '../helpers/discord.js';
import { listeningLog, tempDir } from '../helpers/store.js';

const config = { token: 'a-token', apiUrl: undefined, healthPort: 9090, healthHost: 'healthy' };

function withCode(message: string, code: string, more: object = {}): Error {
  return Object.assign(new Error(message), { code, ...more });
}

function tokenInvalid(): Error {
  // Its constructor is not in discord.js's types.
  const Thrown = DiscordjsError as unknown as new (code: DiscordjsErrorCodes) => Error;
  return new Thrown(DiscordjsErrorCodes.TokenInvalid);
}

const unauthorized = new DiscordAPIError(
  { code: 0, message: '401: Unauthorized' },
  0,
  401,
  'GET',
  'https://discord.com/api/v10/gateway/bot',
  { body: undefined, files: undefined },
);

const fault = { file: 'questions/django/orm.yaml', line: 7, message: 'no source', remedy: 'add one' };

describe('a failed start is explained', () => {
  it.each([
    [
      'environment',
      new ConfigError([{ variable: 'SHARDS', problem: 'is odd', example: '0' }]),
      ['SHARDS is odd, e.g. 0'],
    ],
    ['question file', new BankError([fault, { ...fault, line: 9 }]), ['orm.yaml:7', 'orm.yaml:9', 'add one']],
    ['command file', new CommandError('commands/x.js: no.'), ['commands/x.js: no.']],
    [
      'database',
      new StoreError('could not open', { cause: withCode('', 'SQLITE_NOTADB') }),
      ['DATABASE_URL', 'could not open', 'SQLITE_NOTADB'],
    ],
    ['token', tokenInvalid(), ['does not accept the token', 'Reset Token']],
    ['token at REST', unauthorized, ['does not accept the token']],
    ['token at the gateway', new Error('Authentication failed'), ['does not accept the token']],
    ['intents', new Error('Used disallowed intents'), ['intents']],
    ['shards', new Error('Invalid shard'), ['SHARD_COUNT']],
    [
      'network',
      new TypeError('fetch failed', { cause: withCode('getaddrinfo', 'ENOTFOUND') }),
      ['Discord could not be reached (ENOTFOUND)'],
    ],
    [
      'network by two addresses',
      new AggregateError([withCode('connect', 'ECONNREFUSED')]),
      ['Discord could not be reached (ECONNREFUSED)'],
    ],
    [
      'server',
      new HTTPError(503, 'Service Unavailable', 'GET', 'x', { body: undefined, files: undefined }),
      ['answered with status 503'],
    ],
    ['port', withCode('listen', 'EADDRINUSE', { port: 9090 }), ['Port 9090 is in use', 'HEALTH_PORT']],
    ['page', withCode('listen', 'EADDRINUSE', { port: 3000 }), ['Port 3000 is in use', 'SANDBOX_PORT']],
    [
      'port of the system',
      withCode('listen EACCES', 'EACCES', { syscall: 'listen', port: 80 }),
      ['Port 80 may not be used', 'SANDBOX_PORT', 'from 1024'],
    ],
    [
      'address of another machine',
      withCode('listen', 'EADDRNOTAVAIL', { syscall: 'listen', address: '192.0.2.1', port: 9090 }),
      ['192.0.2.1 is no address of this machine', 'HEALTH_HOST'],
    ],
    [
      'name for an address',
      withCode('getaddrinfo', 'ENOTFOUND', { hostname: 'healthy' }),
      ['healthy is no address of this machine', 'HEALTH_HOST'],
    ],
  ])('by a fault of the %s', (_, error, words) => {
    const text = explainStartFailure(error, config)?.join('\n');
    for (const word of words) expect(text).toContain(word);
    expect(text).not.toMatch(/\n\s+at /);
  });

  it('in two lines where the sandbox is not installed', () => {
    const missing = withCode(
      "Cannot find package 'lit' imported from /srv/dist/src/sandbox/page.js",
      'ERR_MODULE_NOT_FOUND',
    );
    const lines = explainStartFailure(missing, { ...config, token: undefined });
    expect(lines).toHaveLength(2);
    expect(lines?.join()).toContain('DISCORD_TOKEN');
  });

  it('by the sandbox’s own files, whatever DATABASE_URL says', () => {
    const lines = explainStartFailure(new StoreError('no right to write'), { ...config, token: undefined });
    expect(lines?.join('\n')).toContain('data/');
    expect(lines?.join('\n')).toContain('no right to write');
    expect(lines?.join('\n')).not.toContain('DATABASE_URL');
  });

  it('by the address that was asked, when it is not Discord itself', () => {
    const error = withCode('connect', 'ECONNREFUSED');
    const lines = explainStartFailure(error, { ...config, apiUrl: 'http://127.0.0.1:4000/api' });
    expect(lines?.[0]).toContain('http://127.0.0.1:4000/api could not be reached');
  });

  it.each([
    new TypeError('x is not a function'),
    withCode("Cannot find package 'zod' imported from /srv/dist/src/config.js", 'ERR_MODULE_NOT_FOUND'),
    'a thrown string',
    undefined,
  ])('but not where it is a bug: %s', (thrown) => {
    expect(explainStartFailure(thrown, config)).toBeUndefined();
  });
});

/** A port that another program has. */
async function takenPort(): Promise<number> {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  return (other.address() as AddressInfo).port;
}

/** What really fails, not what is made up: of index.test.ts one such start is a process of its own. */
const attempts: Readonly<
  Record<string, () => Promise<readonly [attempt: Promise<unknown>, ...words: string[]]>>
> = {
  'there are no such questions': async () => [loadBank('nowhere'), 'nowhere'],
  'a database is none': async () => {
    const file = join(await tempDir(), 'letter.txt');
    await writeFile(file, 'Dear Ada, this is no database.\n'.repeat(100));
    return [openStore(`sqlite://${file}`, listeningLog().log), 'DATABASE_URL'];
  },
  'the port of the health page is taken': async () => {
    const port = await takenPort();
    const env = { HEALTH_PORT: String(port) };
    return [startTheBot(await startDiscord(), { env }), `Port ${port} is in use`, 'HEALTH_PORT'];
  },
  'the port of the sandbox is taken': async () => {
    const port = await takenPort();
    return [startSandbox({ port, log: listeningLog().log }), `Port ${port} is in use`, 'SANDBOX_PORT'];
  },
};

describe('a start fails, and it is explained in a few lines', () => {
  it.each(Object.entries(attempts))('when %s', async (name, attempt) => {
    const [starting, ...words] = await attempt();
    const failure: unknown = await starting.then(
      () => expect.unreachable(name),
      (error: unknown) => error,
    );
    const [, port = '0'] = /Port (\d+)/.exec(words.join()) ?? [];
    const healthPort = words.includes('HEALTH_PORT') ? Number(port) : undefined;
    const lines = explainStartFailure(failure, { ...config, healthPort });
    for (const word of words) expect(lines?.join('\n')).toContain(word);
    expect(lines?.join('\n')).not.toMatch(/\n\s+at /);
    expect(lines?.length).toBeLessThan(7);
  });
});
