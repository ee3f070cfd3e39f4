import { expect, test } from 'vitest';
import { loadBank } from '../../src/bank/load.js';
import type { Question } from '../../src/bank/question.js';
import { bankDir, head, open, single } from './bank-files.js';

async function loaded(...questions: string[]): Promise<readonly Question[]> {
  return (await loadBank(await bankDir({ 'django/queries.yaml': head + questions.join('') }))).all;
}

const common = `    explanation: So.
    sources: [https://docs.djangoproject.com/en/5.2/]
`;

test('a choice keeps its options in order, and its texts without the blanks around them', async () => {
  const [question] = await loaded(
    single
      .replace('How many queries?', '|\n      How many\n      queries?\n\n')
      .replace(
        '    options:',
        '    code: |\n\n      for x in y:\n          print(x)\n\n    covers: [dj-querysets]\n    versions: {django: ">=5.2"}\n    options:',
      ),
  );
  expect(question).toEqual({
    id: 'first',
    pack: 'django',
    topic: 'queries',
    level: 'basic',
    kind: 'single-choice',
    prompt: 'How many\nqueries?',
    code: { language: 'python', text: 'for x in y:\n    print(x)' },
    options: [
      { text: 'One', right: true },
      { text: 'Two', right: false, why: 'Nothing asks twice.' },
    ],
    explanation: 'It asks once.',
    sources: ['https://docs.djangoproject.com/en/5.2/'],
    covers: ['dj-querysets'],
    versions: { django: '>=5.2' },
    rev: expect.stringMatching(/^[0-9a-f]{8}$/),
  });
});

test('true or false becomes two options, in this order', async () => {
  const question = (answer: boolean): string =>
    `  - id: tf-${answer}\n    level: basic\n    kind: true-false\n    prompt: Is it?\n    answer: ${answer}\n${common}`;
  const [yes, no] = await loaded(question(true), question(false));
  expect(yes).toMatchObject({
    options: [
      { text: 'True', right: true },
      { text: 'False', right: false },
    ],
  });
  expect(no).toMatchObject({
    options: [
      { text: 'True', right: false },
      { text: 'False', right: true },
    ],
  });
});

test('the other kinds have what their kind needs, and empty lists for what was left out', async () => {
  const short = `  - id: third\n    level: basic\n    kind: short-answer\n    prompt: Which?\n    accepted: [" a ", b]\n    language: html\n    code: <p>\n${common}`;
  const order = `  - id: fourth\n    level: basic\n    kind: ordering\n    prompt: Order?\n    steps: [a, b, c]\n${common}`;
  const questions = await loaded(open, short, order);
  expect(questions).toMatchObject([
    {
      keyPoints: [
        { point: 'Measures', weight: 2, phrases: ['measur*', 'profil*'] },
        { point: 'Joins', weight: 1 },
        { point: 'Tests', weight: 1 },
      ],
      redFlags: [],
      hints: [],
      followUps: {},
    },
    { accepted: ['a', 'b'], code: { language: 'html', text: '<p>' } },
    { steps: ['a', 'b', 'c'] },
  ]);
});

test('the revision changes with what an answer depends on, and with nothing else', async () => {
  const [original] = await loaded(single);
  const revOf = async (from: string, to: string): Promise<string | undefined> =>
    (await loaded(single.replace(from, to)))[0]?.rev;
  expect(await revOf('How many', 'How few')).not.toBe(original?.rev);
  expect(await revOf('right: One', 'right: Three')).not.toBe(original?.rev);
  expect(await revOf('single', 'multiple')).not.toBe(original?.rev);
  expect(await revOf('It asks once.', 'Once it asks.')).toBe(original?.rev);
  expect(await revOf('Nothing asks twice.', 'Nothing does.')).toBe(original?.rev);
  expect(await revOf('basic', 'advanced')).toBe(original?.rev);
});

test('packs and topics come in the order of their paths', async () => {
  const file = (topic: string, id: string): string =>
    (head + single).replace('queries', topic).replace('first', id);
  const bank = await loadBank(
    await bankDir({
      'b/x.yaml': file('x', 'one'),
      'a/z.yml': file('z', 'two'),
      'a/y.yaml': file('y', 'three'),
    }),
  );
  expect(bank.topics.map(({ pack, id }) => `${pack}/${id}`)).toEqual(['a/y', 'a/z', 'b/x']);
  expect(bank.all.map(({ id }) => id)).toEqual(['three', 'two', 'one']);
});

test('options of code may differ in capitals alone', async () => {
  const code = single.replace('right: One', 'right: "`True`"').replace('wrong: Two', 'wrong: "`true`"');
  expect(await loaded(code)).toHaveLength(1);
});
