import { explainIssue, worthTelling } from './explaining.js';
import type { Fault, PlacedFault } from './faults.js';
import { type TopicFile, topicFileSchema } from './schema.js';
import { isKebab } from './schema-texts.js';
import { readYaml } from './yaml-lines.js';

/** A topic's file that holds its schema. */
export interface TopicSource {
  readonly file: string;
  readonly pack: string;
  readonly content: TopicFile;
  /** The line, from 1, on which a part of the content stands. */
  lineOf(path: readonly PropertyKey[]): number;
}

interface TopicText {
  readonly file: string;
  readonly pack: string;
  /** The file's name in its pack, e.g. `queries.yaml`. */
  readonly name: string;
  readonly text: string;
}

/** The content of a file, or all that is wrong with it. */
export function readTopic({ file, pack, name, text }: TopicText): TopicSource | Fault[] {
  const { data, syntaxFaults, lineOf, writtenAt } = readYaml(text);
  if (syntaxFaults.length > 0) return syntaxFaults.map((fault) => ({ file, ...fault }));
  const result = topicFileSchema.safeParse(data);
  const issues = worthTelling(result.error?.issues ?? []);
  const faults = [
    ...nameFaults(pack, name, data),
    ...issues.flatMap((issue) => explainIssue(issue, data, writtenAt(issue.path))),
  ];
  if (faults.length > 0 || !result.success)
    return faults.map(({ message, remedy, ...place }) => ({ file, line: lineOf(place), message, remedy }));
  // A sound file is seldom asked for lines, and what knows them is several times as large: it is read again then.
  let again: ReturnType<typeof readYaml> | undefined;
  return {
    file,
    pack,
    content: result.data,
    lineOf(path) {
      again ??= readYaml(text);
      return again.lineOf({ path });
    },
  };
}

function nameFaults(pack: string, name: string, data: unknown): PlacedFault[] {
  const topic = name.replace(/\.ya?ml$/i, '');
  const faults: PlacedFault[] = [];
  if (!/\.ya?ml$/.test(name))
    faults.push({
      path: [],
      message: 'the ending is in capitals',
      remedy: `rename the file to ${topic}.yaml`,
    });
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
