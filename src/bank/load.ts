import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Bank } from './bank.js';
import { BankError, type Fault, inOrder } from './faults.js';
import { readPack } from './packs.js';
import type { Pack } from './question.js';
import { toQuestion } from './to-question.js';
import { readTopic, type TopicSource } from './topic-source.js';

export { BankError, type Fault } from './faults.js';

/**
 * Reads every `<dir>/<pack>/<topic>.yaml`; names that start with `_` or `.` are left out.
 * @throws {BankError} with every fault of every file.
 */
export async function loadBank(dir: string): Promise<Bank> {
  const { topics, packs, faults } = await readBank(dir);
  if (faults.length > 0) throw new BankError(faults);
  return bankOf(topics, packs);
}

export function bankOf(topics: readonly TopicSource[], packs: readonly Pack[] = []): Bank {
  return new Bank(
    topics.map(({ pack, content: { topic, title, description } }) => ({
      id: topic,
      pack,
      title,
      description,
    })),
    topics.flatMap(({ pack, content }) =>
      content.questions.map((written) => toQuestion(pack, content.topic, written)),
    ),
    packs,
  );
}

/** The files that are sound, and the faults of the others and between them, in the order of files and lines. */
export async function readBank(
  dir: string,
): Promise<{ topics: TopicSource[]; packs: Pack[]; faults: Fault[] }> {
  const files = findFiles(dir);
  const topics: TopicSource[] = [];
  const faults = [...files.faults];
  for (const path of files.paths) {
    // A file takes some ten milliseconds: whatever else the process does goes on meanwhile.
    await setImmediate();
    const [pack = '', name = ''] = path.split(sep);
    const file = join(dir, path);
    const text = readText(file);
    const result = typeof text === 'string' ? readTopic({ file, pack, name, text }) : [text];
    if (Array.isArray(result)) faults.push(...result);
    else topics.push(result);
  }
  const packs: Pack[] = [];
  for (const id of new Set(files.paths.map((path) => path.split(sep)[0] ?? ''))) {
    const pack = readPack(dir, id);
    if (Array.isArray(pack)) faults.push(...pack);
    else packs.push(pack);
  }
  faults.push(...twins(topics), ...namesakes(dir, topics));
  return { topics, packs, faults: inOrder(faults) };
}

const notText: ReadonlyMap<string | undefined, Omit<Fault, 'file' | 'line'>> = new Map([
  [
    'ENOENT',
    { message: 'it leads to a file that is not there', remedy: 'remove the link, or make what it leads to' },
  ],
  ['ELOOP', { message: 'it leads to itself', remedy: 'remove the link' }],
  ['EISDIR', { message: 'it is a folder', remedy: 'rename the folder, or let its name start with _' }],
  ['EACCES', { message: 'it may not be read', remedy: 'give the user that runs the bot the right to' }],
]);

/** A file's text, or why there is none. */
function readText(file: string): string | Fault {
  try {
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

function findFiles(dir: string): { paths: string[]; faults: Fault[] } {
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

/** A topic may not be called like a pack: people choose either by its name. */
function namesakes(dir: string, topics: readonly TopicSource[]): Fault[] {
  const packs = new Set(topics.map(({ pack }) => pack));
  return topics
    .filter(({ content }) => packs.has(content.topic))
    .map(({ file, content, lineOf }) => ({
      file,
      line: lineOf(['topic']),
      message: `the topic is called like the pack ${join(dir, content.topic)}`,
      remedy: 'rename the topic',
    }));
}

/** Topics and questions of the same name. */
function twins(topics: readonly TopicSource[]): Fault[] {
  const faults: Fault[] = [];
  const firstFiles = new Map<string, string>();
  const firsts = new Map<string, { topic: TopicSource; index: number }>();
  for (const topic of topics) {
    const { file, content } = topic;
    const firstFile = firstFiles.get(content.topic);
    if (firstFile === undefined) firstFiles.set(content.topic, file);
    else {
      faults.push({
        file,
        line: topic.lineOf(['topic']),
        message: `there is a topic \`${content.topic}\` already, in ${firstFile}`,
        remedy: 'move the questions of one file into the other, or rename one topic',
      });
    }
    for (const [index, { id }] of content.questions.entries()) {
      const first = firsts.get(id);
      if (!first) firsts.set(id, { topic, index });
      else {
        const firstLine = first.topic.lineOf(['questions', first.index, 'id']);
        faults.push({
          file,
          line: topic.lineOf(['questions', index, 'id']),
          message: `there is a question \`${id}\` already, in ${first.topic.file}:${firstLine}`,
          remedy: 'give the newer one another id (scores name the older one)',
        });
      }
    }
  }
  return faults;
}
