import { describe, expect, test } from 'vitest';
import { ask } from '../../src/asking/asked.js';
import { heading, questionText } from '../../src/asking/layout.js';
import { versionsText } from '../../src/asking/versions.js';
import { limits } from '../../src/bank/limits.js';
import type { Question } from '../../src/bank/question.js';
import { choice } from '../bank/questions.js';

const texts = (question: Question): string[] =>
  questionText(
    question,
    ask(question, () => 0.999),
  ).map((part) => ('content' in part ? part.content : ''));

const incident = choice('i', [true, false, false, true], {
  kind: 'multiple-choice',
  form: 'incident',
  exhibits: [
    { title: 'views.py', language: 'python', text: 'a = 1\nb = 2\n' },
    { title: 'worker.log', language: 'text', text: 'OSError' },
  ],
});

describe('the long forms', () => {
  test('show each exhibit as a block of code under its title', () => {
    expect(texts(incident)[0]).toBe(
      'What?\n**views.py**\n```python\na = 1\nb = 2\n```\n**worker.log**\n```text\nOSError\n```',
    );
  });

  test('say what they are in the heading', () => {
    expect(heading(incident, 'Queries')).toBe('### Queries · basic · incident');
    expect(heading(choice('c', [true, false]), 'Queries')).toBe('### Queries · basic · single choice');
  });

  test('fit the message with the longest texts that the bank takes', () => {
    const line = 'x'.repeat(limits.codeColumns);
    const lines = Math.floor(limits.exhibitLines / limits.exhibits);
    const exhibit = {
      title: 't'.repeat(limits.exhibitTitle),
      language: 'python',
      text: Array(lines).fill(line).join('\n'),
    };
    const written = (lines * (limits.codeColumns + 1) + limits.exhibitTitle) * limits.exhibits;
    const question = { ...incident, exhibits: Array(limits.exhibits).fill(exhibit), prompt: '' };
    const shown = texts(question).join('').length;
    // All that the program adds to the texts of an open card, which may have `limits.card` characters.
    expect(shown - written).toBeLessThan(4_000 - limits.card - 400);
  });
});

describe('versions', () => {
  test.each([
    [{ django: '>=6.0' }, 'Django 6.0 and newer'],
    [{ django: '<6.0' }, 'Django before 6.0'],
    [{ django: '>=5.2, <6.0' }, 'Django 5.2 and newer, before 6.0'],
    [{ python: '==3.12', drf: '<=3.17' }, 'Python 3.12 · DRF up to 3.17'],
    [{ postgresql: '>15' }, 'PostgreSQL after 15'],
    [{}, undefined],
    [undefined, undefined],
  ])('%j is told as %j', (versions, words) => {
    expect(versionsText(versions)).toBe(words);
  });

  test('stand on the card of a question that holds for some releases only', () => {
    const question = choice('c', [true, true], { kind: 'multiple-choice', versions: { django: '>=6.0' } });
    expect(texts(question).at(-1)).toBe(
      '-# Django 6.0 and newer\n-# Several options can be right: choose all of them.',
    );
    expect(texts(choice('c', [true, false]))).toHaveLength(2);
  });
});
