import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readEnvFile } from '../../src/app/env-file.js';
import { oddInFile } from '../../src/app/environment.js';
import { tempDir } from '../helpers/store.js';

const text = '# A comment\nDISCORD_TOKEN=abc.def.ghi\nLOG_LEVEL="debug"\n';

async function fileOf(bytes: Buffer | string): Promise<string> {
  const path = join(await tempDir(), '.env');
  await writeFile(path, bytes);
  return path;
}

const swapped = (bytes: Buffer): Buffer => Buffer.from(bytes).swap16();

describe('a .env file', () => {
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['UTF-16 as PowerShell writes it', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big end first', swapped(Buffer.from(`\ufeff${text}`, 'utf16le'))],
    ['the lines of Windows', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['the lines of old Macs', Buffer.from(text.replaceAll('\n', '\r'))],
  ])('is understood in %s', async (_, bytes) => {
    const file = readEnvFile(await fileOf(bytes));
    expect(file.variables).toEqual({ DISCORD_TOKEN: 'abc.def.ghi', LOG_LEVEL: 'debug' });
    expect(oddInFile(file)).toEqual([]);
  });

  test.each([
    ['UTF-16 without a mark', Buffer.from(text, 'utf16le')],
    ['Latin 1', Buffer.from('LOG_LEVEL=d\u00e9bug', 'latin1')],
  ])('in %s is refused with what to do', async (_, bytes) => {
    const path = await fileOf(bytes);
    expect(() => readEnvFile(path)).toThrow('Save it again as UTF-8');
  });

  test.each(['DISCORD_TOKEN: abcdefghijkl.x', 'set DISCORD_TOKEN abcdefghijkl.x'])(
    'that names a token it would not give is refused: %s',
    async (line) => {
      const path = await fileOf(line);
      expect(() => readEnvFile(path)).toThrow('DISCORD_TOKEN=');
    },
  );

  test.each(['', 'DISCORD_TOKEN=\n', '# DISCORD_TOKEN=abcdefghijkl\n', 'DISCORD_TOKEN=\nDISCORD_API_URL=\n'])(
    'without a token is none of the sandbox’s business: %j',
    async (content) => {
      expect(readEnvFile(await fileOf(content)).variables['DISCORD_TOKEN'] ?? '').toBe('');
    },
  );

  test('that is not there says nothing', () => {
    expect(readEnvFile('/nowhere/.env')).toEqual({ variables: {}, entries: [], unread: [] });
  });

  test('that is a folder is refused with what to do', async () => {
    const path = join(await tempDir(), '.env');
    await mkdir(path);
    expect(() => readEnvFile(path)).toThrow('is a folder');
  });

  test.each([
    'A=1',
    ' A = 1 \n\tB=2',
    'export A=1\nexport B=2',
    'A=b=c # why',
    'A=#b\nC="d#e"#f',
    'A="b\\nc"\nD=\'e\\nf\'\nG=`h`',
    'A="b\nc"\nD=1',
    'A=\nB= \nC=""',
    'A="b\'c"\nD=e"f"',
    'A="b"\r\nC=d\r\n',
  ])('is read as Node reads it: %j', async (content) => {
    const node = Object.entries(parseEnv(content)).map(([name, value]) => [name.trim(), value]);
    expect(readEnvFile(await fileOf(content)).variables).toEqual(Object.fromEntries(node));
  });

  test.each([
    ['a line without =', 'just a note\nLOG_LEVEL=debug'],
    ['a quote that nothing closes', 'SANDBOX_PORT="1\nLOG_LEVEL="debug"\n'],
    ['an empty line of its own name', 'LOG_LEVEL=debug\nLOG_LEVEL=\n'],
  ])('loses no other variable to %s', async (_, content) => {
    expect(readEnvFile(await fileOf(content)).variables['LOG_LEVEL']).toBe('debug');
  });
});
