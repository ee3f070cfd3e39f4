import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { programDir } from '../place.js';
import { Bank } from './bank.js';
import type { Pack, Question, Topic } from './question.js';

/** As in `packs.ts`, which is loaded only where something has to be read. */
const packFile = '_pack.yaml';

/** How many banks are remembered, for whoever goes back and forth between folders of questions. */
const keptBanks = 4;
const keptName = /^bank-[0-9a-f]{16}\.json$/;
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
 * @param cacheDir where it remembers: beside the program, in whose folder everything is made anew by a build
 * @param code the folder of the code that reads them, as it was when this process first asked
 * @throws {BankError} with every fault of every file
 */
export async function loadBankCached(dir: string, cacheDir = programDir, code = codeDir): Promise<Bank> {
  const [own, read] = await Promise.all([codeDigestOf(code), digestOf(dir)]);
  if (!own || !read) return loadAnew(dir);
  const digest = createHash('sha256').update(own).update(read).digest('hex');
  const file = join(cacheDir, `bank-${digest.slice(0, 16)}.json`);
  const known = await readCache(file);
  if (known?.digest === digest) return new Bank(known.topics, known.questions, known.packs);
  const bank = await loadAnew(dir);
  await writeCache(file, { digest, topics: bank.topics, packs: bank.packs, questions: bank.all });
  return bank;
}

async function loadAnew(dir: string): Promise<Bank> {
  const { loadBank } = await import('./load.js');
  return loadBank(dir);
}

/** By folder: a program that runs while it is built anew goes on with the code that it began with. */
const codeDigests = new Map<string, Promise<string | undefined>>();

function codeDigestOf(dir: string): Promise<string | undefined> {
  const digest = codeDigests.get(dir) ?? digestOf(dir);
  codeDigests.set(dir, digest);
  return digest;
}

/**
 * Covers names and contents of all files in the folder; one that is not there counts as empty. Undefined where
 * something cannot be read, of which the reading itself says what it is.
 */
async function digestOf(dir: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  const names = (await unlessMissing(readdir(dir, { recursive: true }))) ?? [];
  const files = names
    .filter((name) => /\.(ya?ml|[jt]s)$/i.test(name) && (!isHidden(name) || basename(name) === packFile))
    .sort();
  const texts = await unlessUnreadable(Promise.all(files.map((name) => readFile(join(dir, name)))));
  if (!texts) return undefined;
  for (const [index, name] of files.entries())
    hash.update(`${name}\0${texts[index]?.length}\0`).update(texts[index] ?? '');
  return hash.digest('hex');
}

/** One that cannot be read, e.g. as another user wrote it, is none. */
async function readCache(file: string): Promise<Cached | undefined> {
  const text = await unlessUnreadable(readFile(file, 'utf8'));
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
    await forgetOlder(dirname(file));
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'EISDIR'].includes(codeOf(error))) throw error;
  }
}

async function forgetOlder(cacheDir: string): Promise<void> {
  const files = (await readdir(cacheDir))
    .filter((name) => keptName.test(name))
    .map((name) => join(cacheDir, name));
  // Another start may take them away at the same time.
  const ages = await Promise.all(
    files.map(async (file) => ({ file, mtimeMs: (await unlessMissing(stat(file)))?.mtimeMs ?? 0 })),
  );
  const older = ages.sort((a, b) => b.mtimeMs - a.mtimeMs).slice(keptBanks);
  await Promise.all(older.map(({ file }) => rm(file, { force: true })));
}

const isHidden = (name: string): boolean => name.split(/[\\/]/).some((part) => /^[_.]/.test(part));

const unreadable: readonly string[] = ['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR', 'EACCES', 'EPERM'];

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
