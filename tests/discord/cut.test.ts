import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cut } from '../../src/discord/text.js';
import { same } from '../helpers/same.js';

describe('a text that is cut', () => {
  it.each([
    ['stays as it is where it fits', 'Which one?', 80, 'Which one?'],
    ['becomes one line', 'Which\n  one?', 80, 'Which one?'],
    [
      'keeps its last sentence, which is the question',
      'A view counts the rows of a table with a million rows on every request. Which call is cheapest?',
      60,
      'A view counts the rows of a table… Which call is cheapest?',
    ],
    [
      'keeps the question alone where there is no room for more',
      'A view counts the rows of a table. Which call is cheapest?',
      26,
      'Which call is cheapest?',
    ],
    [
      'does not take a full stop in code for the end of a sentence',
      'What does `Show.objects. all()` give here, when nothing was saved before that line ran?',
      40,
      'What does `Show.objects. all()` give…',
    ],
    [
      'closes a code span that it cuts',
      'Use `Show.objects.filter(title="x").exclude(year=2000).order_by("title")` and nothing else here',
      40,
      'Use `Show.objects.filter(title="x").ex`…',
    ],
    [
      'closes emphasis',
      'This is **very important to know about** the thing',
      27,
      'This is **very important**…',
    ],
    ['cuts a single long word', 'x'.repeat(90), 10, `${'x'.repeat(9)}…`],
  ])('%s', (_, content, longest, expected) => {
    expect(cut(content, longest)).toBe(expected);
  });

  const word = fc.oneof(
    fc.string({ minLength: 1, maxLength: 12 }).map((text) => text.replace(/[`*|~]/g, 'x')),
    fc.string({ minLength: 1, maxLength: 20 }).map((text) => `\`${text.replace(/[`\s]/g, 'x')}\``),
    fc.constantFrom('**bold**', '~~old~~', '||hidden||', 'end.', 'why?', '👩‍👩‍👧'),
  );
  const content = fc.array(word, { maxLength: 40 }).map((words) => words.join(' '));

  it('is never longer than asked, is one line, opens nothing that it does not close, and halves no character', () => {
    fc.assert(
      fc.property(content, fc.integer({ min: 1, max: 120 }), (text, longest) => {
        const short = cut(text, longest);
        same(short.length <= longest, true, short);
        same(/\n|\p{Cs}/u.test(short), false, short);
        same((short.match(/`/g) ?? []).length % 2, 0, short);
        const outside = short.replace(/`[^`]*`/g, '');
        for (const mark of ['**', '~~', '||']) same(outside.split(mark).length % 2, 1, short);
      }),
      { seed: 1, numRuns: 2_000 },
    );
  });
});
