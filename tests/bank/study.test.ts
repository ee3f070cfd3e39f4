import { expect, test } from 'vitest';
import { loadBank } from '../../src/bank/load.js';
import { stages } from '../../src/bank/question.js';
import { subjectsOf } from '../../src/bank/study.js';
import { bankIn, shippedQuestions } from '../helpers/banks.js';
import { bankDir, faultsOf, head, single } from './bank-files.js';

const topicFile = (topic: string, id: string): string =>
  (head + single).replace('topic: queries', `topic: ${topic}`).replace('id: first', `id: ${id}`);

const files = (study: string) => ({
  'django/models.yaml': topicFile('models', 'm'),
  'django/auth.yaml': topicFile('auth', 'a'),
  'django/queries.yaml': topicFile('queries', 'q'),
  'django/_pack.yaml': `title: Django\ndescription: The framework.\n${study}`,
});

test('a pack says in which order its topics are studied; what it leaves out comes last in the core', async () => {
  const bank = await loadBank(
    await bankDir(
      files('study:\n  - stage: security\n    topics: [auth]\n  - stage: core\n    topics: [queries]\n'),
    ),
  );
  expect(subjectsOf(bank).map(({ id, stage }) => [id, stage])).toEqual([
    ['queries', 'core'],
    ['models', 'core'],
    ['auth', 'security'],
  ]);
});

test('a topic that the pack does not have, or that stands there twice, is told with its line', async () => {
  const faults = await faultsOf(
    files('study:\n  - stage: core\n    topics:\n      - models\n      - modles\n      - models\n'),
  );
  expect(faults).toEqual([
    expect.stringMatching(/^django\/_pack.yaml:7 .*no topic `modles`/),
    expect.stringMatching(/^django\/_pack.yaml:8 .*twice/),
  ]);
});

test('every topic that is asked by default has its place in the order of study', async () => {
  const bank = await bankIn(shippedQuestions);
  const byDefault = bank.packs.filter(({ askedByDefault }) => askedByDefault);
  const placed = byDefault.flatMap(({ study = [] }) => study.flatMap(({ topics }) => topics));
  const own = bank.topics.filter(({ pack }) => byDefault.some(({ id }) => id === pack)).map(({ id }) => id);
  expect([...placed].sort()).toEqual([...own].sort());
  expect([...new Set(subjectsOf(bank).map(({ stage }) => stage))]).toEqual([...stages]);
});

test('a bank that is read again is studied as it is then', async () => {
  const bank = await loadBank(await bankDir(files('')));
  expect(subjectsOf(bank).map(({ id }) => id)).toEqual(['auth', 'models', 'queries']);
  expect(subjectsOf(bank)).toBe(subjectsOf(bank));
  bank.replaceBy(await loadBank(await bankDir(files('study:\n  - stage: core\n    topics: [queries]\n'))));
  expect(subjectsOf(bank).map(({ id }) => id)).toEqual(['queries', 'auth', 'models']);
});
