import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { limits } from '../../src/bank/limits.js';
import { BankError, loadBank } from '../../src/bank/load.js';
import { bankDir, faultsOf, head, open, single } from './bank-files.js';

/** A file with one sound question in which `from`, which it has once, became `to`. */
function changed(from: string, to: string, question = single): string {
  const text = head + question;
  if (text.split(from).length !== 2) throw new Error(`not exactly once: ${from}`);
  return text.replace(from, () => to);
}

/** Words of a length. */
const words = (length: number): string => `${'word '.repeat(length / 5 + 1).slice(0, length - 1)}x`;

const before = '    options:';
/** Exhibits with so many lines each, and what follows them. */
const exhibits = (...lines: readonly number[]): string =>
  `    exhibits:\n${lines
    .map((count, index) => `      - title: ${index}.py\n        text: |\n${'          f()\n'.repeat(count)}`)
    .join('')}${before}`;
const withCode = (...lines: string[]): string =>
  changed(before, `    code: |\n${lines.map((line) => `      ${line}\n`).join('')}${before}`);

const quotes = 'put it into quotes, or write it in the lines below `>-`';
const isSyntax: [name: string, text: string, fault: string][] = [
  [
    'an open quote',
    changed('How many queries?', '"How many'),
    '8:13  a quote opens here and is not closed → close it, or write the text in the lines below `>-`',
  ],
  [
    'a colon in a text',
    changed('How many queries?', 'How: many'),
    '8:13  there is a colon and a space inside a text → put the text into quotes, or write it in the lines below `>-`',
  ],
  [
    'a key twice',
    changed('    level: basic', '    level: basic\n    level: advanced'),
    '7:5  the key is here twice → leave it once',
  ],
  [
    'a quote within quotes',
    changed('How many queries?', '"How "many" queries?"'),
    '8:19  a text goes on behind its closing quote → write \\" for a quote within double quotes, or the text in the lines below `>-`',
  ],
  [
    'an open bracket',
    changed('[https://docs.djangoproject.com/en/5.2/]', '[https://docs.djangoproject.com/en/5.2/') + open,
    '14:14  a [ opens here and is not closed → close it with ]; lines inside it are indented further than its key',
  ],
  [
    'an entry out of line',
    changed('      - wrong: Two', '     - wrong: Two'),
    '11:6  the entry is indented otherwise than those above it → write its - below theirs',
  ],
  [
    'a question out of line',
    `${head}${single}- id: second\n`,
    '15:1  the entry is indented otherwise than those above it → write its - below theirs',
  ],
  [
    'a key out of line',
    changed('    level: basic', '   level: basic'),
    '6:1  the line is indented otherwise than the keys beside it → let it begin below them',
  ],
  [
    'code that is not indented',
    changed(before, `    code: |\n    f()\n${before}`),
    '10:5  the line is no key with a colon and a space, and no part of the text above it → write `key: value`, or indent it further than the key to which it belongs',
  ],
  [
    'a tab as indentation',
    changed('    level', '\tlevel'),
    '6:1  a tab indents the line → indent with spaces',
  ],
  [
    'a second document',
    `${head}${single}---\na: 1\n`,
    '15:1  a second document starts with `---` → remove the line: a file holds one topic',
  ],
  [
    'a text that starts with @',
    changed('How many queries?', '@login_required?'),
    `8:13  a text cannot start with @ → ${quotes}`,
  ],
  [
    'a text that starts with a backtick',
    changed('How many queries?', '`count()` runs'),
    `8:13  a text cannot start with \` → ${quotes}`,
  ],
  [
    'a text that starts with *',
    changed('How many queries?', '*args'),
    '8:13  `*args` is an alias of YAML → put a text that starts with * into quotes, or write out what is meant',
  ],
  [
    'nothing in the file',
    '',
    '1  the file should be a mapping of keys, not nothing → write `key: value` lines',
  ],
  [
    'a list instead of keys',
    '- a\n',
    '1  the file should be a mapping of keys, not a list → write `key: value` lines',
  ],
];

