import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { Fault } from './faults.js';

const notText: ReadonlyMap<string | undefined, Omit<Fault, 'file' | 'line'>> = new Map([
  [
    'ENOENT',
    { message: 'it leads to a file that is not there', remedy: 'remove the link, or make what it leads to' },
  ],
  ['ELOOP', { message: 'it leads to itself', remedy: 'remove the link' }],
  ['EISDIR', { message: 'it is a folder', remedy: 'rename the folder, or let its name start with _' }],
  ['EACCES', { message: 'it may not be read', remedy: 'give the user that runs the bot the right to' }],
]);

/** A topic of 60 questions has some 100 kB; what is much larger was hardly written by people. */
const mostBytes = 4_000_000;

/** A file's text, or why there is none. */
export function readText(file: string): string | Fault {
  try {
    const stats = statSync(file);
    // A pipe would be waited for without end.
    if (!stats.isFile() && !stats.isDirectory())
      return { file, line: 1, message: 'it is no ordinary file', remedy: 'remove it, or write a file' };
    if (stats.size > mostBytes)
      return {
        file,
        line: 1,
        message: `it has ${stats.size} bytes`,
        remedy: `split it into topics of at most ${mostBytes} bytes`,
      };
    // At once: a start waits for it, and small files are read sooner than promises are kept.
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const known = notText.get(code);
    if (known) return { file, line: 1, ...known };
    if (code !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    return { file, line: 1, message: 'it is not UTF-8', remedy: 'save it again as UTF-8' };
  }
}

/** The files of topics in a folder, as paths within it, and what is wrong with the others. */
export function findTopicFiles(dir: string): { paths: string[]; faults: Fault[] } {
  let names: string[];
  try {
    names = readdirSync(dir, { recursive: true, encoding: 'utf8' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    return { paths: [], faults: [missing(dir, 'there is no such folder')] };
  }
  const found = names.filter(isTopicFile).sort();
  if (found.length === 0)
    return { paths: [], faults: [missing(dir, 'there is no question file in this folder')] };
  const isInPack = (path: string): boolean => path.split(sep).length === 2;
  return {
    paths: found.filter(isInPack),
    faults: found.filter((path) => !isInPack(path)).map((path) => misplaced(dir, path)),
  };
}

/** Names that only the letters' size makes others are meant so all the same. */
const isTopicFile = (path: string): boolean =>
  /\.ya?ml$/i.test(path) && !path.split(sep).some((part) => /^[_.]/.test(part));

const missing = (dir: string, message: string): Fault => ({
  file: dir,
  line: 1,
  message,
  remedy: 'set QUESTIONS_DIR to a folder that has files <pack>/<topic>.yaml',
});

const misplaced = (dir: string, path: string): Fault => ({
  file: join(dir, path),
  line: 1,
  message: 'the file is not in the folder of a pack',
  remedy: `move it to ${join(dir, '<pack>', '<topic>.yaml')}, or let its name start with _ if it is no topic`,
});
