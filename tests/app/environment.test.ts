import { describe, expect, test } from 'vitest';
import { variableNames } from '../../src/app/config.js';
import { readEnvLines } from '../../src/app/env-lines.js';
import { oddInEnvironment, oddInFile } from '../../src/app/environment.js';

const oddIn = (text: string): string[] => oddInFile({ variables: {}, ...readEnvLines(text) });

/** One letter away, one too many, two swapped, at any place; in small letters; with hyphens. */
function slipsOf(name: string): string[] {
  const at = (each: (i: number) => string): string[] =>
    [...name].flatMap((_, i) => (i === 0 ? [] : [each(i)]));
  return [
    ...at((i) => name.slice(0, i) + name.slice(i + 1)),
    ...at((i) => name.slice(0, i) + name.slice(i - 1)),
    ...at((i) => name.slice(0, i - 1) + name[i] + name[i - 1] + name.slice(i + 1)),
    name.toLowerCase(),
    name.replaceAll('_', '-'),
  ].filter((slip) => slip !== name);
}

describe('a variable that is misspelt', () => {
  test.each(variableNames)('is named with what was meant, however it was missed: %s', (name) => {
    for (const slip of slipsOf(name)) {
      const words = `is not a variable of this bot; did you mean ${name}?`;
      expect(oddInEnvironment({ [slip]: 'x' }), slip).toEqual([`${slip} ${words}`]);
      expect(oddIn(`${slip}=x`), slip).toEqual([`${slip} in .env ${words}`]);
    }
  });

  test.each([
    ['SANDBOX_PROT', 'SANDBOX_PORT'],
    ['DATBASE_URL', 'DATABASE_URL'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['DISCORD_TOEKN', 'DISCORD_TOKEN'],
    ['QUESTION_DIR', 'QUESTIONS_DIR'],
    ['REQUEST_PER_SECONDS', 'REQUESTS_PER_SECOND'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['SHARD', 'SHARDS'],
  ])('%s was meant to be %s', (name, meant) => {
    expect(oddInEnvironment({ [name]: 'x' }).join()).toContain(`did you mean ${meant}?`);
  });

  test('says nothing where the system takes it all the same, as Windows does, or where it is empty', () => {
    expect(oddInEnvironment({ Log_Level: 'debug', LOG_LEVEL: 'debug', DATBASE_URL: '' })).toEqual([]);
  });
});

test('what else a machine has in its environment is none of the bot’s business', () => {
  const usual =
    `PATH HOME SHELL USER LOGNAME LANG TERM PWD TMPDIR EDITOR HOSTNAME NODE_ENV NODE_OPTIONS TZ CI DEBUG
    DATABASE_HOST DATABASE_PORT DATABASE_USER DATABASE_NAME DATABASE_PASSWORD TEST_DATABASE_URL DB_URL POSTGRES_URL
    REDIS_URL LOG_DIR LOG_FILE LOG_PATH LOG_COLOR HEALTH_PATH HEALTH_URL HEALTH_SERVICE_PORT HEALTH_CHECK_PORT SANDBOX
    SANDBOX_ENV SANDBOX_FLAGS IS_SANDBOX CHROME_DEVEL_SANDBOX SHARED SHARD_ID CARDS PROCESS_ID PROCESS_NAME 
    DISCORD_WEBHOOK_URL DISCORD_CLIENT_ID DISCORD_GUILD_ID TOKEN GITHUB_TOKEN PORT HOST npm_config_loglevel
    npm_lifecycle_event XDG_DATA_DIRS HTTP_PROXY https_proxy NO_PROXY SEEDS SEED KILLS RUNS`.split(/\s+/);
  expect(oddInEnvironment(Object.fromEntries(usual.map((name) => [name, 'x'])))).toEqual([]);
});

describe('a .env file tells', () => {
  test.each([
    ['a name that is near none', 'COLOUR=red', ['COLOUR in .env is not a variable of this bot.']],
    [
      'a value without its name',
      `abcdEFGH0123${'x'.repeat(40)}==`,
      ['What stands before the = in line 1 of .env is'],
    ],
    [
      'a word with a blank before its =',
      'SANDBOX PORT=1',
      ['Line 1 of .env is not read. Write it as NAME=value'],
    ],
    ['a colon', '# a\n\nSANDBOX_PORT: 1', ['Line 3 of .env is not read. Write it as SANDBOX_PORT=value']],
    ['a word of other systems', 'set LOG_LEVEL=info', ['Write it as LOG_LEVEL=value']],
    ['a line without =', 'LOG_LEVEL=info\njust a note', ['Line 2 of .env is not read.']],
    ['a line after a value of several', 'PGA="1\n2"\nnote', ['Line 3 of .env is not read.']],
    ['a quote that nothing closes', 'SANDBOX_PORT="1', ['SANDBOX_PORT in .env begins with a quote']],
    ['two values of a name', 'LOG_LEVEL=info\nLOG_LEVEL=debug', ['LOG_LEVEL in .env stands there twice']],
    ['one of two that are equal or empty', 'LOG_LEVEL=\nLOG_LEVEL=info\nLOG_LEVEL=info\nLOG_LEVEL=', []],
    ['what Compose and PostgreSQL read of it', 'POSTGRES_PASSWORD=x\nPGSSLMODE=x\nNODE_ENV=x', []],
  ])('%s', (_, text, words) => {
    const odd = oddIn(text);
    expect(odd).toHaveLength(words.length);
    for (const [at, word] of words.entries()) expect(odd[at]).toContain(word);
  });

  test('no value, whatever is wrong with it', () => {
    const text = 'DATBASE_URL=hush\nDATBASE_URL=hush2\nX: hush\nhush hush\nSANDBOX_PORT="hush\nexport = hush';
    const odd = oddIn(text);
    expect(odd.length).toBeGreaterThan(4);
    expect(odd.join('\n')).not.toContain('hush');
  });
});
