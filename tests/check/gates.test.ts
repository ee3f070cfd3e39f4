import { describe, expect, test } from 'vitest';
import { type Gate, hard, soft, tally } from '../../scripts/check/gates.js';
import { answerDigest, changedAnswers, recorded, unrecordedIds } from '../../scripts/check/ids.js';
import { brokenLadders } from '../../scripts/check/ladders.js';
import { leaks } from '../../scripts/check/leaks.js';
import { reviewOrder } from '../../scripts/check/reviewed.js';
import { unrunOptions } from '../../scripts/check/unrun.js';
import { oddWords, unnamedVersions, wideOptions } from '../../scripts/check/words.js';
import { question, said, topicOf } from './placed.js';

const one = (part: object) => topicOf([question(part)]);

describe('words', () => {
  test.each([
    ['An index mends it', 'mends'],
    ['A join is dearer than a scan', 'dearer'],
    ['It holds the CPU lock', 'CPU lock'],
    ['The view answers 404', 'answers 404'],
    ['The server answers with status 503', 'answers with status 503'],
    ['Which of these work? Pick all.', 'Pick all'],
    ['Select all that apply', 'Select all'],
    ['It is one of the above, or none of the above', 'none of the above'],
  ])('%s', (text, odd) => {
    expect(said(oddWords(one({ prompt: text })))).toEqual([`prompt: \`first\` says "${odd}"`]);
  });

  test.each([
    'An index fixes it',
    'It returns 404',
    'Call `mends()` first',
    'The answer is yes',
    'All of them',
  ])('the field says: %s', (text) => {
    expect(oddWords(one({ prompt: text, explanation: text }))).toEqual([]);
  });

  test('are looked for in whys and hints too', () => {
    const places = topicOf([
      question({ options: [{ right: 'a' }, { wrong: 'b', why: 'It mends nothing' }] }),
      question({ kind: 'open', keyPoints: [], hints: ['What mends it?'], modelAnswer: 'x' }),
    ]);
    expect(said(oddWords(places)).map((each) => each.split(':')[0])).toEqual(['options.1', 'hints.0']);
  });
});

test.each([
  [`\`${'x'.repeat(48)}\``, 0],
  [`\`${'x'.repeat(49)}\``, 1],
  ['x'.repeat(90), 0],
  [`call \`${'x'.repeat(30)}\` and \`${'y'.repeat(30)}\``, 0],
])('code in an option, %s', (right, count) => {
  expect(wideOptions(one({ options: [{ right }, { wrong: 'b' }] }))).toHaveLength(count);
  expect(wideOptions(one({ kind: 'ordering', steps: [right, 'b', 'c'] }))).toHaveLength(count);
});

test('a release in the stem is named in `versions` too', () => {
  const prompt = 'What does Django 6.0 send?';
  expect(unnamedVersions(one({ prompt }))[0]?.remedy).toContain('versions: { django: ">=6.0" }');
  expect(unnamedVersions(one({ prompt, versions: { django: '>=6.0' } }))).toEqual([]);
  expect(unnamedVersions(one({ prompt: 'What does Django send?' }))).toEqual([]);
});

describe('leaks', () => {
  const asked = question({
    id: 'asked',
    prompt: 'Which exception does a hyperlinked serializer raise without a route of that name?',
    options: [{ right: '`ImproperlyConfigured`, as the route is missing' }, { wrong: '`KeyError`' }],
  });
  const filler = Array.from({ length: 20 }, (_, at) =>
    question({
      id: `f${at}`,
      prompt: `Number ${at} of word${at} and thing${at}?`,
      explanation: `Because${at}.`,
    }),
  );
  const teller = (explanation: string) => question({ id: 'teller', prompt: 'Why?', explanation });

  test('an answer that another explanation tells is named', () => {
    const telling = teller(
      'A hyperlinked serializer without a route of that name raises `ImproperlyConfigured`, as the route is missing.',
    );
    expect(said(leaks(topicOf([asked, telling, ...filler])))).toEqual([
      'prompt: the answer of `asked` stands in the text of `teller`',
    ]);
  });

  test('not what only speaks of the same, nor what another topic tells', () => {
    const near = teller('A hyperlinked serializer needs a route.');
    expect(leaks(topicOf([asked, near, ...filler]))).toEqual([]);
    const telling = teller('A hyperlinked serializer without a route raises `ImproperlyConfigured`.');
    expect(leaks([...topicOf([asked, ...filler]), ...topicOf([telling], 'other')])).toEqual([]);
  });

  test('a name that is asked for stands in no other prompt', () => {
    const name = question({
      id: 'name',
      kind: 'short-answer',
      accepted: ['OuterRef'],
      prompt: 'Which class?',
    });
    const shows = question({ id: 'shows', prompt: 'What does `filter(pk=OuterRef("pk"))` do?' });
    expect(said(leaks(topicOf([name, shows])))).toEqual([
      'prompt: the answer of `name` stands in the text of `shows`',
    ]);
    expect(leaks(topicOf([name, question({ id: 'not', prompt: 'What does `MyOuterRefs` do?' })]))).toEqual(
      [],
    );
  });
});