const isKeys: typeof isSyntax = [
  [
    'an unknown key',
    changed('    prompt:', '    promt: x\n    prompt:'),
    '8  `promt` is not known here → write `prompt`, or remove it',
  ],
  [
    'a key of another kind',
    changed('    prompt:', '    answer: true\n    prompt:'),
    '8  a single-choice question has no `answer` → remove it, or change the kind (true-false has it)',
  ],
  [
    'an unknown key of the file',
    `pack: django\n${head}${single}`,
    '1  `pack` is not known here → remove it, or compare with questions/_template.yaml',
  ],
  [
    'an unknown key of an option',
    changed('why', 'reason'),
    '12  `reason` is not known here → remove it, or compare with questions/_template.yaml',
  ],
  [
    'an unknown key of a proof',
    changed(before, `    verify: {cod: x}\n${before}`),
    '9  `cod` is not known here → write `code`, or remove it',
  ],
  [
    'no prompt',
    changed('    prompt: How many queries?\n', ''),
    '5  `prompt` is missing → add `prompt:` with the question',
  ],
  [
    'no id',
    changed('id: first\n    level', 'level'),
    '5  `id` is missing → add `id: some-words-with-hyphens`, unique in the bank',
  ],
  [
    'no level',
    changed('    level: basic\n', ''),
    '5  `level` is missing → add one of basic, intermediate, advanced',
  ],
  [
    'no such level',
    changed('basic', 'easy'),
    '6  `level` cannot be "easy" → use one of basic, intermediate, advanced',
  ],
  [
    'no kind',
    changed('    kind: single-choice\n', ''),
    '5  the question has no `kind` → use one of single-choice, multiple-choice, true-false, short-answer, ordering, open',
  ],
  [
    'no such kind',
    changed('single-choice', 'choice'),
    '7  there is no kind "choice" → use one of single-choice, multiple-choice, true-false, short-answer, ordering, open',
  ],
  [
    'no explanation',
    changed('    explanation: It asks once.\n', ''),
    '5  `explanation` is missing → add `explanation:` that says why the answer is right',
  ],
  [
    'no sources',
    changed('    sources: [https://docs.djangoproject.com/en/5.2/]\n', ''),
    '5  `sources` is missing → add `sources: [https://…]` with a page of the official documentation',
  ],
  [
    'empty sources',
    changed('[https://docs.djangoproject.com/en/5.2/]', '[]'),
    '14  `sources` has no entries → give at least 1',
  ],
  [
    'a source without TLS',
    changed('https:', 'http:'),
    '14  entry 1 of `sources` cannot be "http://docs.djangoproject.com/en/5.2/" → use a full https:// address without spaces or brackets',
  ],
  [
    'no questions',
    head.replace('questions:', 'questions: []'),
    '4  `questions` has no entries → give at least 1',
  ],
  [
    'nothing after questions',
    head,
    '4  `questions` should be a list, not nothing → write one entry a line, each after `- `',
  ],
  [
    'a text in place of a list, of which no length is told',
    changed('[https://docs.djangoproject.com/en/5.2/]', 'https://docs.djangoproject.com/en/5.2/'),
    '14  `sources` should be a list, not "https://docs.djangoproject.com/en/5.2/" → write one entry a line, each after `- `',
  ],
  [
    'a question that is a text',
    `${head}  - just text\n`,
    '5  question 1 should be a mapping of keys, not "just text" → write `key: value` lines',
  ],
  [
    'an id with capitals',
    changed('id: first', 'id: First_one'),
    '5  `id` cannot be "First_one" → use lower-case words joined by hyphens',
  ],
  [
    'a topic that is not the name of the file',
    (head + single).replace('topic: queries', 'topic: models'),
    '1  the topic is `models`, but the file is called queries.yaml → write `topic: queries`, or rename the file to models.yaml',
  ],
  [
    'a version that is no range',
    changed(before, `    versions: {django: "5.2+"}\n${before}`),
    '9  `django` cannot be "5.2+" → write a range such as ">=5.2" or ">=5.2,<6.1"',
  ],
];

