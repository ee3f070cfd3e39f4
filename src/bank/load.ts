import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { Bank } from './bank.js';
import { BankError, explain, type Fault, type PlacedFault } from './faults.js';
import { isKebab, type TopicFile, topicFileSchema } from './schema.js';
import { toQuestion } from './to-question.js';
import { readYaml } from './yaml-source.js';

export { BankError, type Fault } from './faults.js';

/** A topic's file that holds its schema. */
export interface LoadedTopic {
  readonly file: string;
  readonly pack: string;
  readonly content: TopicFile;
  lineOf(question: number, field?: string): number;
}

/**
 * Reads every `<dir>/<pack>/<topic>.yaml`.
 * @throws {BankError} with every fault of every file.
 */
export async function loadBank(dir: string): Promise<Bank> {
  const { topics, faults } = await readBank(dir);
  if (faults.length > 0) throw new BankError(faults);
  return new Bank(
    topics.map(({ pack, content: { topic, title, description } }) => ({
      id: topic,
      pack,
      title,
      description,
    })),
    topics.flatMap(({ pack, content }) =>
      content.questions.map((each) => toQuestion(pack, content.topic, each)),
    ),
  );
}

/** The files that are sound, and the faults of the others. */
export async function readBank(dir: string): Promise<{ topics: LoadedTopic[]; faults: Fault[] }> {
  const files = await findFiles(dir);
  const faults = [...files.faults];
  const read = await Promise.all(
    files.paths.map(async (path) => ({ path, text: await readFile(join(dir, path), 'utf8') })),
  );
  const topics: LoadedTopic[] = [];
  for (const { path, text } of read) {
    const result = readTopic(join(dir, path), path, text);
    if (Array.isArray(result)) faults.push(...result);
    else topics.push(result);
  }
  faults.push(...duplicates(topics));
  faults.sort((a, b) => compare(a.file, b.file) || a.line - b.line);
  return { topics, faults };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

async function findFiles(dir: string): Promise<{ paths: string[]; faults: Fault[] }> {
  let names: string[];
  try {
    names = await readdir(dir, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    return { paths: [], faults: [missing(dir, 'there is no such folder')] };
  }
  const paths = names.filter(isQuestionFile).sort(compare);
  if (paths.length === 0) return { paths, faults: [missing(dir, 'there is no question file in the folder')] };
  const faults = paths.filter((path) => path.split(sep).length !== 2).map((path) => misplaced(dir, path));
  return { paths: paths.filter((path) => path.split(sep).length === 2), faults };
}

/** Names that start with `_` or `.` are notes, templates and the like. */
const isQuestionFile = (path: string): boolean =>
  /\.ya?ml$/.test(path) && !path.split(sep).some((part) => part.startsWith('_') || part.startsWith('.'));

const missing = (dir: string, message: string): Fault => ({
  file: dir,
  line: 1,
  message,
  remedy: 'set QUESTIONS_DIR to a folder with files <pack>/<topic>.yaml',
});

const misplaced = (dir: string, path: string): Fault => ({
  file: join(dir, path),
  line: 1,
  message: 'the file is not in a pack',
  remedy: `move it to ${join(dir, '<pack>', '<topic>.yaml')}`,
});

function readTopic(file: string, path: string, text: string): LoadedTopic | Fault[] {
  const source = readYaml(text);
  const place = ({ message, remedy, ...where }: PlacedFault): Fault => ({
    file,
    line: source.lineOf(where),
    message,
    remedy,
  });
  if (source.syntaxFaults.length > 0) {
    return source.syntaxFaults.map(({ line, message, remedy }) => ({ file, line, message, remedy }));
  }
  const result = topicFileSchema.safeParse(source.data);
  const faults = nameFaults(path, source.data).map(place);
  if (!result.success) {
    faults.push(...result.error.issues.flatMap((issue) => explain(issue, source.data)).map(place));
  }
  if (!result.success || faults.length > 0) return faults;
  const [pack = ''] = path.split(sep);
  const lineOf = (question: number, field = 'id'): number =>
    source.lineOf({ path: ['questions', question, field] });
  return { file, pack, content: result.data, lineOf };
}

function nameFaults(path: string, data: unknown): PlacedFault[] {
  const [pack = '', name = ''] = path.split(sep);
  const topic = name.replace(/\.ya?ml$/, '');
  const written = (data as { topic?: unknown } | null)?.topic;
  const faults: PlacedFault[] = [];
  for (const each of [pack, topic]) {
    if (isKebab(each)) continue;
    faults.push({
      path: [],
      message: `\`${each}\` cannot be the name of a ${each === pack ? 'pack' : 'topic'}`,
      remedy: 'rename it to lower-case words joined by hyphens',
    });
  }
  if (typeof written === 'string' && written !== topic) {
    faults.push({
      path: ['topic'],
      message: `the topic is \`${written}\`, but the file is called ${name}`,
      remedy: `write \`topic: ${topic}\`, or rename the file to ${written}.yaml`,
    });
  }
  return faults;
}

function duplicates(topics: readonly LoadedTopic[]): Fault[] {
  const faults: Fault[] = [];
  const firstTopics = new Map<string, LoadedTopic>();
  const firstIds = new Map<string, string>();
  for (const topic of topics) {
    const { file, content } = topic;
    const first = firstTopics.get(content.topic);
    if (!first) firstTopics.set(content.topic, topic);
    else {
      faults.push({
        file,
        line: 1,
        message: `there is a topic \`${content.topic}\` already, in ${first.file}`,
        remedy: 'merge the two files, or rename one topic',
      });
    }
    content.questions.forEach(({ id }, index) => {
      const line = topic.lineOf(index);
      const place = firstIds.get(id);
      if (place === undefined) firstIds.set(id, `${file}:${line}`);
      else {
        faults.push({
          file,
          line,
          message: `there is a question \`${id}\` already, in ${place}`,
          remedy: 'give this one another id (never the older one: scores name it)',
        });
      }
    });
  }
  return faults;
}
