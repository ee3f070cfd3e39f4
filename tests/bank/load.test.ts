import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadBank } from '../../src/bank/load.js';
import { loadBankCached } from '../../src/bank/load-cached.js';
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

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

test.each([
  [
    'a file that is not UTF-8',
    async (dir: string) => writeFile(join(dir, 'django/x.yaml'), bytes('topic: \xf6')),
    'x.yaml:1  it is not UTF-8',
  ],
  [
    'a link that leads nowhere',
    async (dir: string) => symlink('nowhere', join(dir, 'django/x.yaml')),
    'x.yaml:1  it leads to a file that is not there',
  ],
  [
    'a folder called like a file',
    async (dir: string) => mkdir(join(dir, 'django/x.yaml')),
    'x.yaml:1  it is a folder',
  ],
  [
    'an ending in capitals',
    async (dir: string) => writeFile(join(dir, 'django/X.YAML'), head + single),
    'the ending is in capitals',
  ],
  [
    'a link that leads to itself',
    async (dir: string) => symlink('x.yaml', join(dir, 'django/x.yaml')),
    'x.yaml:1  it leads to itself',
  ],
  [
    'a file of many megabytes',
    async (dir: string) => writeFile(join(dir, 'django/x.yaml'), '#'.repeat(4_000_001)),
    'x.yaml:1  it has 4000001 bytes',
  ],
  [
    'an empty file',
    async (dir: string) => writeFile(join(dir, 'django/x.yaml'), ''),
    'x.yaml:1  the file should be a mapping',
  ],
  [
    'a pack’s file that is not UTF-8',
    async (dir: string) => writeFile(join(dir, 'django/_pack.yaml'), bytes('title: \xf6')),
    '_pack.yaml:1  it is not UTF-8',
  ],
  [
    'a pack’s file that is a folder',
    async (dir: string) => mkdir(join(dir, 'django/_pack.yaml')),
    '_pack.yaml:1  it is a folder',
  ],
  [
    'a pack’s file that is a link to nowhere',
    async (dir: string) => symlink('nowhere', join(dir, 'django/_pack.yaml')),
    '_pack.yaml:1  it leads to a file that is not there',
  ],
])('%s is named, by the check and by the start alike', async (_, spoil, words) => {
  const dir = await bankDir({ 'django/queries.yaml': head + single });
  await spoil(dir);
  await expect(loadBank(dir)).rejects.toThrow(words);
  await expect(loadBankCached(dir, dir)).rejects.toThrow(words);
});

test('an editor’s lock beside a file disturbs nobody', async () => {
  const dir = await bankDir({ 'django/queries.yaml': head + single });
  await symlink('ada@laptop.1234', join(dir, 'django/.#queries.yaml'));
  expect((await loadBank(dir)).all).toHaveLength(1);
  expect((await loadBankCached(dir, dir)).all).toHaveLength(1);
});

test.each([
  ['cut off at a #', 'One', 'One # or two', 'the text ends before a #'],
  ['a number as written', 'One', '3.10', 'not the number 3.10 → put it into quotes: "3.10"'],
  ['a number in another base', 'One', '0x1F', 'not the number 0x1F → put it into quotes: "0x1F"'],
  ['the word null', 'One', 'Null', 'not nothing, as YAML reads Null → put it into quotes: "Null"'],
  ['a soft hyphen', 'One', 'O\u00adne', 'U+00AD'],
  ['an octal number', 'One', '0o17', 'not the number 0o17 → put it into quotes: "0o17"'],
  ['a number with a zero in front', 'One', '017', 'not the number 017 → put it into quotes: "017"'],
  ['an alias', 'One', '*x', '`*x` is an alias of YAML'],
  ['nothing that can be seen', 'One', '"\u2800"', 'shows nothing'],
])('an option that is %s is told as it stands', async (_, from, to, words) => {
  const dir = await bankDir({ 'django/queries.yaml': head + single.replace(from, to) });
  await expect(loadBank(dir)).rejects.toThrow(words);
});

test.each(['yes', 'no', 'on', 'off', '2026-11-25', '12:30'])(
  'an option %s is the text itself',
  async (text) => {
    const [question] = await loaded(single.replace('One', text));
    expect(question).toMatchObject({ options: [{ text, right: true }, { right: false }] });
  },
);

test('a mark of byte order and line ends of Windows change nothing', async () => {
  const text = (head + single).replace('How many queries?', '|\n      How many\n      queries?');
  const [plain, windows] = await Promise.all(
    [text, `\ufeff${text.replaceAll('\n', '\r\n')}`].map(async (each) =>
      (await loadBank(await bankDir({ 'django/queries.yaml': each }))).all.at(0),
    ),
  );
  expect(windows).toEqual(plain);
});

test.each(['می\u200cخواهم', '👩\u200d💻', 'क\u094d\u200dष'])(
  'joiners that mean something are taken: %s',
  async (text) => {
    const dir = await bankDir({ 'django/queries.yaml': head + single.replace('One', text) });
    expect((await loadBank(dir)).all).toHaveLength(1);
  },
);
