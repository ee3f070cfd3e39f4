import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { located, placed } from '../../scripts/check/finding.js';
import { gates, hard } from '../../scripts/check/gates.js';
import { changedAnswers, readIds } from '../../scripts/check/ids.js';
import { readKnownPages } from '../../scripts/check/links.js';
import { review } from '../../scripts/check/review.js';
import { withTable } from '../../scripts/check/table.js';
import { faultText } from '../../src/bank/faults.js';
import { bankOf, readBank } from '../../src/bank/load.js';
import { kinds } from '../../src/bank/question.js';
import { topicJsonSchema } from '../../src/bank/schema.js';
import { shippedQuestions as dir, shippedBank } from '../helpers/banks.js';
import { bankDir, head, single } from './bank-files.js';

/** Every gate over more than a thousand questions. */
const patience = { timeout: 180_000 };

test('the shipped bank has no fault and is what was planned', patience, async () => {
  const { topics, faults } = await shippedBank();
  expect([...faults, ...(await review(dir, topics)).faults].map(faultText)).toEqual([]);
});

test('no id of the shipped bank stands for another answer than it did', async () => {
  const ids = await readIds(dir);
  const { topics } = await shippedBank();
  expect(Object.keys(ids ?? {}).length).toBeGreaterThan(400);
  expect(changedAnswers(placed(topics), ids ?? {}).map(({ message }) => message)).toEqual([]);
});

test('the JSON Schema for editors is the one that the program checks with', async () => {
  const kept: unknown = JSON.parse(await readFile(join(dir, 'schema.json'), 'utf8'));
  expect(kept, 'run: npm run questions:schema').toEqual(topicJsonSchema());
});

test('the table of what the bank has is in step', async () => {
  const page = await readFile(join(dir, '../docs/bank.md'), 'utf8');
  expect(page, 'run: npm run questions:table').toBe(withTable(page, bankOf((await shippedBank()).topics)));
});

test('the template shows every kind, and no gate finds anything in it', async () => {
  const template = await readFile(join(dir, '_template.yaml'), 'utf8');
  const { topics, faults } = await readBank(await bankDir({ 'pack/template.yaml': template }));
  expect(bankOf(topics).all.map(({ kind }) => kind)).toEqual(expect.arrayContaining([...kinds]));
  const found = gates(placed(topics), await readKnownPages()).flatMap((gate) => hard(gate, true));
  expect([...faults, ...(await located(found))].map(faultText)).toEqual([]);
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
