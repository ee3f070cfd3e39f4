import { describe, expect, test } from 'vitest';
import { claimFaults, judge } from '../../scripts/check/judge.js';
import { inRange } from '../../scripts/check/versions.js';
import type { WrittenQuestion } from '../../src/bank/schema.js';

const base = {
  id: 'first',
  level: 'basic',
  explanation: 'So it is.',
  sources: ['https://docs.djangoproject.com/en/5.2/'],
} as const;
const asking = (part: object): WrittenQuestion =>
  ({
    ...base,
    kind: 'single-choice',
    prompt: 'What does this print?',
    code: 'print(1)\nprint(2)',
    options: [{ right: '`1 2`' }, { wrong: '`2 1`' }],
    verify: { prints: '1\n2' },
    ...part,
  }) as object as WrittenQuestion;
const printed = (text: string) => ({ id: 'first', printed: text, raised: null, detail: '' });
const raised = (name: string) => ({
  id: 'first',
  printed: '',
  raised: name,
  detail: 'no (line 1 of the code)',
});
const messages = (question: WrittenQuestion, outcome: Parameters<typeof judge>[1]): string[] =>
  judge(question, outcome).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('a claim', () => {
  test.each([
    ['nothing to run', { code: undefined }],
    ['code of another language', { language: 'html' }],
    ['no output and no exception', { verify: {} }],
    ['versions of something unknown', { versions: { celery: '>=5' } }],
  ])('with %s is a fault', (_, part) => {
    expect(claimFaults(asking(part))).toHaveLength(1);
  });

  test('is sound with code of its own, or with the code that is shown', () => {
    expect(claimFaults(asking({}))).toEqual([]);
    expect(claimFaults(asking({ language: 'html', verify: { code: 'print(1)', prints: '1' } }))).toEqual([]);
    expect(claimFaults(asking({ versions: { django: '>=6.0', drf: '>=3.16', python: '>=3.12' } }))).toEqual(
      [],
    );
  });

  test.each([['1\n2\n'], ['1  \n2'], ['\n1\n2\n\n']])('holds when %j is printed', (text) => {
    expect(messages(asking({}), printed(text))).toEqual([]);
  });

  test.each([['1 2'], [' 1\n2'], ['1\n\n2'], [''], ['2\n1']])('fails when %j is printed', (text) => {
    expect(messages(asking({}), printed(text))).toEqual([
      expect.stringMatching(/^verify\.prints: printed ".*"; claimed is "1\\n2"$/),
    ]);
  });

  test('fails when something is raised that is not claimed, or the other way round', () => {
    expect(messages(asking({}), raised('KeyError'))).toEqual([
      'verify.raises: raised KeyError: no (line 1 of the code); claimed is nothing',
    ]);
    expect(messages(asking({ verify: { raises: 'KeyError' } }), printed(''))).toEqual([
      'verify.raises: raised nothing; claimed is KeyError',
    ]);
  });
});

describe('options', () => {
  const options = (...texts: readonly object[]): WrittenQuestion => asking({ options: texts });

  test.each(['1 2', '`1 2`', '`1 / 2`', 'It prints 1 2: both'])('%s tells what was printed', (right) => {
    expect(messages(options({ right }, { wrong: '2' }), printed('1\n2'))).toEqual([]);
  });

  test.each(['12', '`1`', '1 2 3', 'One and two'])('%s does not', (right) => {
    expect(messages(options({ right }, { wrong: '2' }), printed('1\n2'))).toEqual([
      'options: the right answer does not tell what happens ("1\\n2")',
    ]);
  });

  test('that are marked wrong must not tell it', () => {
    expect(
      messages(options({ right: '1 2' }, { wrong: '`1`' }, { wrong: '`1 / 2`' }), printed('1\n2')),
    ).toEqual(['options.2: option 3 is marked wrong but tells what happens ("1\\n2")']);
  });

  test('tell an exception by its name', () => {
    const verify = { raises: 'KeyError' };
    const question = (right: string, wrong: string): WrittenQuestion =>
      asking({ verify, options: [{ right }, { wrong }] });
    expect(messages(question('KeyError: there is none', 'None'), raised('KeyError'))).toEqual([]);
    expect(messages(question('An error', 'MultiValueDictKeyError'), raised('KeyError'))).toHaveLength(1);
    expect(messages(question('It raises KeyError', '`KeyError` later'), raised('KeyError'))).toHaveLength(1);
  });

  test('of a question about something else are only looked at for a true one among the wrong', () => {
    const other = (wrong: string): WrittenQuestion =>
      asking({
        prompt: 'Why does it take long?',
        verify: { code: 'print(50)', prints: '50' },
        options: [{ right: 'A query for each row' }, { wrong }],
      });
    expect(messages(other('The network'), printed('50'))).toEqual([]);
    expect(messages(other('50'), printed('50'))).toHaveLength(1);
  });

  test('of a short answer are those that are accepted', () => {
    const short = (accepted: string[]): WrittenQuestion =>
      asking({ kind: 'short-answer', options: undefined, accepted, verify: { prints: '3' } });
    expect(messages(short(['3', 'three']), printed('3'))).toEqual([]);
    expect(messages(short(['4']), printed('3'))).toHaveLength(1);
  });
});

test.each([
  ['5.2.19', '>=5.2', true],
  ['5.2.19', '<6.0', true],
  ['5.2.19', '>=6.0', false],
  ['6.1', '>=6.0, <6.1', false],
  ['6.0.4', '>=6.0,<6.1', true],
  ['10.0', '>9', true],
  ['5.2', '==5.2', true],
  ['5.2.1', '==5.2', false],
])('%s in %s: %s', (version, range, expected) => {
  expect(inRange(version, range)).toBe(expected);
});
