import { explain, type Fault, type PlacedFault } from './faults.js';
import { type TopicFile, topicFileSchema } from './schema.js';
import { isKebab } from './schema-texts.js';
import { yamlData } from './yaml-data.js';

/** A topic's file that holds its schema. */
export interface TopicSource {
  readonly file: string;
  readonly pack: string;
  readonly content: TopicFile;
  /** The line, from 1, on which a part of the content stands. */
  lineOf(path: readonly PropertyKey[]): Promise<number>;
}

interface TopicText {
  readonly file: string;
  readonly pack: string;
  /** The file's name in its pack, e.g. `queries.yaml`. */
  readonly name: string;
  readonly text: string;
}

/** The content of a file, or all that is wrong with it. */
export async function readTopic(topic: TopicText): Promise<TopicSource | Fault[]> {
  const content = quickly(topic);
  return content ? sourceOf(topic, content) : thoroughly(topic);
}

/** A sound file needs no lines; to remember them costs several times the reading. */
function quickly({ pack, name, text }: TopicText): TopicFile | undefined {
  let data: unknown;
  try {
    data = yamlData(text);
  } catch {
    return undefined; // The thorough reading says what is wrong.
  }
  const result = topicFileSchema.safeParse(data);
  return result.success && nameFaults(pack, name, data).length === 0 ? result.data : undefined;
}

async function thoroughly(topic: TopicText): Promise<TopicSource | Fault[]> {
  const { file, pack, name, text } = topic;
  const { data, syntaxFaults, lineOf } = await readLines(text);
  if (syntaxFaults.length > 0) return syntaxFaults.map((fault) => ({ file, ...fault }));
  const result = topicFileSchema.safeParse(data);
  const issues = result.error?.issues ?? [];
  const faults = [...nameFaults(pack, name, data), ...issues.flatMap((issue) => explain(issue, data))];
  if (result.success && faults.length === 0) return sourceOf(topic, result.data);
  return faults.map(({ message, remedy, ...place }) => ({ file, line: lineOf(place), message, remedy }));
}

function sourceOf({ file, pack, text }: TopicText, content: TopicFile): TopicSource {
  let reading: ReturnType<typeof readLines> | undefined;
  return {
    file,
    pack,
    content,
    async lineOf(path) {
      reading ??= readLines(text);
      return (await reading).lineOf({ path });
    },
  };
}

/** Imported when something is wrong: a start with a sound bank needs none of it. */
async function readLines(text: string) {
  const { readYaml } = await import('./yaml-lines.js');
  return readYaml(text);
}

function nameFaults(pack: string, name: string, data: unknown): PlacedFault[] {
  const topic = name.replace(/\.ya?ml$/, '');
  const faults: PlacedFault[] = [];
  for (const [what, each] of Object.entries({ pack, topic })) {
    if (isKebab(each)) continue;
    faults.push({
      path: [],
      message: `\`${each}\` cannot be the name of a ${what}`,
      remedy: `rename the ${what === 'pack' ? 'folder' : 'file'} to lower-case words joined by hyphens`,
    });
  }
  const written = (data as { topic?: unknown } | null)?.topic;
  if (typeof written === 'string' && isKebab(written) && written !== topic) {
    faults.push({
      path: ['topic'],
      message: `the topic is \`${written}\`, but the file is called ${name}`,
      remedy: `write \`topic: ${topic}\`, or rename the file to ${written}.yaml`,
    });
  }
  return faults;
}
