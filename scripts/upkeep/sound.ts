import { SqliteFile } from '../../src/store/sqlite-file.js';
import { ToolError } from './tool.js';

/** What a sound file holds. */
export interface Sound {
  readonly records: number;
}

/**
 * Opens a file as the bot would and reads all of it.
 * @throws ToolError when it is damaged, or nothing of this bot
 */
export async function checkFile(path: string): Promise<Sound> {
  let file: SqliteFile | undefined;
  try {
    file = await SqliteFile.open(path, 'read');
    const faults = await file.all<{ integrity_check: string }>('PRAGMA integrity_check(5)');
    const words = faults.map(({ integrity_check }) => integrity_check);
    if (words.join() !== 'ok') throw new ToolError(`${path} is damaged: ${words.join('; ')}`);
    const tables = await file.all("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'records'");
    if (tables.length === 0) throw new ToolError(`${path} is no database of this bot: it has no records.`);
    const [row] = await file.all<{ n: number }>('SELECT count(*) AS n FROM records');
    return { records: row?.n ?? 0 };
  } catch (error) {
    throw faultOf(path, error);
  } finally {
    await file?.close();
  }
}

const words: Readonly<Record<string, string>> = {
  ENOENT: 'is not there.',
  EACCES: 'may not be read.',
  SQLITE_NOTADB: 'is not an SQLite database.',
  SQLITE_CORRUPT: 'is damaged.',
  SQLITE_CANTOPEN: 'cannot be opened.',
};

function faultOf(path: string, error: unknown): unknown {
  const known = words[(error as NodeJS.ErrnoException).code ?? ''];
  return known ? new ToolError(`${path} ${known}`) : error;
}
