import { describe, expect, test } from 'vitest';
import { loadBank } from '../../src/bank/load.js';
import { bankDir, faultsOf, head, single } from './bank-files.js';

const topicFile = (topic: string, id: string): string =>
  (head + single).replace('topic: queries', `topic: ${topic}`).replace('id: first', `id: ${id}`);

const packFile = 'title: Python\ndescription: The language beneath.\naskedByDefault: false\n';

async function bank() {
  return loadBank(
    await bankDir({
      'django/queries.yaml': topicFile('queries', 'q'),
      'django/models.yaml': topicFile('models', 'm'),
      'python/iteration.yaml': topicFile('iteration', 'i'),
      'python/_pack.yaml': packFile,
    }),
  );
}

describe('a pack that is not asked by default', () => {
  test('comes only where it, or one of its topics, was chosen', async () => {
    const known = await bank();
    const pool = (topic?: string): string[] => known.pool({ topic }).map(({ id }) => id);
    expect(pool().sort()).toEqual(['m', 'q']);
    expect(pool('python')).toEqual(['i']);
    expect(pool('iteration')).toEqual(['i']);
    expect(pool('django').sort()).toEqual(['m', 'q']);
    expect(pool('nothing')).toEqual([]);
  });

  test('is offered and understood by its title', async () => {
    const known = await bank();
    expect(known.suggestTopics('pyth').map(({ value }) => value)).toEqual(['python']);
    expect(known.suggestTopics('all of').map(({ value }) => value)).toEqual(['django', 'python']);
    expect(['Python', 'python', ' PYTHON '].map((text) => known.named(text))).toEqual([
      'python',
      'python',
      'python',
    ]);
    expect(known.titleOf('python')).toBe('Python');
    expect(known.named('pithon')).toBeUndefined();
  });
});

test('what is wrong with a pack’s file is told with its line', async () => {
  const faults = await faultsOf({
    'python/iteration.yaml': topicFile('iteration', 'i'),
    'python/_pack.yaml': 'title: Python\ndescription: 3.10\ncolour: red\n',
  });
  expect(faults).toEqual([
    expect.stringMatching(/^python\/_pack.yaml:2 {2}`description` should be text, not the number 3.10/),
    expect.stringMatching(/^python\/_pack.yaml:3 {2}`colour` is not known here/),
  ]);
});

test('a topic may not be called like a pack', async () => {
  const faults = await faultsOf({
    'django/queries.yaml': topicFile('queries', 'q'),
    'queries/models.yaml': topicFile('models', 'm'),
  });
  expect(faults).toEqual([expect.stringContaining('the topic is called like the pack')]);
});
