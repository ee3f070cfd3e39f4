import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { topicFileSchema } from '../../src/bank/schema.js';
import { yamlData } from '../../src/bank/yaml-data.js';
import { readYaml } from '../../src/bank/yaml-lines.js';
import { seeded } from './random.js';

const dir = join(import.meta.dirname, '../../questions');
const paths = (await readdir(dir, { recursive: true })).filter((path) => path.endsWith('.yaml'));
const texts = await Promise.all(paths.map((path) => readFile(join(dir, path), 'utf8')));

test.each(paths.map((path, index) => [path, texts[index] ?? '']))(
  '%s reads the same with and without lines',
  (_, text) => {
    expect(yamlData(text)).toEqual(readYaml(text).data);
  },
);

test('where the quick reading finds a damaged file sound, the one with lines reads the same', () => {
  const random = seeded(1);
  const below = (most: number): number => Math.floor(random() * most);
  const marks = ' \n:#-"\'|>[]{}&*!,?`%@\t\\x1~';
  let sound = 0;
  for (let run = 0; run < 200; run++) {
    const [head = '', ...questions] = (texts[below(texts.length)] ?? '').split(/^(?= {2}- id:)/m);
    let text = head + (questions[below(questions.length)] ?? '');
    for (let slip = 0; slip < 2; slip++) {
      const at = below(text.length);
      text = text.slice(0, at) + (marks[below(marks.length + 1)] ?? '') + text.slice(at + below(2));
    }
    if (!holds(text)) continue;
    sound += 1;
    const { data, syntaxFaults } = readYaml(text);
    expect({ text, data, syntaxFaults }).toEqual({ text, data: yamlData(text), syntaxFaults: [] });
  }
  expect(sound).toBeGreaterThan(40);
});

function holds(text: string): boolean {
  try {
    return topicFileSchema.safeParse(yamlData(text)).success;
  } catch {
    return false;
  }
}
