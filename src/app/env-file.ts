import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** A `.env` that cannot be used; the message says what to do. */
export class EnvFileError extends Error {
  override readonly name = 'EnvFileError';
}

/**
 * The variables of a `.env` file, as editors on any system write it: UTF-8 with or without a byte order mark, or
 * UTF-16 with one (Windows PowerShell's `>`). An empty object where there is no such file.
 * @throws {EnvFileError} for other encodings, and where a token stands that would not be read
 */
export function readEnvFile(path: string): Record<string, string> {
  const bytes = bytesOf(path);
  if (!bytes) return {};
  const text = decoded(bytes, path);
  const values = Object.entries(parseEnv(text)).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const variables: Record<string, string> = Object.fromEntries(values);
  // Without its token the bot would start in the sandbox, which nobody wants who has written one down.
  if (!variables['DISCORD_TOKEN'] && /DISCORD_TOKEN\W+[\w-]{10,}/.test(withoutComments(text)))
    throw new EnvFileError(
      `${path} names a DISCORD_TOKEN that cannot be read. Write it as DISCORD_TOKEN=… in a line of its own.`,
    );
  return variables;
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function decoded(bytes: Buffer, path: string): string {
  const [first = 0, second = 0] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : 'utf-8';
  try {
    // Takes the byte order mark away, and refuses what is not of the encoding.
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (!text.includes('\0')) return text;
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
  }
  throw new EnvFileError(`${path} is not UTF-8 text. Save it again as UTF-8.`);
}

const withoutComments = (text: string): string => text.replace(/^\s*#.*$/gm, '');
