import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeSpan, isBlank, typedLines } from '../../src/discord/text.js';
import { runs } from '../helpers/long.js';
import { same } from '../helpers/same.js';

/** Discord's own rule for a code span, which takes the fence and one space beside a backtick away. */
const readSpan = (markdown: string): string | undefined =>
  /^(`+)([\s\S]*?[^`])\1(?!`)$/.exec(markdown)?.[2]?.replace(/^ (?=`)|(?<=`) $/g, '');

describe('a code span', () => {
  it.each([
    ['__str__', '`__str__`'],
    ['`x`', '`` `x` ``'],
    ['a``b', '`a``b`'],
    ['two\n lines', '`two lines`'],
    ['\u202egnp.exe', '`gnp.exe`'],
    ['', '`\u00a0`'],
  ])('of %j is %s', (typed, shown) => {
    expect(codeSpan(typed, 100)).toBe(shown);
  });

  it('reads back as what was typed, whatever that is, and is never a code block', () => {
    const typed = fc.string({ unit: fc.constantFrom('`', '*', '_', 'a', ' ', '@', '|', '\\'), minLength: 1 });
    fc.assert(
      fc.property(typed, (text) => {
        const span = codeSpan(text, 200);
        const expected = text.replace(/\s+/g, ' ').trim();
        if (expected === '') return;
        same(span.startsWith('```'), false, span);
        same(readSpan(span)?.replaceAll('ˋ', '`'), expected);
      }),
      { seed: 1, numRuns: runs(500, 5_000) },
    );
  });

  it('is cut to a length', () => {
    expect(codeSpan('x'.repeat(50), 10)).toBe(`\`${'x'.repeat(9)}…\``);
  });
});

describe('a blank text', () => {
  it.each(['', ' ', '\n\t', '\u200b', '\u00ad\u2060', '\u3164\u115f', '\u034f'])('is %j', (text) => {
    expect(isBlank(text)).toBe(true);
  });

  it.each(['a', ' 0 ', '🎉', '\u200bx', '.'])('is not %j', (text) => {
    expect(isBlank(text)).toBe(false);
  });
});

describe('lines that somebody typed', () => {
  it.each([
    ['one\n\ntwo', '`one`\n`two`'],
    ['```py\nx = 1\n```', 'ˋˋˋpy'],
    ['**bold** <@1> @everyone', '`**bold** <@1> @everyone`'],
  ])('%j', (typed, shown) => {
    expect(typedLines(typed, 100)).toContain(shown.startsWith('ˋ') ? '`x = 1`' : shown);
  });

  it('take no more room than they are given, whatever they are', () => {
    const typed = fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 80 });
    fc.assert(
      fc.property(typed, fc.integer({ min: 60, max: 2_500 }), (lines, longest) => {
        expect(typedLines(lines.join('\n'), longest).length).toBeLessThanOrEqual(longest);
      }),
      { seed: 7, numRuns: 30, examples: [[['a'.repeat(30), 'b'.repeat(29), 'c'], 64]] },
    );
  });
});