const isOptions: typeof isSyntax = [
  [
    'no right option',
    changed('right: One', 'wrong: One'),
    '9  no option is right → write the right one as `- right: text`',
  ],
  [
    'two right options in a single choice',
    changed('wrong: Two\n        why: Nothing asks twice.', 'right: Two'),
    '9  2 options are right, in a single choice → leave one right option, or make it `kind: multiple-choice`',
  ],
  [
    'no right option in a multiple choice',
    changed('right: One', 'wrong: One').replace('single', 'multiple'),
    '9  no option is right → write the right one as `- right: text`',
  ],
  [
    'a reason for a right option',
    changed('right: One', 'right: One\n        why: yes'),
    '11  a right option has a `why` → say in the explanation why it is right; `why` tells why a wrong one is wrong',
  ],
  [
    'an option both right and wrong',
    changed('right: One', 'right: One\n        wrong: Three'),
    '10  option 1 is both right and wrong → write each option as `- right: text` or `- wrong: text`',
  ],
  [
    'an option neither right nor wrong',
    changed('right: One', 'why: x'),
    '10  option 1 is neither right nor wrong → write each option as `- right: text` or `- wrong: text`',
  ],
  [
    'options that read the same',
    changed('wrong: Two', 'wrong: "`one`. "'),
    '11  number 2 of `options` says the same as number 1 → reword or remove one of the two',
  ],
  [
    'one option',
    changed('      - wrong: Two\n        why: Nothing asks twice.\n', ''),
    '9  `options` has 1 entry → give at least 2',
  ],
  [
    'seven options',
    changed('right: One\n', `right: One\n${'cdefg'.replace(/./g, '      - wrong: $&\n')}`),
    '9  `options` has 7 entries → leave at most 6',
  ],
  [
    'a number as an option',
    changed('right: One', 'right: 1'),
    '10  `right` should be text, not the number 1 → put it into quotes: "1"',
  ],
  [
    'a boolean as an option',
    changed('right: One', 'right: True'),
    '10  `right` should be text, not the boolean True → put it into quotes: "True"',
  ],
  [
    'nothing as an option',
    changed('right: One', 'right:'),
    '10  `right` should be text, not nothing → write something after the colon, or remove the key',
  ],
  [
    'a list as an option',
    changed('right: One', 'right: [1]'),
    '10  `right` should be text, not a list → write one text; put it into quotes when it contains a colon and a space, or starts with [ or {',
  ],
  [
    'two key points',
    changed('      - point: Joins\n        phrases: ["join*"]\n', '', open),
    '9  `keyPoints` has 2 entries → give at least 3',
  ],
  [
    'a key point without phrases',
    changed('        phrases: ["join*"]\n', '', open),
    '13  `phrases` is missing → add `phrases:` with words that count as naming it, e.g. ["count*|measure* quer*"]',
  ],
  [
    'key points that read the same',
    changed('point: Joins', 'point: measures', open),
    '13  number 2 of `keyPoints` says the same as number 1 → reword or remove one of the two',
  ],
  [
    'no model answer',
    changed('    modelAnswer: I measure, then join.\n', '', open),
    '5  `modelAnswer` is missing → add `modelAnswer:` as a good candidate would say it',
  ],
];