test('an option that is a call is run, in the proof of the answer or in its own', () => {
  const options = [{ right: '`books.all()`' }, { wrong: '`books.filter(a=1)`' }, { wrong: 'A loop' }];
  const verify = { code: 'books.all()', prints: '' };
  expect(said(unrunOptions(one({ options, verify })))).toEqual([
    'options.1: option 2 of `first` could be run, and nothing runs it',
  ]);
  expect(unrunOptions(one({ options, verify: { ...verify, code: 'books.all(); books.filter()' } }))).toEqual(
    [],
  );
  const own = options.map((each, at) => (at === 1 ? { ...each, verify: { code: 'f()', prints: '' } } : each));
  expect(unrunOptions(one({ options: own, verify }))).toEqual([]);
  expect(unrunOptions(one({ options }))).toEqual([]);
});

describe('ladders', () => {
  const rung = (of: string, number: number) =>
    question({ id: `${of}-${number}`, ladder: { of, rung: number } });

  test('have three rungs, each once', () => {
    expect(brokenLadders(topicOf([rung('a', 2), rung('a', 1), rung('a', 3)]))).toEqual([]);
    expect(said(brokenLadders(topicOf([rung('a', 1), rung('b', 1), rung('a', 2)])))).toEqual([
      'ladder: the ladder `a` has no rung 3',
      'ladder: the ladder `b` has no rung 2 and no rung 3',
    ]);
    expect(said(brokenLadders(topicOf([rung('a', 1), rung('a', 1)])))).toEqual([
      'ladder: the ladder `a` has its rung 1 twice',
    ]);
  });
});

describe('an id stands for one answer', () => {
  const options = (right: string, wrong = 'Two') => ({ options: [{ right }, { wrong }] });
  const ids = recorded(one(options('One query')), {}, new Set());

  test.each([
    ['with other wrong options', options('One query', 'Three')],
    ['with other markup', options('`one` query.')],
    ['at another level', { ...options('One query'), level: 'advanced' }],
  ])('the same %s', (_, part) => {
    expect(changedAnswers(one(part), ids)).toEqual([]);
  });

  test.each([
    ['another right option', options('Two queries')],
    ['another kind', { kind: 'true-false', answer: true }],
  ])('not %s', (_, part) => {
    const [finding] = changedAnswers(one(part), ids);
    expect(finding?.remedy).toBe(
      'give the question a new id; if only words changed, `npm run questions:ids -- first`',
    );
  });

  test('what is printed is the answer where it is asked for, however the option tells it', () => {
    const part = { code: 'print(1)', verify: { prints: '1' } };
    const digest = answerDigest(question({ ...part, ...options('`1`') }));
    expect(answerDigest(question({ ...part, ...options('It prints 1: once') }))).toBe(digest);
    expect(answerDigest(question({ ...part, verify: { prints: '2' }, ...options('`1`') }))).not.toBe(digest);
  });

  test('new ids are added, gone ones are kept, reworded ones taken anew when it is said so', () => {
    expect(unrecordedIds('questions', one(options('One query')), {})[0]?.message).toBe(
      '1 ids are not recorded yet, such as first',
    );
    expect(unrecordedIds('questions', one(options('One query')), ids)).toEqual([]);
    expect(recorded(one(options('Two')), { ...ids, gone: 'x' }, new Set())).toEqual({ ...ids, gone: 'x' });
    const anew = recorded(one(options('Two')), ids, new Set(['first']));
    expect(changedAnswers(one(options('Two')), anew)).toEqual([]);
  });
});

describe('what a gate finds', () => {
  const places = topicOf([question({ id: 'old' }), question({ id: 'new', reviewed: '2026-11-25' })]);
  const gate: Gate = {
    finds: 'odd words',
    findings: places.map((place) => ({ ...place, path: ['prompt'], message: 'm', remedy: 'r' })),
  };

  test('is a fault of reviewed questions, and of all where the plan is strict', () => {
    const ids = (findings: Gate['findings']) => findings.map(({ question: { id } }) => id);
    expect([ids(hard(gate, false)), ids(soft(gate, false))]).toEqual([['new'], ['old']]);
    expect([ids(hard(gate, true)), ids(soft(gate, true))]).toEqual([['old', 'new'], []]);
    expect([
      ids(hard({ ...gate, onlyStrict: true }, false)),
      ids(hard({ ...gate, onlyStrict: true }, true)),
    ]).toEqual([[], ['old', 'new']]);
    expect([tally([gate], false), tally([gate], true)]).toEqual(['1 odd words', '']);
  });

  test('and reviews are listed, those that never were first, then the oldest', () => {
    const days = ['2026-11-25', undefined, '2025-01-02'].map((reviewed, at) =>
      question({ id: `q${at}`, reviewed }),
    );
    expect(reviewOrder(topicOf(days))).toEqual([
      'never       queries: 1 (q1)',
      '2025-01-02  queries: 1 (q2)',
      '2026-11-25  queries: 1 (q0)',
    ]);
  });
});
