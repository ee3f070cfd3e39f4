import { join, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Bank } from './bank.js';
import { BankError, type Fault, faultsInOrder } from './faults.js';
import { findTopicFiles, readText } from './files.js';
import { readPack, studyFaults } from './packs.js';
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
    topics.map(({ pack, content: { topic, title, short, description } }) => ({
      id: topic,
      pack,
      title,
      ...(short !== undefined && { short }),
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
  const files = findTopicFiles(dir);
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
  // A file that has faults of its own may hold a topic that is named here.
  if (faults.length === 0)
    for (const pack of packs) faults.push(...studyFaults(dir, pack, topicsOf(pack, topics)));
  faults.push(...twins(topics), ...namesakes(dir, topics));
  return { topics, packs, faults: faultsInOrder(faults) };
}

const topicsOf = ({ id }: Pack, topics: readonly TopicSource[]): ReadonlySet<string> =>
  new Set(topics.filter(({ pack }) => pack === id).map(({ content }) => content.topic));

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
