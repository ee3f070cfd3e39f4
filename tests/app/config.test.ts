import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { alsoRead, ConfigError, readConfig, variableNames } from '../../src/app/config.js';

function faultsOf(env: Record<string, string>): string[] {
  try {
    readConfig(env, false);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n');
    throw error;
  }
}

describe('the environment', () => {
  it('needs nothing at all', () => {
    expect(readConfig({}, false)).toEqual({
      token: undefined,
      apiUrl: undefined,
      databaseUrl: 'sqlite://data/drills.sqlite',
      questionsDir: 'questions',
      logLevel: 'info',
      logFormat: 'json',
      sandboxPort: 3000,
      shards: { ids: undefined, count: undefined },
      requestsPerSecond: 50,
      healthPort: undefined,
      healthHost: '127.0.0.1',
    });
  });

  it('writes pretty logs on a terminal unless it is told otherwise', () => {
    expect(readConfig({}, true).logFormat).toBe('pretty');
    expect(readConfig({ LOG_FORMAT: 'json' }, true).logFormat).toBe('json');
  });

  it('takes an empty variable for an absent one', () => {
    expect(readConfig({ DISCORD_TOKEN: '', SHARDS: ' ', HEALTH_PORT: '' }, false)).toEqual(
      readConfig({}, false),
    );
  });

  it.each([
    ['http://127.0.0.1:4000/api', 'http://127.0.0.1:4000/api'],
    ['http://127.0.0.1:4000/api/', 'http://127.0.0.1:4000/api'],
    ['https://proxy.example/discord/api/v10/', 'https://proxy.example/discord/api'],
  ])('reads DISCORD_API_URL %s as %s', (text, url) => {
    expect(readConfig({ DISCORD_API_URL: text }, false).apiUrl).toBe(url);
  });

  it.each([
    ['0', [0]],
    ['0,1', [0, 1]],
    ['3, 1,1', [1, 3]],
    ['0-3', [0, 1, 2, 3]],
    ['0-1,3', [0, 1, 3]],
  ])('reads SHARDS=%s as %j', (text, ids) => {
    expect(readConfig({ SHARDS: text, SHARD_COUNT: '4' }, false).shards).toEqual({ ids, count: 4 });
  });

  it('runs all shards of a count when only the count is given', () => {
    expect(readConfig({ SHARD_COUNT: '4' }, false).shards).toEqual({ ids: [0, 1, 2, 3], count: 4 });
  });

  const postgres = 'postgresql://drills@localhost/drills';
  it.each([
    [{ PROCESS_INDEX: '2', PROCESS_COUNT: '3' }, { share: { index: 2, of: 3 } }],
    [{ PROCESS_INDEX: 'drills-1', PROCESS_COUNT: '3' }, { share: { index: 1, of: 3 } }],
    [{ HOSTNAME: 'drills-0', PROCESS_COUNT: '3' }, { share: { index: 0, of: 3 } }],
    [{ HOSTNAME: 'drills-0', PROCESS_INDEX: '1', PROCESS_COUNT: '3' }, { share: { index: 1, of: 3 } }],
    [{ HOSTNAME: 'drills-0' }, {}],
    [{ SHARDS: 'standby' }, { standby: true }],
  ])('reads %j as %j', (env, shards) => {
    expect(readConfig({ ...env, DATABASE_URL: postgres }, false).shards).toEqual(shards);
  });

  it.each([
    [
      { PROCESS_INDEX: '3', PROCESS_COUNT: '3', DATABASE_URL: postgres },
      'PROCESS_INDEX is beyond the last one of 3',
    ],
    [{ PROCESS_INDEX: '3' }, 'PROCESS_COUNT must be given with PROCESS_INDEX'],
    [{ PROCESS_COUNT: '3', HOSTNAME: 'laptop', DATABASE_URL: postgres }, 'PROCESS_INDEX must be given'],
    [
      { PROCESS_COUNT: '3', PROCESS_INDEX: '0', SHARD_COUNT: '2', DATABASE_URL: postgres },
      'SHARD_COUNT leaves some of 3 processes without a shard',
    ],
    [
      { PROCESS_COUNT: '2', PROCESS_INDEX: '0', SHARDS: 'standby', DATABASE_URL: postgres },
      'SHARDS does not go with',
    ],
    [
      { PROCESS_COUNT: '2', PROCESS_INDEX: '0' },
      'DATABASE_URL is an SQLite file, which one process has to itself',
    ],
    [
      { SHARDS: 'standby' },
      'DATABASE_URL is an SQLite file, which one process has to itself; several need a PostgreSQL (or a Redis), e.g. postgresql://',
    ],
    [{ REQUESTS_PER_SECOND: '0' }, 'REQUESTS_PER_SECOND must be a whole number from 1'],
    [{ SHARDS: '0' }, 'SHARD_COUNT must be given with SHARDS'],
    [{ SHARDS: '4', SHARD_COUNT: '4' }, 'SHARDS has a shard beyond the last one of 4, which is 3'],
    [{ SHARDS: '3-1', SHARD_COUNT: '4' }, 'SHARDS has a range that ends before it begins'],
    [{ SHARDS: '0-99999999999', SHARD_COUNT: '4' }, 'SHARDS has a range'],
    [{ SHARDS: 'all', SHARD_COUNT: '4' }, 'SHARDS must be shard numbers'],
    [{ SHARD_COUNT: '0' }, 'SHARD_COUNT must be a whole number from 1'],
    [{ DISCORD_TOKEN: 'two words' }, 'DISCORD_TOKEN contains blanks'],
    [{ DISCORD_TOKEN: '"abc.def.ghi"' }, 'DISCORD_TOKEN contains blanks or quotes'],
    [{ DISCORD_API_URL: 'localhost:4000' }, 'DISCORD_API_URL must be an http:// or https:// address'],
    [{ DATABASE_URL: 'mysql://root@localhost/x' }, 'DATABASE_URL must begin with sqlite://'],
    [{ DATABASE_URL: 'sqlite://' }, 'DATABASE_URL names no database'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of fatal, error'],
    [{ LOG_FORMAT: 'xml' }, 'LOG_FORMAT must be pretty or json'],
    [{ HEALTH_PORT: '65536' }, 'HEALTH_PORT must be a port'],
    [{ SANDBOX_PORT: '-1' }, 'SANDBOX_PORT must be a port'],
  ])('refuses %j: %s', (env, words) => {
    const faults = faultsOf(env);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(words);
    expect(faults[0]).toContain(', e.g. ');
  });

  it('reports all faults at once', () => {
    const env = { SHARDS: 'x', LOG_LEVEL: 'x', SANDBOX_PORT: 'x', DATABASE_URL: 'x' };
    const named = faultsOf(env).map((line) => line.split(' ')[0]);
    expect(named.sort()).toEqual(Object.keys(env).sort());
  });

  it('never quotes a secret', () => {
    const faults = faultsOf({ DISCORD_TOKEN: 'hush hush', DATABASE_URL: 'mysql://root:hush@localhost' });
    expect(faults).toHaveLength(2);
    expect(faults.join()).not.toContain('hush');
  });
});

describe('what is written about the environment', () => {
  const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');

  it.each([
    ['README.md', /^\| `([A-Z_]+)` \|/gm],
    ['.env.example', /^([A-Z_]+)=/gm],
  ])('%s names every variable and no other', (file, pattern) => {
    const named = [...read(file).matchAll(pattern)].map(([, name]) => name);
    expect(named).toEqual(variableNames);
  });

  it('nothing else is read of it, but for what Node itself reads', () => {
    const sources = ['src', 'scripts', 'commands'].flatMap((folder) =>
      readdirSync(new URL(`../../${folder}`, import.meta.url), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(?:ts|mjs)$/.test(name))
        .map((name) => read(`${folder}/${name}`)),
    );
    const names = sources.flatMap((source) =>
      [...source.matchAll(/\benv(?:\.|\[')([A-Z][A-Z_]+)\b(?!'?\]? = )/g)].map(([, name = '']) => name),
    );
    expect(names).toContain('QUESTIONS_DIR');
    const known: readonly string[] = variableNames;
    expect(names.filter((name) => !known.includes(name) && !alsoRead.test(name))).toEqual([]);
  });

  it('.env.example can be used as it is', () => {
    const lines = read('.env.example').matchAll(/^([A-Z_]+)=(.*)$/gm);
    const env = Object.fromEntries(Array.from(lines, ([, name, value]) => [name, value]));
    expect(readConfig(env, false)).toEqual(readConfig({}, false));
  });
});
