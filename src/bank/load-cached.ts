import { createHash } from 'node:crypto';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { programDir } from '../place.js';
import { Bank } from './bank.js';
import type { Pack, Question, Topic } from './question.js';

/** As in `packs.ts`, which is loaded only where something has to be read. */
const packFile = '_pack.yaml';

/** Beside the program, in whose folder everything is made anew by a build. */
const cacheFile = join(programDir, 'bank.json');
/** In a bundle, which is made anew, and its cache with it, whenever anything in it changes, it holds this file alone. */
const codeDir = join(programDir, 'src/bank');

interface Cached {
  /** Of the question files and of the code that reads them. */
  readonly digest: string;
  readonly topics: readonly Topic[];
  readonly packs: readonly Pack[];
  readonly questions: readonly Question[];
}

/**
 * `loadBank`, which remembers what it read: as long as neither the question files nor the code that reads them
 * change, the next start takes a tenth of the time. Only for the built program.
 * @throws {BankError} with every fault of every file
 */
export async function loadBankCached(dir: string, file = cacheFile): Promise<Bank> {
  const digest = await digestOf([dir, codeDir]);
  const known = digest && (await readCache(file));
  if (known && known.digest === digest) return new Bank(known.topics, known.questions, known.packs);
  const { loadBank } = await import('./load.js');
  const bank = await loadBank(dir);
  if (digest) await writeCache(file, { digest, topics: bank.topics, packs: bank.packs, questions: bank.all });
  return bank;
}

/**
 * Covers names and contents of all files in the folders; a folder that is not there counts as empty. Undefined where
 * something cannot be read, of which the reading itself says what it is.
 */
async function digestOf(dirs: readonly string[]): Promise<string | undefined> {
  const hash = createHash('sha256');
  for (const dir of dirs) {
    const names = (await unlessMissing(readdir(dir, { recursive: true }))) ?? [];
    const files = names
      .filter((name) => /\.(ya?ml|[jt]s)$/i.test(name) && (!isHidden(name) || basename(name) === packFile))
      .sort();
    const texts = await unlessUnreadable(Promise.all(files.map((name) => readFile(join(dir, name)))));
    if (!texts) return undefined;
    for (const [index, name] of files.entries())
      hash.update(`${name}\0${texts[index]?.length}\0`).update(texts[index] ?? '');
  }
  return hash.digest('hex');
}

async function readCache(file: string): Promise<Cached | undefined> {
  const text = await unlessMissing(readFile(file, 'utf8'));
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    // Cut off in the middle: it is written anew.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Where the program's folder cannot be written, every start reads the question files themselves. */
async function writeCache(file: string, cached: Cached): Promise<void> {
  const unfinished = `${file}.${process.pid}`;
  try {
    await writeFile(unfinished, JSON.stringify(cached));
    await rename(unfinished, file);
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC'].includes(codeOf(error))) throw error;
  }
}

const isHidden = (name: string): boolean => name.split(/[\\/]/).some((part) => /^[_.]/.test(part));

const unreadable: readonly string[] = ['ENOENT', 'ELOOP', 'EISDIR', 'EACCES'];

async function unlessUnreadable<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (unreadable.includes(codeOf(error))) return undefined;
    throw error;
  }
}

async function unlessMissing<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? '';
