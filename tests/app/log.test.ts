import { DiscordAPIError } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { createLog } from '../../src/app/log.js';

async function lines(write: (log: Awaited<ReturnType<typeof createLog>>) => void): Promise<string> {
  let output = '';
  const config = {
    logLevel: 'info',
    logFormat: 'json',
    token: 'to"ken-of-the-bot',
    databaseUrl: 'postgresql://drills:p%40ssword@db/drills',
  } as const;
  const collect = (line: string): void => {
    output += line;
  };
  write(await createLog(config, { write: collect }));
  return output;
}

const refused = new DiscordAPIError(
  { code: 50013, message: 'Missing Permissions' },
  50013,
  403,
  'POST',
  'https://discord.com/api/v10/interactions/123/aW50ZXJhY3Rpb24.x-y_z/callback',
  { body: { content: 'what Ada wrote' }, files: undefined },
);

describe('the log', () => {
  it('is a line of JSON an entry', async () => {
    const entry = JSON.parse(await lines((log) => log.info({ guildId: '1' }, 'Quiz started.')));
    expect(entry).toMatchObject({ level: 30, guildId: '1', msg: 'Quiz started.' });
  });

  it('tells what a request was about, but not what was in it', async () => {
    const text = await lines((log) => log.error({ err: refused }, 'Could not answer.'));
    expect(JSON.parse(text).err).toMatchObject({ code: 50013, status: 403, method: 'POST' });
    expect(text).not.toContain('what Ada wrote');
  });

  it('follows causes, also those of several errors at once', async () => {
    const err = new Error('outer', { cause: new AggregateError([new Error('first'), refused]) });
    const text = await lines((log) => log.error({ err }, 'Failed.'));
    expect(JSON.parse(text).err.cause.errors).toMatchObject([{ message: 'first' }, { code: 50013 }]);
    expect(text).not.toContain('what Ada wrote');
  });

  it('has no end in errors that cause each other', async () => {
    const err = new Error('egg');
    err.cause = new Error('hen', { cause: err });
    expect(await lines((log) => log.error({ err }, 'Failed.'))).toContain('hen');
  });

  it.each([
    ['the token', 'to"ken-of-the-bot', 'Login with to"ken-of-the-bot failed'],
    ['the password of the database', 'p@ssword', 'wrong password p@ssword'],
    ['the password as it stands in the address', 'p%40ssword', 'no host in //drills:p%40ssword@db'],
    ['any password in an address', 'sesame', 'redis://open:sesame@cache:6379 refused'],
    ['an interaction token', 'aW50ZXJhY3Rpb24.x-y_z', refused.url],
    ['a webhook token', 'abc_DEF', '/webhooks/42/abc_DEF/messages/@original'],
  ])('never shows %s', async (_, secret, sentence) => {
    const text = await lines((log) => log.error({ err: new Error(sentence), url: sentence }, sentence));
    expect(text).not.toContain(secret);
    expect(text).not.toContain(JSON.stringify(secret).slice(1, -1));
    expect(() => JSON.parse(text)).not.toThrow();
  });
});
