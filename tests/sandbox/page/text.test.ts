import type { CommandJson } from 'local-discord/client';
import { describe, expect, test } from 'vitest';
import { blocksOf } from '../../../src/sandbox/page/blocks.js';
import { cutAtWord, spokenText } from '../../../src/sandbox/page/spoken.js';
import { offer } from '../../../src/sandbox/page/suggest.js';
import { formatTime, longTime, machineTime } from '../../../src/sandbox/page/time-words.js';
import type { StateView } from '../../../src/sandbox/web/protocol.js';

const commands = [
  { name: 'help', description: 'Helps' },
  {
    name: 'quiz',
    description: 'A quiz',
    options: [
      {
        type: 1,
        name: 'start',
        description: 'Opens it',
        options: [
          {
            type: 3,
            name: 'level',
            description: 'How hard',
            choices: [
              { name: 'very hard', value: 'hard' },
              { name: 'easy', value: 'easy' },
            ],
          },
          { type: 3, name: 'topic', description: 'About what', autocomplete: true },
          { type: 4, name: 'rounds', description: 'How many', min_value: 1, max_value: 30 },
          { type: 5, name: 'private', description: 'Only you' },
          { type: 6, name: 'member', description: 'With whom', required: true },
        ],
      },
      { type: 1, name: 'stop', description: 'Ends it' },
    ],
  },
] as unknown as CommandJson[];

const state = {
  people: [{ id: '1', name: 'Ada', kind: 'player', admin: true }],
  roles: [],
  channels: [],
} as unknown as StateView;

const offered = (text: string, choices: { name: string; value: string }[] = []) =>
  offer(text, commands, state, choices);
const labels = (text: string) => offered(text).suggestions.map(({ label }) => label);

describe('the composer offers', () => {
  test.each([
    ['/', ['/help', '/quiz start', '/quiz stop']],
    ['/st', ['/quiz start', '/quiz stop']],
    ['/quiz sta', ['/quiz start']],
    ['/quiz start ', ['member', 'level', 'topic', 'rounds', 'private']],
    ['/quiz start ro', ['rounds']],
    ['/quiz start rounds:3 ', ['member', 'level', 'topic', 'private']],
    ['/quiz start rounds:3 l', ['level']],
    ['/quiz start level:', ['very hard', 'easy']],
    ['/quiz start level:ha', ['very hard']],
    ['/quiz start level:"very hard" priv', ['private']],
    ['/quiz start private:', ['True', 'False']],
    ['/quiz start member:', ['@Ada']],
    ['/nothing', []],
    ['hello', []],
  ])('for “%s”: %j', (text, expected) => expect(labels(text)).toEqual(expected));

  test('a whole line with each of them, values of several words in quotes', () => {
    expect(offered('/quiz start level:v').suggestions[0]?.text).toBe('/quiz start level:"very hard" ');
    expect(offered('/he').suggestions[0]?.text).toBe('/help');
  });

  test('what the bot has chosen, and asks it', () => {
    const { suggestions, asksBot } = offered('/quiz start topic:q', [{ name: 'Queries', value: 'queries' }]);
    expect(asksBot).toBe(true);
    expect(suggestions).toEqual([
      { label: 'Queries', detail: 'queries', text: '/quiz start topic:queries ' },
    ]);
  });

  test('a hint with the range of a number, and what is still needed', () => {
    expect(offered('/quiz start rounds:').hint).toContain('1 to 30');
    expect(offered('/quiz start rounds:3 ').hint).toContain('member');
  });
});

describe('quotes in Markdown', () => {
  test.each(['-# small', '### Title'])('end before %j', (text) =>
    expect(blocksOf(`Before\n> a\n> b\n${text}\nAfter`)).toEqual([
      { kind: 'text', text: 'Before\n> a\n> b' },
      { kind: 'text', text: `${text}\nAfter` },
    ]),
  );

  test.each(['> a\nb', '> a\n\n-# small', '>>> a\n-# small', '```\n> a\n-# small\n```'])(
    'stay in %j',
    (text) => expect(blocksOf(text)).toEqual([{ kind: 'text', text }]),
  );
});

describe('lists in Markdown', () => {
  test('are told from the text around them', () => {
    expect(blocksOf('Title\n- one\n  - two\nEnd\n3. three\n3. four')).toEqual([
      { kind: 'text', text: 'Title' },
      {
        kind: 'list',
        items: [
          { depth: 0, text: 'one' },
          { depth: 1, text: 'two' },
        ],
      },
      { kind: 'text', text: 'End' },
      {
        kind: 'list',
        items: [
          { depth: 0, number: 3, text: 'three' },
          { depth: 0, number: 3, text: 'four' },
        ],
      },
    ]);
  });

  test.each(['-# subtext', '```python\n- x\n1. y\n```', '--', '-5', 'a - b'])('are not found in %j', (text) =>
    expect(blocksOf(text)).toEqual([{ kind: 'text', text }]),
  );
});

test('a time further than there are dates, as anybody can write one, is none, and nothing throws', () => {
  const beyond = 1e17 * 1_000;
  for (const style of ['t', 'T', 'd', 'D', 'f', 'F', 'R', 'x'])
    expect(formatTime(beyond, style, 0)).toBe('Invalid date');
  expect([longTime(beyond), machineTime(beyond), machineTime(Number.NaN)]).toEqual(['Invalid date', '', '']);
  expect(machineTime(0)).toBe('1970-01-01T00:00:00.000Z');
});

describe('what a screen reader hears of a message', () => {
  test.each([
    ['`ALLOWED_HOSTS` and `__str__`', 'ALLOWED_HOSTS and __str__'],
    ['**A**  `a * b * c`', 'A a * b * c'],
    ['### Round 1\n-# small *print*', 'Round 1 small print'],
    ['```python\nx = **y\n```', 'x = **y'],
    [
      'Place 1 behind <@1575472433551376384> · </plan show:1575472433551376385>',
      'Place 1 behind Grace · /plan show',
    ],
    ['5 < 6 & 7', '5 < 6 & 7'],
  ])('%j is heard as %j', (markdown, heard) => {
    expect(spokenText(markdown, () => 'Grace')).toBe(heard);
  });

  test('a long one ends with a whole word', () => {
    const words = 'Everyone has answered this one';
    for (let longest = 8; longest < words.length; longest++) {
      const cut = cutAtWord(words, longest);
      expect(words.startsWith(`${cut.replace(' …', '')} `), cut).toBe(true);
    }
    expect(cutAtWord(words, words.length)).toBe(words);
  });
});
