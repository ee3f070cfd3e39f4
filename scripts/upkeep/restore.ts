import { access, chmod, copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { sqliteError, sqlitePath, takeLock } from '../../src/store/sqlite.js';
import { SqliteFile } from '../../src/store/sqlite-file.js';
import { parseStoreUrl } from '../../src/store/url.js';
import { alsoCall, putInPlace, renameIfThere, requireOwner, sync, writing } from './files.js';
import { checkFile, type Sound } from './sound.js';
import { ToolError } from './tool.js';

export interface Restored extends Sound {
  /** Where the database of before lies now; undefined where there was none. */
  readonly old: string | undefined;
}

/**
 * Puts a backup in the place of the database. It is checked first, and nothing is changed when it is not sound or
 * while a bot runs on the database, which stays under another name.
 * @param stamp makes that name, e.g. `2026-03-04T120000Z`
 */
export async function restore(databaseUrl: string, source: string, stamp: string): Promise<Restored> {
  const url = parseStoreUrl(databaseUrl);
  if (url.backend !== 'sqlite')
    throw new ToolError(
      `${url.shown} is no SQLite file. Copy the backup into the empty database with: npm run move -- sqlite://${source} "$DATABASE_URL"`,
    );
  const path = sqlitePath(url);
  if (resolve(source) === path) throw new ToolError(`${source} is the database itself. Name a backup.`);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await requireOwner(path);
  const lock = await takeLock(path).catch((cause: unknown) => {
    throw sqliteError(path, cause);
  });
  try {
    return await writing(path, () => replace(path, resolve(source), `${path}.before-${stamp}`));
  } finally {
    await lock.close();
  }
}

async function replace(path: string, source: string, old: string): Promise<Restored> {
  const unfinished = `${path}.restoring`;
  try {
    await copyWithLog(source, unfinished);
    const sound = await checkFile(unfinished);
    await takeInLog(path);
    for (const end of ['-wal', '-shm']) await renameIfThere(`${path}${end}`, `${old}${end}`);
    const wasThere = await alsoCall(path, old);
    await sync(dirname(path));
    await putInPlace(unfinished, path);
    return { ...sound, old: wasThere ? old : undefined };
  } finally {
    for (const end of ['', '-wal', '-shm']) await rm(`${unfinished}${end}`, { force: true });
  }
}

/** A plain copy of a database that was in use has a part of it in a file beside it. */
async function copyWithLog(source: string, to: string): Promise<void> {
  const ends = ['-wal', ''];
  for (const end of [...ends, '-shm']) await rm(`${to}${end}`, { force: true });
  try {
    for (const end of ends)
      if (end === '' || (await isThere(`${source}${end}`))) await copyFile(`${source}${end}`, `${to}${end}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new ToolError(`${source} is not there.`);
    throw error;
  }
  await chmod(to, 0o600);
  await takeInLog(to);
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Makes a database one file; a damaged one keeps its log beside it. */
async function takeInLog(path: string): Promise<void> {
  let file: SqliteFile | undefined;
  try {
    file = await SqliteFile.open(path, 'write');
    await file.all('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOENT', 'SQLITE_NOTADB', 'SQLITE_CORRUPT'].includes(code)) throw error;
  } finally {
    await file?.close();
  }
}
