import { mkdir, open, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { sqliteError, sqlitePath } from '../../src/store/sqlite.js';
import { SqliteFile } from '../../src/store/sqlite-file.js';
import { parseStoreUrl, type StoreUrl } from '../../src/store/url.js';
import { putInPlace, renameIfThere, writing } from './files.js';
import { checkFile, type Sound } from './sound.js';
import { ToolError } from './tool.js';

/**
 * Writes all that the bot has stored at one moment to a file, while the bot may run. Older backups of that name
 * stay beside it as `FILE.1`, `FILE.2` and so on, the newest first.
 * @param keep how many there are at most, the new one included
 */
export async function backUp(databaseUrl: string, target: string, keep: number): Promise<Sound> {
  const url = parseStoreUrl(databaseUrl);
  if (url.backend !== 'sqlite') throw new ToolError(otherWays[url.backend](url));
  const path = resolve(target);
  if (path === sqlitePath(url)) throw new ToolError(`${target} is the database itself. Name another file.`);
  const unfinished = `${path}.unfinished`;
  return writing(path, async () => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    // Of one that was cut short.
    await rm(unfinished, { force: true });
    // What people answered is the group's own. SQLite fills a file that is there and empty.
    await (await open(unfinished, 'wx', 0o600)).close();
    try {
      await copy(sqlitePath(url), unfinished);
      await takeMarkOff(unfinished);
      const sound = await checkFile(unfinished);
      await shift(path, keep);
      await putInPlace(unfinished, path);
      return sound;
    } finally {
      await rm(unfinished, { force: true });
    }
  });
}

async function copy(from: string, to: string): Promise<void> {
  let file: SqliteFile | undefined;
  try {
    file = await SqliteFile.open(from, 'read');
    await file.all('SELECT key FROM records LIMIT 1');
  } catch (cause) {
    await file?.close();
    throw sqliteError(from, cause);
  }
  try {
    await file.all('VACUUM INTO ?', to);
  } finally {
    await file.close();
  }
}

/** A running bot knows its own file by a mark. Where somebody copies a backup over that, it must not find its mark. */
async function takeMarkOff(path: string): Promise<void> {
  const file = await SqliteFile.open(path, 'write');
  try {
    await file.all('PRAGMA user_version = 1');
  } finally {
    await file.close();
  }
}

/** The oldest goes first, so that a kill in the middle loses none that was to be kept. */
async function shift(path: string, keep: number): Promise<void> {
  const older = (age: number): string => (age === 0 ? path : `${path}.${age}`);
  for (let age = keep; await removed(older(age)); age++);
  for (let age = keep - 1; age > 0; age--) await renameIfThere(older(age - 1), older(age));
}

async function removed(path: string): Promise<boolean> {
  try {
    await rm(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return false;
  }
}

const otherWays: Readonly<Record<'postgresql' | 'redis', (url: StoreUrl) => string>> = {
  postgresql: ({ shown }) =>
    `${shown} is a PostgreSQL. Back it up while the bot runs with: pg_dump --format=custom --table=records --file=FILE "$DATABASE_URL"\nPut it back, with the bot stopped, with: pg_restore --clean --if-exists --dbname="$DATABASE_URL" FILE`,
  redis: ({ shown }) =>
    `${shown} is a Redis. Back up its own files (appendonlydir, dump.rdb; BGSAVE writes the latter), or copy it into a file with the bot stopped: npm run move -- "$DATABASE_URL" sqlite://FILE`,
};
