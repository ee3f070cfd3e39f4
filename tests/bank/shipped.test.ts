import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { faultText } from '../../src/bank/faults.js';
import { loadBank, readBank } from '../../src/bank/load.js';
import { kinds } from '../../src/bank/question.js';
import { readCoverage, review } from '../../src/bank/review.js';
import { topicJsonSchema } from '../../src/bank/schema.js';
import { bankDir, head, single } from './bank-files.js';

const dir = join(import.meta.dirname, '../../questions');

test('the shipped bank has no fault and covers what it must', async () => {
  const { topics, faults } = await readBank(dir);
  const coverage = await readCoverage(dir);
  if (!coverage) throw new Error('no coverage list');
  expect([...faults, ...(await review(dir, topics, coverage))].map(faultText)).toEqual([]);
});

test('the JSON Schema for editors is the one that the program checks with', async () => {
  const kept: unknown = JSON.parse(await readFile(join(dir, 'schema.json'), 'utf8'));
  expect(kept, 'run: npm run questions:schema').toEqual(topicJsonSchema());
});

test('the template shows every kind, and holds', async () => {
  const template = await readFile(join(dir, '_template.yaml'), 'utf8');
  const bank = await loadBank(await bankDir({ 'pack/template.yaml': template }));
  expect(bank.all.map(({ kind }) => kind)).toEqual(expect.arrayContaining([...kinds]));
});

describe('the review', () => {
  const item = { section: 'core', title: 'What Django is', facts: true };
  const coverage = {
    sections: { core: 'What Django is' },
    items: [
      { ...item, id: 'core-dry', sameAs: 'arch-dry', required: true },
      { ...item, id: 'core-orm', required: true },
      { ...item, id: 'core-purpose', required: false },
    ],
  };

  async function reviewed(question: string): Promise<string[]> {
    const files = {
      'django/queries.yaml': head + question,
      'coverage.json': JSON.stringify(coverage, undefined, 2),
    };
    const bank = await bankDir(files);
    const { topics, faults } = await readBank(bank);
    expect(faults).toEqual([]);
    const list = await readCoverage(bank);
    return (await review(bank, topics, list ?? { sections: {}, items: [] })).map((fault) =>
      faultText(fault).replace(`${bank}/`, ''),
    );
  }

  const covering = (ids: string): string =>
    single.replace('    options:', `    covers: ${ids}\n    options:`);

  test('is content with official sources and a question for each required item', async () => {
    expect(await reviewed(covering('[core-dry, core-orm]'))).toEqual([]);
  });

  test('names sources that are not official', async () => {
    const question = covering('[core-dry, core-orm]').replace('docs.djangoproject.com', 'blog.example.org');
    expect(await reviewed(question)).toEqual([
      'django/queries.yaml:15  blog.example.org is no official documentation → link the page of the project itself',
    ]);
  });

  test('names ids that are not on the list, and the one that was meant', async () => {
    expect(await reviewed(covering('\n      - core-dry\n      - core-orm\n      - core-pupose'))).toEqual([
      'django/queries.yaml:12  coverage.json has no core-pupose → write core-purpose, or remove it',
    ]);
  });

  test('names what no question covers', async () => {
    expect(await reviewed(covering('[core-orm]'))).toEqual([
      'coverage.json:10  no question covers core-dry (What Django is) → write one, or add core-dry to `covers` of the one that does (see those of arch-dry)',
    ]);
  });
});

describe('questions:check', () => {
  const run = promisify(execFile);
  const script = join(import.meta.dirname, '../../dist/scripts/questions-check.js');

  test('counts what a bank has, and ends with 0 where nothing is wrong', async () => {
    const bank = await bankDir({ 'django/queries.yaml': head + single });
    const { stdout } = await run(process.execPath, [script, bank]);
    expect(stdout).toMatch(/^topic +all +basic +intermediate +advanced +single/);
    expect(stdout).toMatch(/^django\/queries +1 +1 +0 +0 +1 +0/m);
    expect(stdout).toMatch(/No faults\.\n$/);
  });

  test('names each fault and ends with 1', async () => {
    const bank = await bankDir({ 'django/queries.yaml': (head + single).replace('basic', 'easy') });
    const failed: unknown = await run(process.execPath, [script, bank]).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 1 });
    expect((failed as { stdout: string }).stdout).toContain(
      `${bank}/django/queries.yaml:6  \`level\` cannot be "easy" → use one of basic, intermediate, advanced`,
    );
  });
});
