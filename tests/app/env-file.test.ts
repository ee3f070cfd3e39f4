import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readEnvFile } from '../../src/app/env-file.js';
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
  ])('is understood in %s', async (_, bytes) => {
    expect(readEnvFile(await fileOf(bytes))).toEqual({ DISCORD_TOKEN: 'abc.def.ghi', LOG_LEVEL: 'debug' });
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

  test.each(['', 'DISCORD_TOKEN=\n', '# DISCORD_TOKEN=abcdefghijkl\n'])(
    'without a token is none of the sandbox’s business: %j',
    async (content) => {
      expect(readEnvFile(await fileOf(content))['DISCORD_TOKEN'] ?? '').toBe('');
    },
  );

  test('that is not there says nothing', () => {
    expect(readEnvFile('/nowhere/.env')).toEqual({});
  });
});
