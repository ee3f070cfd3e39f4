import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Fault } from '../../src/bank/faults.js';
import { kinds, levels } from '../../src/bank/question.js';
import type { TopicSource } from '../../src/bank/topic-source.js';
import { type Placed, placed } from './finding.js';

const outlineFile = 'outline.json';

const counts = z.strictObject(Object.fromEntries(levels.map((level) => [level, z.int().min(0)])));
const kindCounts = z.partialRecord(z.enum(kinds), z.int());
const outlineSchema = z.strictObject({
  /**
   * True: all that the gates find is a fault, also of questions that nobody has reviewed and of the bank as a whole.
   * False while questions are still being written and worked off.
   */
  strict: z.boolean().optional(),
  /** How many questions a topic has at least at each level. */
  topics: z.record(z.string(), counts),
  /** How many packs have at least together; their topics need no counts of their own. */
  packs: z
    .array(
      z.strictObject({
        of: z.array(z.string()).min(1),
        all: z.int(),
        levels: counts.optional(),
        kinds: kindCounts.optional(),
      }),
    )
    .optional(),
  /** How many the whole bank has at least. */
  all: z.int(),
  /** … that show code. */
  code: z.int(),
  /** … of a kind. */
  kinds: kindCounts,
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
  const all = placed(topics);
  const planned = new Set(outline.packs?.flatMap(({ of }) => of));
  return [
    ...Object.entries(outline.topics).flatMap(([id, wanted]) => {
      const inTopic = all.filter(({ topic }) => topic.content.topic === id);
      return levels.flatMap((level) =>
        tooFew(file, atLevel(inTopic, level), wanted[level], `${level} questions of ${id}`),
      );
    }),
    ...topics.flatMap(({ content, file: where, pack }) => {
      if (content.topic in outline.topics || planned.has(pack)) return [];
      const message = `${outlineFile} has no topic ${content.topic}`;
      return [{ file: where, line: 1, message, remedy: `add it to ${file}, with counts` }];
    }),
    ...tooFew(file, all, outline.all, 'questions'),
    ...tooFew(file, all.filter(showsCode), outline.code, 'questions with code'),
    ...Object.entries(outline.kinds).flatMap(([kind, wanted]) =>
      tooFew(file, ofKind(all, kind), wanted, `${kind} questions`),
    ),
  ];
}

/** Packs that have fewer questions than planned. */
export function packShortfalls(
  dir: string,
  topics: readonly TopicSource[],
  { packs = [] }: Outline,
): Fault[] {
  const file = join(dir, outlineFile);
  return packs.flatMap(({ of, all: most, levels: perLevel, kinds: perKind = {} }) => {
    const all = placed(topics.filter(({ pack }) => of.includes(pack)));
    const where = of.join(' and ');
    return [
      ...tooFew(file, all, most, `questions of ${where}`),
      ...levels.flatMap((level) =>
        tooFew(file, atLevel(all, level), perLevel?.[level], `${level} questions of ${where}`),
      ),
      ...Object.entries(perKind).flatMap(([kind, wanted]) =>
        tooFew(file, ofKind(all, kind), wanted, `${kind} questions of ${where}`),
      ),
    ];
  });
}

const atLevel = (all: readonly Placed[], level: string): Placed[] =>
  all.filter(({ question }) => question.level === level);
const ofKind = (all: readonly Placed[], kind: string): Placed[] =>
  all.filter(({ question }) => question.kind === kind);
const showsCode = ({ question }: Placed): boolean => question.code !== undefined || 'exhibits' in question;

function tooFew(file: string, found: readonly Placed[], wanted: number | undefined, what: string): Fault[] {
  if (wanted === undefined || found.length >= wanted) return [];
  const message = `there are ${found.length} ${what} of ${wanted}`;
  return [{ file, line: 1, message, remedy: `write ${wanted - found.length} more` }];
}