const isTexts: typeof isSyntax = [
  [
    'an empty text',
    changed('It asks once.', '" "'),
    '13  `explanation` is empty → write something, or remove the key',
  ],
  [
    'a long prompt',
    changed('How many queries?', words(601)),
    '8  `prompt` has 601 characters → shorten it to at most 600',
  ],
  [
    'a long option',
    changed('right: One', `right: ${words(201)}`),
    '10  `right` has 201 characters → shorten it to at most 200',
  ],
  [
    'an option of two lines',
    changed('right: One', 'right: "One\\nTwo"'),
    '10  `right` has more than one line → keep it to one (`>-` folds lines into one)',
  ],
  [
    'an invisible character',
    changed('right: One', 'right: "One\\u200bTwo"'),
    '10  `right` has the invisible character U+200B → remove it',
  ],
  [
    'a control character',
    changed('right: One', 'right: "One\\e"'),
    '10  `right` has the invisible character U+001B → remove it',
  ],
  ['a tab in a text', changed('right: One', 'right: "One\\tTwo"'), '10  `right` has a tab → use spaces'],
  [
    'a ping of everyone',
    changed('It asks once.', 'It asks @everyone.'),
    '13  `explanation` mentions @everyone → name nobody: a question must not ping people',
  ],
  [
    'a ping of a role',
    changed('It asks once.', 'It asks <@&123>.'),
    '13  `explanation` mentions <@&123> → name nobody: a question must not ping people',
  ],
  [
    'an open backtick',
    changed('It asks once.', 'It asks `once.'),
    '13  `explanation` has backticks that are not closed → put one before and one after the code',
  ],
  [
    'an open code fence',
    changed('It asks once.', '|\n      It\n      ```python\n      once'),
    '13  `explanation` has backticks that are not closed → put one before and one after the code',
  ],
  [
    'a bare dunder',
    changed('It asks once.', 'It is __init__ there.'),
    '13  `explanation` has __init__, whose __ Discord takes for underlining → put it into backticks',
  ],
  [
    'open bold',
    changed('It asks once.', 'It takes **kwargs.'),
    '13  `explanation` has a ** that is not closed → close it, or put the code into backticks',
  ],
  [
    '26 lines of code',
    withCode(...Array(26).fill('x = 1')),
    '9  `code` has 26 lines, which do not fit a phone → cut what the question does not need: at most 25 lines',
  ],
  [
    '49 columns of code',
    withCode('x = 1', 'y'.repeat(49)),
    '9  `code` has 49 columns in its line 2, which do not fit a phone → break the line or shorten names: at most 48 columns',
  ],
  ['a fence in code', withCode('```'), '9  `code` has a code fence → leave out the ```, it is added'],
  [
    'exhibits without a form',
    changed(before, exhibits(3, 3)),
    '9  there are exhibits, but no `form` → add `form: review` or `form: incident`, or show one piece as `code`',
  ],
  [
    'exhibits beside code',
    changed(before, `    form: review\n    code: f()\n${exhibits(3, 3)}`),
    '10  there are both `code` and `exhibits` → make the code one of the exhibits',
  ],
  [
    'a review of nothing',
    changed(before, `    form: review\n${before}`),
    '9  there is nothing to look at in the review → add `exhibits:` with `title`, `language` and `text`, or `code:`',
  ],
  [
    'exhibits that do not fit a card',
    changed(before, `    form: incident\n${exhibits(20, 21)}`),
    '10  the exhibits have 41 lines together → cut what the question does not need: at most 40 lines',
  ],
  [
    'one exhibit',
    changed(before, `    form: incident\n${exhibits(20)}`),
    '10  `exhibits` has 1 entry → give at least 2',
  ],
  [
    'a day of review that is no day',
    changed(before, `    reviewed: 25.11.2026\n${before}`),
    '9  `reviewed` cannot be "25.11.2026" → write a day such as 2026-11-25',
  ],
  [
    'a proof on something unknown',
    changed(before, `    verify: {runs: mysql, prints: "1"}\n${before}`),
    '9  `runs` cannot be "mysql" → use one of django, python, postgresql',
  ],
  [
    'an unknown key of a claim',
    changed(before, `    claims: [{says: It asks once., code: f(), print: "1"}]\n${before}`),
    '9  `print` is not known here → write `prints`, or remove it',
  ],
  [
    'a question too long for a card',
    withCode(...Array(19).fill('x'.repeat(47)), 'yy')
      .replace('It asks once.', words(900))
      .replace('How many queries?', words(600))
      .replace(
        'right: One',
        ['right: one', ...'cdef'].map((mark) => mark + words(190)).join('\n      - wrong: '),
      ),
    '5  the texts of `first` have 3624 characters together, at most 3200 fit a card → shorten the explanation, the options or the code',
  ],
];

