import { readFileSync } from 'node:fs';
import { type EnvEntry, readEnvLines, type UnreadLine } from './env-lines.js';

/** A `.env` that cannot be used; the message says what to do. */
export class EnvFileError extends Error {
  override readonly name = 'EnvFileError';
}

export interface EnvFile {
  readonly variables: Readonly<Record<string, string>>;
  /** Its entries as they stand, also those that another one overrules. */
  readonly entries: readonly EnvEntry[];
  readonly unread: readonly UnreadLine[];
}

/**
 * A `.env` file, as editors on any system write it: UTF-8 with or without a byte order mark, or UTF-16 with one
 * (Windows PowerShell's `>`). Empty where there is no such file. Of a variable that stands twice the last one counts
 * that is not empty.
 * @throws {EnvFileError} for other encodings, and where a token stands that would not be read
 */
export function readEnvFile(path: string): EnvFile {
  const bytes = bytesOf(path);
  if (!bytes) return { variables: {}, entries: [], unread: [] };
  const { entries, unread } = readEnvLines(decoded(bytes, path));
  const filled = entries.filter(({ value }) => value.trim());
  const variables = Object.fromEntries([...entries, ...filled].map(({ name, value }) => [name, value]));
  // Without its token the bot would start in the sandbox, which nobody wants who has written one down.
  if (!variables['DISCORD_TOKEN'] && unread.some(({ text }) => /DISCORD_TOKEN\W+[\w-]{10,}/.test(text)))
    throw new EnvFileError(
      `${path} names a DISCORD_TOKEN that cannot be read. Write it as DISCORD_TOKEN=… in a line of its own.`,
    );
  return { variables, entries, unread };
}

function bytesOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return undefined;
    if (code === 'EISDIR')
      throw new EnvFileError(`${path} is a folder. Rename it, or put a file in its place.`);
    if (code === 'EACCES')
      throw new EnvFileError(`${path} may not be read by the user that runs the bot. Give it the right to.`);
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
