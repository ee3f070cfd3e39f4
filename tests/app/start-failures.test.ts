import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, HTTPError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { ConfigError } from '../../src/app/config.js';
import { explainStartFailure } from '../../src/app/start-failures.js';
import { BankError } from '../../src/bank/faults.js';
import { CommandError } from '../../src/discord/errors.js';
import { StoreError } from '../../src/store/store.js';

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
