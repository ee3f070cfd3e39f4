import { describe, expect, test } from 'vitest';
import { review } from '../../scripts/check/review.js';
import { faultText } from '../../src/bank/faults.js';
import { readBank } from '../../src/bank/load.js';
import { bankDir, head, open, single } from '../bank/bank-files.js';

const item = { section: 'core', title: 'What Django is' };
const coverage = {
  sections: { core: 'What Django is' },
  items: [
    { ...item, id: 'core-dry', sameAs: 'arch-dry' },
    { ...item, id: 'core-orm' },
  ],
};
const covering = (ids: string, question = single): string =>
  question.replace('    explanation:', `    covers: ${ids}\n    explanation:`);
const sound = covering('[core-dry, core-orm]');

/** What the review says of a topic `queries` with these questions. */
async function reviewed(
  questions: string,
  files: Readonly<Record<string, string>> = { 'coverage.json': JSON.stringify(coverage, undefined, 2) },
): Promise<string[]> {
  const dir = await bankDir({ 'django/queries.yaml': head + questions, ...files });
  const { topics, faults } = await readBank(dir);
  expect(faults).toEqual([]);
  return (await review(dir, topics)).faults.map((fault) => faultText(fault).replaceAll(`${dir}/`, ''));
}

test('a bank without a plan is not reviewed', async () => {
  const link = single.replace('docs.djangoproject.com', 'blog.example.org');
  expect(await reviewed(link, {})).toEqual([]);
});

test('a sound bank has no fault', async () => {
  expect(await reviewed(sound)).toEqual([]);
});

describe('coverage', () => {
  test('names ids that are not on the list, and the one that was meant', async () => {
    expect(await reviewed(covering('[core-dry, core-orm, core-rom]'))).toEqual([
      'django/queries.yaml:13  coverage.json has no core-rom → write core-orm, or remove it',
    ]);
  });

  test('names what no question covers', async () => {
    expect(await reviewed(covering('[core-orm]'))).toEqual([
      'coverage.json:9  no question covers core-dry (What Django is) → write one, or add core-dry to `covers` of the one that does (see those of arch-dry)',
    ]);
  });
});

test('nothing is said of what the whole lacks while a file does not load', async () => {
  const dir = await bankDir({
    'django/queries.yaml': head + covering('[core-orm, core-rom]'),
    'django/models.yaml': 'topic: [',
    'coverage.json': JSON.stringify(coverage),
  });
  const { topics } = await readBank(dir);
  const { faults } = await review(dir, topics, [], false);
  expect(faults.map(({ message }) => message)).toEqual(['coverage.json has no core-rom']);
});

describe('links', () => {
  const page = 'https://docs.djangoproject.com/en/5.2/';

  test.each([
    [`${page}ref/models/querysets/`],
    [`${page}ref/models/querysets/#select-related`],
    ['https://www.django-rest-framework.org/api-guide/viewsets/#modelviewset'],
    ['https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-DEADLOCKS'],
    ['https://docs.python.org/3/library/functools.html#functools.lru_cache'],
    ['https://www.rfc-editor.org/rfc/rfc9110.html#section-9.2.2'],
    ['https://developer.mozilla.org/en-US/docs/Web/HTTP/CORS'],
    ['https://docs.celeryq.dev/en/stable/userguide/tasks.html'],
  ])('%s is known', async (link) => {
    expect(await reviewed(sound.replace(page, link))).toEqual([]);
  });

  test.each([
    [
      `${page}ref/models/queryset/`,
      `${page}ref/models/queryset/ is not among the pages of official documentation that are known → did you mean ${page}ref/models/querysets/?`,
    ],
    [
      `${page}ref/models/querysets/#select-relate`,
      `${page}ref/models/querysets/ has no #select-relate → did you mean #select-related?`,
    ],
    [
      'https://blog.example.org/django-tips',
      'https://blog.example.org/django-tips is not among the pages of official documentation that are known → correct it, or add it to scripts/check/pages/others.txt',
    ],
  ])('%s is not', async (link, message) => {
    expect(await reviewed(sound.replace(page, link))).toEqual([`django/queries.yaml:15  ${message}`]);
  });
});