describe('each fault names its line, what is wrong and the remedy', () => {
  test.each([...isSyntax, ...isKeys, ...isOptions, ...isTexts])('%s', async (_, text, fault) => {
    expect(await faultsOf({ 'django/queries.yaml': text })).toEqual([`django/queries.yaml:${fault}`]);
  });
});

test('texts of just the longest length, and code in backticks with anything in it, are no faults', async () => {
  const question = single
    .replace('How many queries?', words(limits.prompt))
    .replace('right: One', `right: ${words(limits.option)}`)
    .replace('It asks once.', '"Use `__init__`, ``a ` b`` and `**kwargs`; **so** it is. `@everyone_else`"');
  expect(await faultsOf({ 'django/queries.yaml': head + question })).toEqual([]);
});

test('all faults of all files come at once, in the order of files and lines', async () => {
  const faults = await faultsOf({
    'drf/views.yaml': (head + single).replace('topic: queries', 'topic: view').replace('basic', 'easy'),
    'django/queries.yaml': changed('right: One', 'wrong: One') + open.replace('id: second', 'id: Second'),
    'django/broken.yaml': 'topic: [broken',
  });
  expect(faults.map((fault) => fault.split('  ')[0])).toEqual([
    'django/broken.yaml:1:8',
    'django/queries.yaml:9',
    'django/queries.yaml:15',
    'drf/views.yaml:1',
    'drf/views.yaml:6',
  ]);
});

test('a question or topic that is there twice names both places', async () => {
  const faults = await faultsOf({
    'a/queries.yaml': head + single + single,
    'b/queries.yaml': head + open + single,
  });
  expect(faults).toEqual([
    'a/queries.yaml:15  there is a question `first` already, in a/queries.yaml:5 → give the newer one another id (scores name the older one)',
    'b/queries.yaml:1  there is a topic `queries` already, in a/queries.yaml → move the questions of one file into the other, or rename one topic',
    'b/queries.yaml:20  there is a question `first` already, in a/queries.yaml:5 → give the newer one another id (scores name the older one)',
  ]);
});

test('files outside packs and names that cannot be topics are told, not skipped', async () => {
  const faults = await faultsOf({
    'queries.yaml': head + single,
    'a/b/queries.yml': head + single,
    'My Pack/queries.yaml': head + single,
    'a/_notes.yaml': 'anything',
    'a/.hidden/x.yaml': 'anything',
    'a/README.md': 'anything',
  });
  expect(faults).toEqual([
    'My Pack/queries.yaml:1  `My Pack` cannot be the name of a pack → rename the folder to lower-case words joined by hyphens',
    'a/b/queries.yml:1  the file is not in the folder of a pack → move it to <pack>/<topic>.yaml, or let its name start with _ if it is no topic',
    'queries.yaml:1  the file is not in the folder of a pack → move it to <pack>/<topic>.yaml, or let its name start with _ if it is no topic',
  ]);
});

test('a folder that is missing or has no questions says what QUESTIONS_DIR must be', async () => {
  const remedy = 'set QUESTIONS_DIR to a folder that has files <pack>/<topic>.yaml';
  expect(await faultsOf({})).toEqual([`bank:1  there is no question file in this folder → ${remedy}`]);
  const missing = join(await bankDir({}), 'none');
  const error = await loadBank(missing).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(BankError);
  expect(String(error)).toContain(`${missing}:1  there is no such folder → ${remedy}`);
});
