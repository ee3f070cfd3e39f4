import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grade } from '../../src/bank/grade.js';
import { bankIn, shippedQuestions } from '../helpers/banks.js';
import { short } from './questions.js';

const bank = await bankIn(shippedQuestions);
const shortAnswers = bank.all.filter((question) => question.kind === 'short-answer');

/** What copying from pages, chats and documents puts between characters, to be seen by nobody. */
const unseen = ['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u200e', '\u202c', '\ufe0f'];
const dashes = ['\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212'];

/** A change of a text that nobody means, by name. */
const copied: Readonly<Record<string, (text: string, at: number) => string>> = {
  'with something unseen in it': (text, at) =>
    text.slice(0, at % (text.length + 1)) + unseen[at % unseen.length] + text.slice(at % (text.length + 1)),
  'with other dashes': (text, at) => text.replaceAll('-', dashes[at % dashes.length] ?? '-'),
  'with a phone’s long dash': (text) => text.replaceAll('--', '\u2014'),
  'with a phone’s quotes': (text) => text.replaceAll("'", '\u2019').replaceAll('"', '\u201d'),
  'with no-break spaces': (text) => text.replaceAll(' ', '\u00a0'),
  'in full-width letters': (text) =>
    text.replace(/[!-~]/g, (mark) => String.fromCodePoint((mark.codePointAt(0) ?? 0) + 0xfee0)),
  'in a fence of code': (text) => `\`\`\`\n${text}\n\`\`\``,
  'in capitals': (text) => text.toUpperCase(),
  'as a code span with a full stop': (text) => `\`${text}\`.`,
};

describe('a right answer stays right', () => {
  test.each(Object.entries(copied))('%s', (_, change) => {
    const given = shortAnswers.flatMap((question) => question.accepted.map((text) => ({ question, text })));
    fc.assert(
      fc.property(fc.constantFrom(...given), fc.nat(), ({ question, text }, at) => {
        expect(grade(question, { text: change(text, at) }), JSON.stringify(change(text, at))).toEqual({
          right: true,
        });
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

test.each([
  ['2', '2.0'],
  ['a-b', 'ab'],
  ['save', 'sa ve'],
  ['-1', '1'],
  ['a_b', 'a b'],
  ['İ', 'x'],
])('%s is not %s', (accepted, given) => {
  expect(grade(short(accepted), { text: given })).toEqual({ right: false });
});

test('a Turkish capital İ is an i', () => {
  expect(grade(short('init'), { text: 'İNİT' })).toEqual({ right: true });
});
