import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tempDir } from '../helpers/store.js';

const link = 'https://docs.djangoproject.com/en/5.2/';
const levels = ['basic', 'intermediate', 'advanced'] as const;

/** A question of a made-up bank, with what must not be told before its round is over. */
export interface MadeUp {
  readonly prompt: string;
  readonly secrets: readonly string[];
  /** What somebody types who knows; of a question that takes words. */
  readonly typed?: string;
}

const kinds = {
  'single-choice': (n: number) => ({
    options: [
      { right: `right option ${n}` },
      ...['one', 'two'].map((one) => ({ wrong: `wrong option ${one} ${n}` })),
    ],
  }),
  'true-false': (n: number) => ({ answer: n % 2 === 0 }),
  'multiple-choice': (n: number) => ({
    options: [
      { right: `right option one ${n}` },
      { wrong: `wrong option ${n}` },
      { right: `right option two ${n}` },
    ],
  }),
  ordering: (n: number) => ({ steps: ['one', 'two', 'three'].map((one) => `step ${one} of ${n}`) }),
  'short-answer': (n: number) => ({ accepted: [`accepted${n}of`] }),
} as const;

const made = (
  ['single-choice', 'single-choice', 'true-false', 'multiple-choice', 'ordering', 'short-answer'] as const
)
  .flatMap((kind) => [kind, kind, kind])
  .map((kind, n) => ({ kind, n, prompt: `Made up number ${n} of all: which?` }));

export const madeUp: readonly MadeUp[] = made.map(({ kind, n, prompt }) => ({
  prompt,
  secrets: [`BECAUSE${n}of`, `${link}ref/number-${n}/`],
  ...(kind === 'short-answer' && { typed: `accepted${n}of` }),
}));

/** Writes it. @returns its folder */
export async function writeMadeUp(): Promise<string> {
  const dir = await tempDir();
  await mkdir(join(dir, 'demo'));
  const questions = made.map(({ kind, n, prompt }) => ({
    id: `made-${n}`,
    level: levels[n % 3],
    kind,
    prompt,
    ...kinds[kind](n),
    explanation: `BECAUSE${n}of it is so.`,
    sources: [`${link}ref/number-${n}/`],
  }));
  const topic = { topic: 'made', title: 'Made up', description: 'Made up.', questions };
  // JSON is YAML.
  await writeFile(join(dir, 'demo', 'made.yaml'), JSON.stringify(topic));
  return dir;
}
