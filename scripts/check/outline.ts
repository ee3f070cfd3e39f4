import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Fault } from '../../src/bank/faults.js';
import { kinds, levels } from '../../src/bank/question.js';
import type { TopicSource } from '../../src/bank/topic-source.js';
import { placed } from './finding.js';

export const outlineFile = 'outline.json';

const counts = z.strictObject(Object.fromEntries(levels.map((level) => [level, z.int().min(0)])));
const outlineSchema = z.strictObject({
  /** How many questions a topic has at least at each level. */
  topics: z.record(z.string(), counts),
  /** How many the whole bank has at least. */
  all: z.int(),
  /** … that show code. */
  code: z.int(),
  /** … of a kind. */
  kinds: z.partialRecord(z.enum(kinds), z.int()),
});
type Outline = z.infer<typeof outlineSchema>;

export async function readOutline(dir: string): Promise<Outline | undefined> {
  try {
    return outlineSchema.parse(JSON.parse(await readFile(join(dir, outlineFile), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Where there are fewer questions than planned, and topics that the plan does not know. */
export function shortfalls(dir: string, topics: readonly TopicSource[], outline: Outline): Fault[] {
  const file = join(dir, outlineFile);
  const faults: Fault[] = [];
  const expect = (found: number, wanted: number, what: string): void => {
    if (found >= wanted) return;
    const message = `there are ${found} ${what} of ${wanted}`;
    faults.push({ file, line: 1, message, remedy: `write ${wanted - found} more` });
  };
  const all = placed(topics);
  for (const [id, wanted] of Object.entries(outline.topics)) {
    const inTopic = all.filter(({ topic }) => topic.content.topic === id);
    for (const level of levels) {
      const found = inTopic.filter(({ question }) => question.level === level).length;
      expect(found, wanted[level] ?? 0, `${level} questions of ${id}`);
    }
  }
  for (const { content, file: where } of topics) {
    if (content.topic in outline.topics) continue;
    const message = `${outlineFile} has no topic ${content.topic}`;
    faults.push({ file: where, line: 1, message, remedy: `add it to ${file}, with counts` });
  }
  expect(all.length, outline.all, 'questions');
  expect(
    all.filter(({ question }) => question.code !== undefined).length,
    outline.code,
    'questions with code',
  );
  for (const [kind, wanted] of Object.entries(outline.kinds)) {
    expect(all.filter(({ question }) => question.kind === kind).length, wanted, `${kind} questions`);
  }
  return faults;
}