test('links of Django are there in both releases, unless the question is about one', async () => {
  const link = 'https://docs.djangoproject.com/en/6.1/topics/db/fetch-modes/';
  const question = sound
    .replace('https://docs.djangoproject.com/en/5.2/', link)
    .replace('Nothing asks twice.', 'It asks once.')
    .concat('    reviewed: 2026-11-25\n');
  expect(await reviewed(question)).toEqual([
    expect.stringMatching(
      /^django\/queries\.yaml:15 {2}in Django 5\.2, which the question is about too, .*5\.2.* is not among/,
    ),
  ]);
  expect(
    await reviewed(question.replace('    covers:', '    versions: {django: ">=6.1"}\n    covers:')),
  ).toEqual([]);
});

describe('names', () => {
  test.each([
    ['prompt: What does Queryset.count() do?', 'prompt: What does QuerySet.count() do?'],
    ['prompt: What does `selectrelated()` do?', 'prompt: What does `select_related()` do?'],
    ['prompt: What does `prefetch-related()` do?', 'prompt: What does `prefetch_related()` do?'],
    ['prompt: Why use a ModelViewset?', 'prompt: Why use a ModelViewSet?'],
    ['prompt: What does `select_for_updat()` do?', 'prompt: What does `select_for_update()` do?'],
    ['prompt: What does `prefetch_realted()` do?', 'prompt: What does `prefetch_related()` do?'],
    ['prompt: Is it faster on Postgresql?', 'prompt: Is it faster on PostgreSQL?'],
  ])('%s is wrong', async (wrong, right) => {
    const written = 'prompt: How many queries?';
    expect(await reviewed(sound.replace(written, right))).toEqual([]);
    expect(await reviewed(sound.replace(written, wrong))).toEqual([
      expect.stringMatching(/^django\/queries\.yaml:8 {2}`first` has the name \S+ → write \w+, or add/),
    ]);
  });

  test('are looked for in options and code too', async () => {
    const question = sound
      .replace('Two', 'A Foreignkey')
      .replace('    options:', '    code: Show.objects.Filter().valueslist()\n    options:');
    expect(await reviewed(question)).toEqual([
      'django/queries.yaml:9  `first` has the name valueslist → write values_list, or add it to scripts/check/names.ts if it is right',
      'django/queries.yaml:12  `first` has the name Foreignkey → write ForeignKey, or add it to scripts/check/names.ts if it is right',
    ]);
  });
});

describe('reading', () => {
  const words = (count: number): string => Array.from({ length: count }, () => 'word').join(' ');

  test('of a quiz question takes at most 20 s', async () => {
    const asking = (count: number): string => sound.replace('How many queries?', words(count));
    expect(await reviewed(asking(78))).toEqual([]);
    expect(await reviewed(asking(79))).toEqual([
      'django/queries.yaml:8  `first` has 81 words in prompt, code and options; 80 can be read in 20 s → shorten it',
    ]);
  });

  test('code counts as well', async () => {
    const question = sound
      .replace('How many queries?', words(70))
      .replace('    options:', `    code: ${Array.from({ length: 9 }, () => 'f()').join(';')}\n    options:`);
    expect(await reviewed(question)).toHaveLength(1);
  });

  test('may take longer of an advanced question, and as long as it needs of a long form', async () => {
    const advanced = sound.replace('level: basic', 'level: advanced');
    expect(await reviewed(advanced.replace('How many queries?', words(118)))).toEqual([]);
    expect(await reviewed(advanced.replace('How many queries?', words(119)))).toHaveLength(1);
    const form = '    form: incident\n    code: f()\n    options:';
    const long = advanced.replace('How many queries?', words(119)).replace('    options:', form);
    expect(await reviewed(long)).toEqual([]);
  });

  test('an open question gives a group something to talk about', async () => {
    expect(await reviewed(sound + open)).toEqual([
      'django/queries.yaml:16  `second` has no red flags → add `redFlags`: what a weak answer says',
      'django/queries.yaml:16  `second` has no follow-ups → add `followUps`: what an interviewer asks next',
      'django/queries.yaml:16  `second` has no hints → add `hints`: from gentle to nearly telling',
    ]);
  });
});

