import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Level, levels } from '../../src/bank/question.js';
import { tempDir } from '../helpers/store.js';

export const topics = ['queries', 'forms', 'caching'] as const;
export const titleOf = (topic: string): string => `All about ${topic}`;
const questionsEach = 6;

export interface Known {
  readonly id: string;
  readonly topic: string;
  readonly level: Level;
}

/** What a card's text says of its question; of a daily one, the last one stands above it. @throws Error for a text without one */
export function questionIn(text: string): Known {
  const [, id = '', topic = '', level = ''] =
    [...text.matchAll(/Question (([a-z]+)-([a-z]+)-\d+):/g)].at(-1) ?? [];
  if (id === '') throw new Error(`No question in:\n${text}`);
  return { id, topic, level: level as Level };
}

/** A bank of single choices whose prompts say which question they are, and whose options which one is right. */
export async function writeBank(): Promise<string> {
  const dir = await tempDir();
  await mkdir(join(dir, 'month'));
  for (const topic of topics) {
    const questions = levels.flatMap((level) =>
      Array.from({ length: questionsEach }, (_, index) => ({
        id: `${topic}-${level}-${index + 1}`,
        level,
        kind: 'single-choice',
        prompt: `Question ${topic}-${level}-${index + 1}: which option is the right one?`,
        options: [
          { right: 'the right option' },
          { wrong: 'the first wrong option' },
          { wrong: 'the second wrong option' },
        ],
        explanation: 'The right one says so itself.',
        sources: ['https://docs.djangoproject.com/en/5.2/topics/db/queries/'],
      })),
    );
    const file = { topic, title: titleOf(topic), description: 'For a month.', questions };
    await writeFile(join(dir, 'month', `${topic}.yaml`), JSON.stringify(file, undefined, 2));
  }
  return dir;
}
