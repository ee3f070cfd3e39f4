import { link, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ToolError } from './tool.js';

/** Makes sure that what was written to a file, or to a directory's list of files, survives a power cut. */
export async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * What root writes beside a database, the user that runs the bot could not open any more.
 * @throws ToolError for root where the directory is somebody else's
 */
export async function requireOwner(path: string): Promise<void> {
  if (process.getuid?.() !== 0) return;
  const { uid } = await stat(dirname(path));
  if (uid !== 0)
    throw new ToolError(
      `${dirname(path)} belongs to another user, and the bot could not open what root puts there. Run this as that user: sudo --user=#${uid} …`,
    );
}

/** Gives a finished file its name, for good. */
export async function putInPlace(finished: string, path: string): Promise<void> {
  await sync(finished);
  await rename(finished, path);
  await sync(dirname(path));
}

/**
 * Gives a file a second name, if it is there. Where a file system knows no second names it loses its first one, until
 * another file is put in its place.
 */
export async function alsoCall(path: string, name: string): Promise<boolean> {
  try {
    await link(path, name);
    return true;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(code)) throw error;
    return renameIfThere(path, name);
  }
}

/** Renames a file if it is there. */
export async function renameIfThere(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return false;
  }
}

const words: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full.',
  EDQUOT: 'the quota of this user is used up.',
  EACCES: 'this user may not write there.',
  EPERM: 'this user may not write there.',
  EROFS: 'the file system is read-only.',
  EEXIST: 'there is such a file already.',
  EISDIR: 'it is a directory.',
  ENOENT: 'there is no such directory.',
  ENOTDIR: 'a part of its path is a file, not a directory.',
  SQLITE_FULL: 'the disk is full.',
  SQLITE_IOERR: 'the disk failed.',
};

/** Runs what writes a file; what the system refuses is said in words. */
export async function writing<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const known = words[(cause as NodeJS.ErrnoException).code ?? ''];
    throw known ? new ToolError(`${path} could not be written: ${known}`, { cause }) : cause;
  }
}