describe('near-duplicates', () => {
  const asking = (id: string, prompt: string, right: string): string =>
    single.replace('first', id).replace('How many queries?', prompt).replace('One', right);
  const command = asking('a', 'Which command writes migration files for changed models?', 'makemigrations');
  const template = asking('c', 'Which tag protects a form of a template?', 'csrf_token');

  test('are named', async () => {
    const reworded = asking(
      'b',
      'Which command writes the migration files for models you changed?',
      'makemigrations',
    );
    expect(await reviewed(sound + command + template + reworded)).toEqual([
      expect.stringMatching(
        /^django\/queries\.yaml:39 {2}`b` asks nearly the same as `a` in .*queries\.yaml → ask something else/,
      ),
    ]);
  });

  test('are not what shares a stock prompt or a subject', async () => {
    const print = (id: string, code: string, right: string): string =>
      asking(id, 'What does this print?', right).replace('    options:', `    code: ${code}\n    options:`);
    const questions = [
      command,
      template,
      asking('d', 'Which command applies migration files to the database?', 'migrate'),
      print('e', 'print(len(Show.objects.all()))', 'Three'),
      print('f', 'print(Show.objects.filter(live=True).first())', 'None'),
    ];
    expect(await reviewed(sound + questions.join(''))).toEqual([]);
  });
});

describe('the outline', () => {
  const plan = {
    all: 1,
    code: 0,
    kinds: {},
    topics: { queries: { basic: 1, intermediate: 0, advanced: 0 } },
  };
  const planned = (changes: object): Promise<string[]> =>
    reviewed(sound, { 'outline.json': JSON.stringify({ ...plan, ...changes }) });

  test('is kept', async () => {
    expect(await planned({})).toEqual([]);
  });

  test.each([
    [{ all: 2 }, 'there are 1 questions of 2'],
    [{ code: 1 }, 'there are 0 questions with code of 1'],
    [{ kinds: { open: 3 } }, 'there are 0 open questions of 3'],
    [
      { topics: { queries: { basic: 1, intermediate: 2, advanced: 0 } } },
      'there are 0 intermediate questions of queries of 2',
    ],
    [
      { topics: { ...plan.topics, forms: { basic: 1, intermediate: 0, advanced: 0 } } },
      'there are 0 basic questions of forms of 1',
    ],
  ])('%j is not', async (changes, message) => {
    expect(await planned(changes)).toEqual([expect.stringContaining(`outline.json:1  ${message} → write`)]);
  });

  test('knows every topic', async () => {
    expect(await planned({ topics: {} })).toEqual([
      'django/queries.yaml:1  outline.json has no topic queries → add it to outline.json, with counts',
    ]);
  });

  test('counts packs together, once it is strict', async () => {
    const packs = [
      {
        of: ['django', 'drf'],
        all: 2,
        levels: { basic: 1, intermediate: 1, advanced: 0 },
        kinds: { open: 1 },
      },
    ];
    const messages = [
      'there are 1 questions of django and drf of 2',
      'there are 0 intermediate questions of django and drf of 1',
      'there are 0 open questions of django and drf of 1',
    ];
    const strict = (await planned({ packs, strict: true })).filter((fault) => fault.includes('outline.json'));
    expect(strict).toEqual(
      messages.map((message) => expect.stringContaining(`outline.json:1  ${message} → write 1 more`)),
    );
    expect(await planned({ packs, strict: false })).toEqual([]);
  });

  test('asks for no counts of topics in packs that it counts', async () => {
    expect(await planned({ topics: {}, packs: [{ of: ['django'], all: 1 }] })).toEqual([]);
  });
});
